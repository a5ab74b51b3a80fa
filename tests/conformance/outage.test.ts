import { Problem } from '@naravard/fhir';
import type { Store } from '@naravard/store';
import { createTestApp } from '@naravard/testkit';
import { describe, expect, test } from 'vitest';
import { interactions, operations } from '../../libs/rest/src/interactions/table.ts';
import { bundle, patient, post } from './resources.ts';

const lost = async () => {
  throw new Problem('unavailable', 'Try again in a few seconds.');
};

const offlineRead = {
  resourceType: 'Parameters',
  parameter: [
    {
      name: 'read',
      part: [
        { name: 'target', valueReference: { reference: 'Patient/1' } },
        { name: 'at', valueInstant: new Date().toISOString() },
      ],
    },
  ],
};

/** The store of an app whose database is lost; `audits` tells whether a refusal can still be written. */
async function appWithout(audits: boolean) {
  const working = await createTestApp();
  const auditLog = { ...working.store.auditLog, offlineReads: lost };
  const store: Store = { ...working.store, read: lost, write: lost, transaction: lost, auditLog };
  const app = await createTestApp({ store: audits ? store : { ...store, refuse: lost } });
  const close = async () => {
    await app.close();
    await working.close();
  };
  return { ask: app.ask, close };
}

describe.each([
  ['and refusals are still audited', true],
  ['and nothing can be audited', false],
])('when the database is lost %s', (_name, audits) => {
  test('a write says that it is not known whether it was stored, a read that nothing was done', async () => {
    const { ask, close } = await appWithout(audits);
    const writes = [
      await ask('POST', '/Patient', { body: patient() }),
      await ask('DELETE', '/Patient/1'),
      await ask('POST', '', { body: bundle('transaction', [post(patient())]) }),
      await ask('POST', '/$offline-reads', { body: offlineRead }),
    ];
    const read = await ask('GET', '/Patient/1');
    const invalid = await ask('POST', '/Patient', { body: patient({ active: 'yes' }) });
    await close();
    for (const { status, json } of writes) {
      expect([status, json.issue[0].diagnostics]).toEqual([
        503,
        'It is not known whether anything was stored: read before you send it again.',
      ]);
    }
    expect([read.status, read.json.issue[0].diagnostics]).toEqual([
      503,
      audits ? 'Try again in a few seconds.' : expect.stringContaining('Nothing was done'),
    ]);
    if (!audits) expect(invalid.json.issue[0].diagnostics).toContain('Nothing was done');
  });
});

test('whatever is not asked with GET may write, but for what only searches, is refused or is safe to send again', () => {
  const silent = [...interactions, ...operations]
    .filter(({ method, writes }) => method !== 'GET' && !writes)
    .map(({ route }) => route);
  // An import is gone on with by sending it again: its own answer says so.
  const safe =
    /^\/\$import|_search$|^\/AuditEvent|\$(atkomstlogg|match|everything|validate|validate-code|lookup|subsumes|expand|translate)$/;
  expect(silent.filter((route) => !safe.test(route))).toEqual([]);
});
