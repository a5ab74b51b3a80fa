import {
  careRelation,
  type Decision,
  decide,
  emergencyOpening,
  type Facts,
  factsOf,
  factTypes,
  type KeyRow,
  rowOf,
  type StaffCaller,
  type StatedFact,
  sparr,
  sparrLift,
  statedFacts,
  svodConsent,
  svodInformationGiven,
  svodMembership,
  teamOf,
  type Writer,
} from '@naravard/access';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { centre, homeNurse, kommun, region, ward } from '../decisions/build.ts';
import { question } from '../decisions/generated.ts';
import { during, ending, instant, isWithin } from './days.ts';
import { said } from './said.ts';
import { byAdministrator, byCentre, byHomeNurse, byOfficer, byWard, invalid, writerBy } from './stating.ts';

const runs = process.env.NARAVARD_FULL === '1' ? 5_000 : 300;
const check = <T extends [unknown, ...unknown[]]>(property: fc.IProperty<T>): void =>
  fc.assert(property, { seed: 4, numRuns: runs });

/** As PostgreSQL gives rows back: instants in its own form. */
const stored = (facts: readonly StatedFact[]): StatedFact[] =>
  JSON.parse(
    JSON.stringify(facts).replaceAll(/"(\d{4}-\d\d-\d\dT[\d:]+)(?:\.000|(\.\d{3}))Z"/g, '"$1$2+00:00"'),
  );

const inOneForm = (facts: Facts): unknown =>
  JSON.parse(
    JSON.stringify(facts, (_, value) =>
      typeof value === 'string' && /^\d{4}-\d\d-\d\dT/.test(value) ? new Date(value).toISOString() : value,
    ),
  );

test('what resources say is what the decision is given, and nothing else', () => {
  const types = new Set<string>();
  check(
    fc.property(said, question, (all, { caller, row, at }) => {
      const expected: Facts = { ...factsOf('astrid', []) };
      const lists = expected as unknown as Record<string, unknown[]>;
      const rows = all.flatMap(({ resource, id, writer, facts }) => {
        types.add((resource as { resourceType: string }).resourceType);
        for (const [name, more] of Object.entries(facts)) lists[name]?.push(...(more as unknown[]));
        return statedFacts(resource, id, writer);
      });
      const facts = factsOf('astrid', stored(rows));
      expect(inOneForm(facts)).toEqual(inOneForm(expected));
      expect(decide(caller, facts, row, at)).toEqual(decide(caller, expected, row, at));
    }),
  );
  expect([...types, 'Patient'].sort()).toEqual(factTypes);
});

test('what says it is R4', () => {
  fc.assert(
    fc.property(said, (all) => {
      expect(all.flatMap(({ resource }) => invalid(resource))).toEqual([]);
    }),
    { seed: 4, numRuns: 60 },
  );
});

const about = { patient: 'astrid' };
type Statement = readonly [resource: object, writer: Writer, id?: string];
/** Both have joined and informed, and the home nurse and the ward have a relation, in all that follows. */
const sharing: Statement[] = [
  ...[region, kommun].map((organisation): Statement => [svodMembership({ organisation }), byAdministrator]),
  [svodInformationGiven({ ...about, at: '2026-01-01' }), byCentre],
];
const related: Statement[] = [
  [careRelation(about), byHomeNurse],
  [careRelation(about), byWard],
];

const key: KeyRow = {
  type: 'CarePlan',
  patient: 'astrid',
  custodian: 'vg:SE0000000002-A',
  author_unit: centre.commission.unit,
  labels: [],
  starts: '2026-11-01T08:00:00+00:00',
};

/** What becomes of the vårdcentral's plan when somebody asks for it. */
function ask(
  caller: StaffCaller,
  statements: readonly Statement[],
  at: string,
  row: Partial<KeyRow> = {},
): Decision {
  const rows = statements.flatMap(([resource, writer, id = 'made']) => statedFacts(resource, id, writer));
  return decide(caller, factsOf('astrid', stored(rows)), rowOf({ ...key, ...row }), at);
}

test('PDL 4:1: an EpisodeOfCare opens the own unit on its days, and no other', () => {
  check(
    fc.property(during, instant, (days, at) => {
      const statements: Statement[] = [[careRelation({ ...about, ...days }), byCentre]];
      expect(ask(centre, statements, at).allowed).toBe(isWithin(days, at));
      expect(ask(ward, statements, at).allowed).toBe(false);
      expect(ask(homeNurse, statements, at).allowed).toBe(false);
    }),
  );
});

test('PDL 4:1, 36: a CareTeam opens for its members of the own organisation on its days', () => {
  check(
    fc.property(during, instant, (days, at) => {
      const members = [ward.commission.employee, homeNurse.commission.employee];
      const statements: Statement[] = [...sharing, [teamOf({ ...about, ...days, members }), byCentre]];
      expect(ask(ward, statements, at).allowed).toBe(isWithin(days, at));
      expect(ask(centre, statements, at).allowed).toBe(false);
      expect(ask(homeNurse, statements, at).reason).toBe('no-patient-relation');
    }),
  );
});

test('SVOD 3:1: a yes opens another vårdgivare on its days, and a no that stands closes it', () => {
  check(
    fc.property(during, during, instant, (yes, no, at) => {
      const statements: Statement[] = [
        ...sharing,
        ...related,
        [svodConsent({ ...about, ...yes, answer: 'yes' }), byHomeNurse],
        [svodConsent({ ...about, ...no, answer: 'no' }), byHomeNurse],
      ];
      const opened = isWithin(yes, at) && !isWithin(no, at);
      expect(ask(homeNurse, statements, at).reason).toBe(opened ? 'svod-consent' : 'no-consent');
    }),
  );
});

