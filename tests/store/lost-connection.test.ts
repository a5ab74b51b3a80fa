import { systemRights } from '@naravard/access';
import { Problem } from '@naravard/fhir';
import type { RequestContext } from '@naravard/store';
import { createTestApp } from '@naravard/testkit';
import { expect, it } from 'vitest';

it('a connection that is lost within a transaction fails it and nothing else', async () => {
  const fhir = await createTestApp();
  const context: RequestContext = {
    actor: {
      kind: 'administrator',
      id: 'test',
      caller: { kind: 'administrator', id: 'test' },
      organisation: null,
      unit: null,
      commission: null,
      purpose: null,
      title: null,
      client: null,
      rights: [],
      grants: null,
      mayChooseIds: true,
    },
    ...systemRights('test'),
    request: 'lost-connection',
    interaction: 'transaction',
  };
  const lost = fhir.store.transaction(context, async (transaction) => {
    await transaction.read('Patient', 'a');
    await fhir.database.pool.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where state = 'idle in transaction' and datname = current_database()`,
    );
    // The loss arrives while nothing waits for an answer.
    await new Promise((resolve) => setTimeout(resolve, 200));
    return transaction.read('Patient', 'a');
  });
  await expect(lost).rejects.toSatisfy((error) => error instanceof Problem && error.kind === 'unavailable');
  expect((await fhir.ask('GET', '/Patient?_id=a')).status).toBe(200);
  await fhir.close();
});
