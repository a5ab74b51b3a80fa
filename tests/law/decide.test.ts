import { existsSync, readFileSync } from 'node:fs';
import { decide, type Ground, grounds, type Refusal, refusals } from '@naravard/access';
import { describe, expect, test } from 'vitest';
import { baseFacts, baseRow, type Case, now } from './decisions/build.ts';
import { consented, exhaustive } from './decisions/consented.ts';
import { deceased } from './decisions/deceased.ts';
import { blockedInDanger, emergencies } from './decisions/emergencies.ts';
import { guardians } from './decisions/guardians.ts';
import { innerBlock, innerLift } from './decisions/inner-block.ts';
import { otherUnit, ownUnit, purpose } from './decisions/inner-secrecy.ts';
import { madeAvailable, outerBlock } from './decisions/made-available.ts';
import { outsideTheLaw } from './decisions/no-patient.ts';
import { omsorgAcross } from './decisions/omsorg-across.ts';
import { personData } from './decisions/person-data.ts';
import { availableBy26, self, youngPersons } from './decisions/persons.ts';
import { administrators, protectedIdentity, systems } from './decisions/systems.ts';
import { children, incapacityOfCare, incapacityOfOmsorg } from './decisions/unable-to-consent.ts';
import { omsorgWithin } from './decisions/within-omsorg.ts';

const tables: Readonly<Record<string, readonly Case[]>> = {
  'PDL 4:1, the own unit': ownUnit,
  'PDL 4:1, another unit of the same vårdgivare': otherUnit,
  'PDL 4:2, purpose and responsibility': purpose,
  'PDL 4:1, who the patient is': personData,
  'PDL 4:4, inner spärr': innerBlock,
  'PDL 4:5, lifting of an inner spärr': innerLift,
  'SVOD 4:3, within an omsorgsgivare': omsorgWithin,
  'SVOD 2:2-2:6, made available': madeAvailable,
  'SVOD 2:3, outer spärr': outerBlock,
  'SVOD 3:1, patientrelation and consent': consented,
  'SVOD 3:1, children': children,
  'SVOD 3:2, insats and consent': omsorgAcross,
  'SVOD 3:3, lasting incapacity with a vårdgivare': incapacityOfCare,
  'SVOD 3:4, lasting incapacity with an omsorgsgivare': incapacityOfOmsorg,
  'SVOD 3:5, blocked data in danger': blockedInDanger,
  'SVOD 3:6, nödöppning': emergencies,
  'SVOD 3:7, nothing else': exhaustive,
  'SVOD 3:1-3:4, a person who has died': deceased,
  'PDL 5:5, the person': self,
  'PDL 5:5, 13-15 years': youngPersons,
  'PDL 5:5, guardians and ombud': guardians,
  'SVOD 4:2, data made available by 2:6': availableBy26,
  'SVOD 4:1, system clients': systems,
  'PDL 4:2, administrators': administrators,
  'OSL 22:1, protected identity': protectedIdentity,
  'No law on patients': outsideTheLaw,
};

const isGround = (reason: Ground | Refusal): reason is Ground => reason in grounds;

const expected = ({ reason, mask = 'none' }: Case) =>
  isGround(reason)
    ? { allowed: true, reason, section: grounds[reason], mask }
    : { allowed: false, reason, section: refusals[reason], mask: 'everything' };

describe.each(Object.entries(tables))('%s', (section, cases) => {
  test.each(cases.map((each) => [`${section}: ${each.sentence}`, each] as const))('%s', (_, each) => {
    const { caller, facts, row, at = now } = each;
    expect(decide(caller, { ...baseFacts, ...facts }, { ...baseRow, ...row }, at)).toEqual(expected(each));
  });
});

test('every ground and every refusal of the closed lists stands in a table', () => {
  const seen = new Set<string>(Object.values(tables).flatMap((cases) => cases.map(({ reason }) => reason)));
  expect([...Object.keys(grounds), ...Object.keys(refusals)].filter((reason) => !seen.has(reason))).toEqual(
    [],
  );
});

const root = new URL('../../', import.meta.url);
const roots = [
  '',
  'libs/access/src/',
  'libs/access/src/scope/',
  'libs/access/src/stated/',
  'libs/rest/src/',
  'libs/rest/src/operations/',
  'libs/store/src/',
  'libs/store/',
  'libs/search/src/',
];

test('docs/access.md names files that are there', () => {
  const page = readFileSync(new URL('docs/access.md', root), 'utf8');
  const named = [...page.matchAll(/`([\w./-]+\.(?:ts|sql))`/g)].map(([, file = '']) => file);
  expect(named.length).toBeGreaterThan(100);
  const missing = named.filter((file) => !roots.some((each) => existsSync(new URL(each + file, root))));
  expect(missing).toEqual([]);
});

test('docs/access.md lists every ground and every refusal with its section', () => {
  const page = readFileSync(new URL('../../docs/access.md', import.meta.url), 'utf8');
  const rows = [...page.matchAll(/^\| ([^|]+?) \| `([a-z0-9-]+)` \|/gm)].map(([, section, reason]) => [
    reason,
    section,
  ]);
  expect(rows).toEqual([...Object.entries(grounds), ...Object.entries(refusals)]);
});
