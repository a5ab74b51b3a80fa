import { type KeyRow, keyOfActor, type Period } from '@naravard/access';
import fc from 'fast-check';
import {
  always,
  centre,
  endsNow,
  homeNurse,
  kommun,
  region,
  startsNow,
  thisWeek,
  ward,
} from '../decisions/build.ts';
import { fact, half, informed, type Told } from './patient-facts.ts';

const own = keyOfActor(region);
const unit = centre.commission.unit;

const lift = fc
  .record({
    organisation: half<string | null>(own, own, keyOfActor(kommun)),
    unit: fc.constantFrom(ward.commission.unit, homeNurse.commission.unit),
    person: half<string | null>(null, ward.commission.employee, 'SE0000000002-2999'),
    during: half<Period>(always, endsNow, startsNow),
    about: fc.constantFrom('b0', 'b1'),
    value: fc.constantFrom('consent', 'blocker', 'indispensable'),
    types: fc.constantFrom<string[]>([], ['CarePlan']),
    author: half<string | null>('SE0000000002-9001', null),
  })
  .map((members) => fact('lift', members));

const block = (about: string) =>
  fc
    .record({
      kind: fc.constantFrom('block-inner' as const, 'block-outer' as const),
      unit: half<string | null>(null, unit, ward.commission.unit),
      during: half<Period>(always, always, thisWeek, endsNow),
      information: half<Period | null>(null, always, thisWeek, endsNow),
      types: half<string[]>([], ['lak']),
    })
    .map(({ kind, ...members }) => fact(kind, { ...members, about }));

/** A patient whom the ward and the home nursing have to do with, and whose data at the vårdcentral is blocked and lifted. */
export const blockedPatient: fc.Arbitrary<Told[]> = fc
  .tuple(fc.array(lift, { minLength: 1, maxLength: 4 }), block('b0'), fc.option(block('b1')), informed)
  .map(([lifts, first, second, during]) => [
    fact('care', { unit: ward.commission.unit }),
    fact('care', { organisation: keyOfActor(kommun) }),
    fact('consent-yes', { organisation: keyOfActor(kommun) }),
    fact('informed', { during }),
    ...lifts,
    first,
    ...(second ? [second] : []),
  ]);

/** Written by the vårdcentral of the region. */
export const centreRow: fc.Arbitrary<KeyRow> = fc.record({
  type: fc.constantFrom('CarePlan', 'CarePlan', 'MedicationRequest'),
  patient: fc.constant(null),
  custodian: fc.constant(own),
  author_unit: half<string | null>(unit, null),
  labels: fc.constant<string[]>([]),
  starts: fc.constantFrom('2026-10-01T08:00:00.000Z', '2026-11-05T12:00:00.000Z', '-infinity', null),
});