const starts = fc.option(instant.map((at) => at.replace('.000Z', '+00:00')));
const type = fc.constantFrom('CarePlan', 'MedicationRequest', 'Flag');
const spares = fc.constantFrom<('lak' | 'upp')[]>([], ['lak'], ['upp']);
const isSpared = (type: string, spared: readonly string[]): boolean =>
  (type === 'MedicationRequest' && spared.includes('lak')) || (type === 'Flag' && spared.includes('upp'));

test('PDL 4:4, SVOD 2:3: a spärr closes on its days what is of the days it is about, save what it spares', () => {
  check(
    fc.property(
      during,
      during,
      instant,
      starts,
      type,
      spares,
      (days, information, at, starts, type, spares) => {
        const block = (reach: 'inner' | 'outer'): Statement => [
          sparr({ ...about, ...days, reach, information, spares }),
          byCentre,
        ];
        const consent: Statement = [svodConsent({ ...about, answer: 'yes' }), byHomeNurse];
        const limited = information.start !== undefined || information.end !== undefined;
        const hit =
          isWithin(days, at) &&
          !isSpared(type, spares) &&
          (!limited || starts === null || isWithin(information, starts));
        const asked = (caller: StaffCaller, ...more: Statement[]) =>
          ask(caller, [...sharing, ...related, consent, ...more], at, { starts, type }).reason;
        expect(asked(ward, block('inner'))).toBe(hit ? 'inner-blocked' : 'same-provider');
        expect(asked(homeNurse, block('outer'))).toBe(hit ? 'outer-blocked' : 'svod-consent');
        expect(asked(ward, block('outer'))).toBe('same-provider');
        expect(asked(homeNurse, block('inner'))).toBe('svod-consent');
      },
    ),
  );
});

test('PDL 4:5: an inner spärr is lifted on the days that an officer says, for that unit', () => {
  check(
    fc.property(ending, instant, fc.boolean(), type, (days, at, indispensable, type) => {
      const lift = (unit: string) =>
        sparrLift({
          ...about,
          ...days,
          sparr: 'block-1',
          unit,
          ground: indispensable ? 'indispensable' : 'consent',
          relevant: indispensable ? ['CarePlan'] : [],
        });
      const block: Statement = [sparr({ ...about, reach: 'inner' }), byCentre, 'block-1'];
      const asked = (...lifts: Statement[]) => ask(ward, [...related, block, ...lifts], at, { type }).reason;
      const lifted = isWithin(days, at) && (!indispensable || type === 'CarePlan');
      expect(asked([lift(ward.commission.unit), byOfficer])).toBe(
        lifted ? 'inner-block-lifted' : 'inner-blocked',
      );
      expect(asked([lift('SE0000000002-PSY'), byOfficer])).toBe('inner-blocked');
      if (!indispensable) expect(asked([lift(ward.commission.unit), byWard])).toBe('inner-blocked');
    }),
  );
});

test('SVOD 2:3, 3:5: an outer spärr is lifted by who keeps it, and not by the reader', () => {
  check(
    fc.property(
      ending,
      instant,
      fc.constantFrom('consent' as const, 'blocker' as const),
      (days, at, ground) => {
        const { unit } = homeNurse.commission;
        const lift = sparrLift({ ...about, ...days, sparr: 'block-1', unit, ground });
        const statements: Statement[] = [
          ...sharing,
          ...related,
          [svodConsent({ ...about, answer: 'yes' }), byHomeNurse],
          [sparr({ ...about, reach: 'outer' }), byCentre, 'block-1'],
        ];
        const asked = (writer: Writer) => ask(homeNurse, [...statements, [lift, writer]], at).reason;
        const lifted = isWithin(days, at) ? 'svod-consent' : 'outer-blocked';
        expect(asked(byOfficer)).toBe(lifted);
        if (ground === 'consent') expect(asked(byCentre)).toBe(lifted);
        if (ground === 'consent') expect(asked(byHomeNurse)).toBe('outer-blocked');
        expect(asked(writerBy(homeNurse, { rights: ['block-officer'] }))).toBe('outer-blocked');
      },
    ),
  );
});

test('SVOD 3:6: a nödöppning opens for the one who made it, until it ends, and no spärr', () => {
  check(
    fc.property(ending, instant, fc.boolean(), ({ start, end }, at, attested) => {
      const opening: Statement = [
        emergencyOpening({ ...about, start, end, attested, reason: 'Medvetslös' }),
        { ...byHomeNurse, operation: true },
      ];
      const opened = attested && isWithin({ start, end }, at);
      expect(ask(homeNurse, [...sharing, opening], at).reason).toBe(
        opened ? 'svod-emergency' : 'no-patient-relation',
      );
      const colleague = {
        ...homeNurse,
        commission: { ...homeNurse.commission, employee: 'SE0000000001-1009' },
      };
      expect(ask(colleague, [...sharing, opening], at).allowed).toBe(false);
      const block: Statement = [sparr({ ...about, reach: 'outer' }), byCentre];
      expect(ask(homeNurse, [...sharing, opening, block], at).reason).toBe(
        opened ? 'ask-the-blocker' : 'outer-blocked',
      );
    }),
  );
});
