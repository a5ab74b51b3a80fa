import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hsaIdOf, isHsaId } from '../../../libs/rest/src/hsa-id.ts';
import { createWorld, type World } from './world.ts';

test.each([
  ['SE2321000115-VC01', true],
  ['SE162321000115-1', true],
  ['TSTNMT2321000115-VC01', true],
  ['SE2321000115-ABCDEFGHIJKLMNOPQR', true],
  ['SE2321000115-ABCDEFGHIJKLMNOPQRS', false],
  ['SE2321000115-', false],
  ['SE232100011-VC01', false],
  ['NO2321000115-VC01', false],
  ['TSTNMT-VC01', false],
  ['se2321000115-VC01', false],
  ['SE2321000115-VÅ01', false],
  ['SE2321000115-VC01 ', false],
])('%j is an HSA-id: %j', (value, is) => {
  expect(isHsaId(value)).toBe(is);
});

test('is read under either of its OIDs, in capitals', () => {
  for (const system of ['urn:oid:1.2.752.29.4.19', 'urn:oid:1.2.752.129.2.1.4.1'])
    expect(hsaIdOf({ system, value: ' tstnmt2321000115-vc01' })).toBe('TSTNMT2321000115-VC01');
  expect(hsaIdOf({ system: 'urn:oid:2.5.4.97', value: 'SE2321000115-VC01' })).toBeUndefined();
  expect(hsaIdOf({})).toBeUndefined();
});

describe('HSA-ids of Inera’s test environments', () => {
  let world: World;
  beforeAll(async () => {
    world = await createWorld();
  });
  afterAll(() => world.api.close());

  test('are understood by operations: this organisation is not known, but its HSA-id is one', async () => {
    const asked = { answer: 'ja', as: 'vardgivare', form: 'muntligt' };
    const status = async (identifier: string) => {
      const sent = { ...asked, organisation: { identifier } };
      const { json } = await world.operate('$samtycke', sent, 'patient');
      return json.issue[0].diagnostics;
    };
    expect(await status('TSTNMT2321000115-RH00')).toContain('is not known here');
    expect(await status('X2321000115-RH00')).toContain('with an HSA-id');
  });

  test('are understood of who has read offline', async () => {
    const read = (value: string) => ({
      resourceType: 'Parameters',
      parameter: [
        {
          name: 'read',
          part: [
            { name: 'target', valueReference: { reference: 'CarePlan/x' } },
            { name: 'at', valueInstant: new Date().toISOString() },
            { name: 'reader', valueIdentifier: { system: 'urn:oid:1.2.752.29.4.19', value } },
          ],
        },
      ],
    });
    const status = async (value: string) =>
      (await world.api.ask('POST', '/$offline-reads', { body: read(value) })).status;
    expect([await status('TSTNMT2321000115-P301'), await status('P301')]).toEqual([200, 400]);
  });
});
