import type { Block, Facts, Period, StaffCaller } from '@naravard/access';
import fc from 'fast-check';
import {
  always,
  baseFacts,
  centre,
  consent,
  endsNow,
  homeNurse,
  onDelegation,
  region,
  relation,
  represents,
  startsNow,
  thisWeek,
  ward,
} from '../decisions/build.ts';
import { colleagues, facts, mostly } from '../decisions/generated.ts';
import { unitHands } from './cast.ts';
import { record } from './records.ts';
import type { Fate } from './statement.ts';

const fate: fc.Arbitrary<Fate> = mostly<Fate>('stands', 'taken back', 'deleted');
/** 84, 16 today, 14, 13 today, 8 years old; not known to the day. */
const born = mostly<string | null>('1941-03-14', '1941', null).chain((old) =>
  fc.constantFrom(old, old, '2010-11-05', '2012-05-01', '2013-11-05', '2018-05-01', '2018-05-01'),
);

/** What a Patient says of a death, and from when on that is one. */
const death = mostly<Death | null>(
  null,
  { said: { deceasedDateTime: '2026-11-04' }, during: { start: '2026-11-04T23:00:00.000Z', end: null } },
  { said: { deceasedDateTime: '2026-11' }, during: { start: '2026-11-30T23:00:00.000Z', end: null } },
  { said: { deceasedBoolean: true }, during: always },
);
interface Death {
  readonly said: object;
  readonly during: Period;
}

const lifted = (unit: StaffCaller, ...people: readonly StaffCaller[]) =>
  fc.record({
    unit: fc.constant(unit.commission.unit),
    person: fc.constantFrom(null, ...[unit, ...people].map(({ commission }) => commission.employee)),
    during: mostly<Period>(thisWeek, endsNow, startsNow),
    ground: fc.constantFrom('consent' as const, 'blocker' as const, 'indispensable' as const),
    officer: mostly<string | null>('SE0000000002-9001', null),
    relevantTypes: fc.constant(['CarePlan', 'Encounter']),
  });
const blockOf = (reach: Block['reach'], lift: ReturnType<typeof lifted>) =>
  fc.record({
    reach: fc.constant(reach),
    organisation: fc.constant(region),
    unit: fc.constantFrom(centre.commission.unit, null),
    information: mostly<Period>(always, endsNow, thisWeek),
    excludedTypes: fc.constantFrom<string[]>([], ['lak']),
    during: mostly<Period>(thisWeek, always, endsNow),
    lifts: fc.array(lift, { maxLength: 2 }),
  });
/** Of what the vårdcentral wrote, lifted for the ward, or for one of two at home nursing. */
const innerBlock = blockOf('inner', lifted(ward, centre));
const outerBlock = blockOf('outer', lifted(homeNurse, onDelegation));

/** What is told of one person. */
export const person = fc.record({
  told: facts,
  born,
  death,
  fates: fc.array(fate, { minLength: 45, maxLength: 45 }),
  records: fc.array(record, { minLength: 9, maxLength: 13 }),
  /** Who cares for the person, and who has been let in, so that much is to be seen. */
  caring: fc.subarray(colleagues),
  letIn: fc.subarray(colleagues),
  isInformed: mostly(true, false),
  block: fc.option(fc.oneof(innerBlock, outerBlock), { freq: 2 }),
  isGuarded: mostly(true, false),
  others: fc.constantFrom(...unitHands),
  isDeleted: mostly(false, false, false, true),
});
export type Person = typeof person extends fc.Arbitrary<infer T> ? T : never;

/** The facts of a person, and those by which staff get to see something. */
export function leaning(
  { told, caring, letIn, isInformed, block, isGuarded }: Person,
  patient: string,
): Facts {
  const lifted = block ? [ward, homeNurse, onDelegation] : [];
  return {
    ...told,
    patient,
    relations: [...[...caring, ...lifted].map((each) => relation(each)), ...told.relations.slice(0, 4)],
    consents: [...[...letIn, ...lifted].map((each) => consent(each)), ...told.consents.slice(0, 3)],
    informed: isInformed ? baseFacts.informed : told.informed,
    blocks: [...(block ? [block] : []), ...told.blocks.slice(0, 1)],
    representatives: [...(isGuarded ? [represents('guardian')] : []), ...told.representatives],
  };
}
