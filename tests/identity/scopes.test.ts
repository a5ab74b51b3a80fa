import { allows } from '@naravard/access';
import { loadDefinitions } from '@naravard/fhir';
import { granularKeys, narrowScope } from '@naravard/rest';
import { createCatalog } from '@naravard/search';
import { loadTerminology } from '@naravard/terminology';
import { describe, expect, it, test } from 'vitest';
import { actorOf, signer } from './signed-tokens.ts';

const catalog = createCatalog(loadDefinitions(), loadTerminology());
const lookups = { granularKeys: granularKeys(() => catalog, 'https://naravard.test/fhir') };

const kinds = {
  system: { kind: 'system', client_id: 'c', healthCareProviderHsaId: 'SE0000000001-A' },
  patient: { kind: 'patient', patient: 'astrid' },
  guardian: { kind: 'guardian', sub: 'hanna', act_for: 'alva' },
  administrator: { kind: 'administrator' },
};

/** The grants of a token, as `Type letters tokens`. */
async function grantsOf(scope: unknown, kind: keyof typeof kinds = 'system'): Promise<string[] | null> {
  const { identity, token } = await signer({}, lookups);
  const { grants } = await actorOf(identity, await token({ ...kinds[kind], scope }));
  return (
    grants?.map(({ type, may, tokens }) => [type, [...may].join(''), ...(tokens ?? [])].join(' ')) ?? null
  );
}

describe('A SMART scope', () => {
  test.each([
    ['system/*.cruds', ['* cruds']],
    ['system/CarePlan.rs', ['CarePlan rs']],
    ['system/CarePlan.c system/Goal.rs', ['CarePlan c', 'Goal rs']],
    ['system/CarePlan.read', ['CarePlan rs']],
    ['system/CarePlan.write', ['CarePlan cud']],
    ['system/*.*', ['* cruds']],
    ['openid fhirUser launch/patient offline_access system/Goal.r', ['Goal r']],
    ['system/CarePlan.rs?category=abc', ['CarePlan rs category=abc']],
    ['system/CarePlan.rs?category=http://x.se/s|abc', ['CarePlan rs category|http://x.se/s abc']],
    ['system/Encounter.rs?class=AMB', ['Encounter rs class=AMB']],
    ['system/Encounter.rs?status=finished', ['Encounter rs status=finished']],
    [
      ['system/CarePlan.rs', 'system/Goal.r'],
      ['CarePlan rs', 'Goal r'],
    ],
  ])('%j grants %j', async (scope, expected) => {
    expect(await grantsOf(scope)).toEqual(expected);
  });

  test.each([
    'system/CarePlan.dus',
    'system/CarePlan.sr',
    'system/CarePlan.rr',
    'system/CarePlan.',
    'system/CarePlan',
    'system/careplan.rs',
    'System/CarePlan.rs',
    'system/CarePlan.RS',
    'system/CarePlan.Read',
    'system/Care*.rs',
    'system/**.rs',
    'system/CarePlan.rs?',
    'system/CarePlan.rs?_include=*',
    'system/CarePlan.rs?_filter=status eq active',
    'system/CarePlan.rs?code:in=http://x',
    'system/CarePlan.rs?category:not=abc',
    'system/CarePlan.rs?category:missing=true',
    'system/CarePlan.rs?patient.name=x',
    'system/CarePlan.rs?category=a,b',
    'system/CarePlan.rs?category=a\\,b',
    'system/CarePlan.rs?category=a&status=active',
    'system/CarePlan.rs?category=a?category=b',
    'system/CarePlan.rs?category=%61',
    'system/CarePlan.rs?%63ategory=a',
    'system/CarePlan%2Ers',
    'system/CarePlan.rs?category=a+b',
    'system/CarePlan.rs?category=',
    'system/CarePlan.rs?category=|a',
    'system/CarePlan.rs?category=http://x|',
    'system/CarePlan.rs?category=a|b|c',
    'system/CarePlan.rs?unknown=a',
    'system/CarePlan.rs?_id=1',
    'system/CarePlan.rs?date=2026',
    'system/CarePlan.rs?identifier=http://x|1',
    'system/CarePlan.read?category=a',
    'system/*.rs?category=a',
    'system/Nonsense.rs?category=a',
    'system/CarePlan.rs\tsystem/Goal.rs',
    'system/CarePlan.rs\nsystem/Goal.rs',
    '',
    '  ',
    null,
    7,
    { 'system/*.cruds': true },
    [['system/*.cruds']],
  ])('that is not understood grants nothing: %j', async (scope) => {
    expect(await grantsOf(scope)).toEqual([]);
  });

  it('beside double spaces grants what it says and nothing more', async () => {
    expect(await grantsOf('  system/Goal.r   system/CarePlan.s ')).toEqual(['Goal r', 'CarePlan s']);
  });

  it('counts for its own kind of caller only', async () => {
    const scope = 'user/A.r patient/B.r system/C.r';
    expect(await grantsOf(scope, 'system')).toEqual(['C r']);
    expect(await grantsOf(scope, 'administrator')).toEqual(['A r']);
    expect(await grantsOf(scope, 'patient')).toEqual(['A r', 'B r']);
    expect(await grantsOf(scope, 'guardian')).toEqual(['A r', 'B r']);
  });

  it('that is missing grants nothing, unless the issuer does not limit by scope', async () => {
    expect(await grantsOf(undefined)).toEqual([]);
    const free = await signer({ scopes: 'optional' }, lookups);
    const actor = async (claims: object) =>
      actorOf(free.identity, await free.token({ ...kinds.system, ...claims }));
    expect((await actor({})).grants).toBeNull();
    expect((await actor({ scope: 'system/Goal.r' })).grants).toHaveLength(1);
    expect((await actor({ scope: '' })).grants).toEqual([]);
  });
});

describe('Grants', () => {
  const read = { type: 'CarePlan', may: new Set(['r'] as const), tokens: null };
  const granular = { type: 'CarePlan', may: new Set(['r', 's'] as const), tokens: ['category=a'] };

  it('allow the letters of the type, of any type by *, and all when there is no limit', () => {
    expect([
      allows([read], 'CarePlan', 'r'),
      allows([read], 'CarePlan', 'd'),
      allows([read], 'Goal', 'r'),
    ]).toEqual([true, false, false]);
    expect(allows([{ ...read, type: '*' }], 'Goal', 'r')).toBe(true);
    expect(allows([], 'Goal', 'r')).toBe(false);
    expect(allows(null, 'Goal', 'd')).toBe(true);
  });

  it('that are granular allow what has one of their tokens', () => {
    expect(allows([granular], 'CarePlan', 's', ['category=a', 'status=active'])).toBe(true);
    expect(allows([granular], 'CarePlan', 's', ['category=b'])).toBe(false);
  });
});

describe('Narrowing a scope to what is registered', () => {
  test.each([
    ['system/CarePlan.rs system/*.cruds', 'system/*.rs', 'system/CarePlan.rs'],
    ['system/CarePlan.rs?category=a', 'system/CarePlan.rs', 'system/CarePlan.rs?category=a'],
    ['system/CarePlan.rs', 'system/CarePlan.rs?category=a', ''],
    ['user/*.r patient/*.r', 'system/*.cruds', ''],
    ['system/CarePlan.read system/CarePlan.write', 'system/*.rs', 'system/CarePlan.read'],
    ['openid system/*.*', 'system/*.cruds', 'system/*.*'],
    ['', 'system/*.cruds', ''],
  ])('%j to %j leaves %j', (asked, allowed, left) => {
    expect(narrowScope(asked, allowed)).toBe(left);
  });
});
