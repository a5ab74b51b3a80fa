import { openStore, type Store } from '@naravard/store';
import { createTestApp, type TestApp } from '@naravard/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { patient } from './resources.ts';

let fhir: TestApp;
/** The same data over connections that give up after 150 ms. */
let hasty: TestApp;
let store: Store;

beforeAll(async () => {
  fhir = await createTestApp();
  store = await openStore({ url: fhir.database.url, statementTimeout: 150 });
  hasty = await createTestApp({ store });
  await fhir.ask('POST', '/Patient', { body: patient() });
  // Rows that are slow to read stand in for a great deal of them.
  await fhir.database.pool.query(`
    create function slowly() returns boolean language plpgsql volatile as $$ begin perform pg_sleep(0.4); return true; end $$;
    alter table text_value rename to text_value_kept;
    create view text_value as select * from text_value_kept where slowly();
    grant select on text_value to naravard_service`);
});
afterAll(async () => {
  await hasty.close();
  await store.close();
  await fhir.close();
});

describe('a search that runs too long', () => {
  const refusal = async (path: string) => {
    const { status, json } = await hasty.ask('GET', path);
    expect([status, json.issue[0].code, json.issue[0].details.coding[0].code]).toEqual([
      422,
      'too-costly',
      'too-costly',
    ]);
    return json.issue[0].diagnostics as string;
  };

  test('is cancelled and says what makes it costly and what to add', async () => {
    expect(await refusal('/Patient?name:contains=astrid&gender:missing=true&_sort=family')).toBe(
      'The search ran too long: add a parameter that limits it, such as identifier or a date. ' +
        'Costly in it: name:contains, gender:missing. Sorting by family reads all that matches.',
    );
  });

  test('names chains, _has, negations and counting', async () => {
    expect(
      await refusal('/Patient?name=astrid&_has:CareTeam:patient:status:not=active&_total=accurate'),
    ).toBe(
      'The search ran too long: add a parameter that limits it, such as identifier or a date. ' +
        'Costly in it: _has:CareTeam:patient. Counting reads all that matches: leave _total out.',
    );
  });

  test('holds no connection: the next search is answered', async () => {
    expect((await hasty.ask('GET', '/Patient?active=true')).status).toBe(200);
  });
});
