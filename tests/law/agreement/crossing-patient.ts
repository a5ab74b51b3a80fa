import { type FactKind, keyOfActor, type Period } from '@naravard/access';
import fc from 'fast-check';
import {
  always,
  endless,
  endsNow,
  homeHelp,
  homeNurse,
  kommun,
  kommunOmsorg,
  onDelegation,
  startsNow,
  thisWeek,
} from '../decisions/build.ts';
import { fact, half, informed, type Told } from './patient-facts.ts';

const care = { organisation: keyOfActor(kommun) };
const omsorg = { organisation: keyOfActor(kommunOmsorg) };
const limited = half<Period>(thisWeek, endless, endsNow);
const sometimes = (told: fc.Arbitrary<Told>): fc.Arbitrary<Told[]> =>
  fc.option(told).map((each) => (each ? [each] : []));

const emergency = fc
  .record({
    unit: half(homeNurse.commission.unit, 'SE0000000001-NATT'),
    person: half(homeNurse.commission.employee, onDelegation.commission.employee),
    during: limited,
    value: fc.constantFrom('attested', null),
  })
  .map((members) => fact('emergency', { ...care, ...members }));

/** A patient of the kommun in both of its roles, about whom the region has written: what lets read across, each for itself. */
export const crossingPatient: fc.Arbitrary<Told[]> = fc
  .tuple(
    half<FactKind>('care', 'participation', 'need').map((kind) => [fact(kind, care)]),
    half<FactKind>('insats', 'investigation', 'participation').map((kind) => [fact(kind, omsorg)]),
    sometimes(fc.constantFrom(care, omsorg).map((of) => fact('consent-no', of))),
    sometimes(fc.constantFrom(care, omsorg).map((of) => fact('consent-yes', of))),
    sometimes(
      limited.map((during) => fact('incapacity', { ...omsorg, during, unit: homeHelp.commission.unit })),
    ),
    sometimes(
      fc
        .tuple(fc.constantFrom('incapacity' as const, 'child-unable' as const), limited)
        .map(([kind, during]) => fact(kind, { ...care, during })),
    ),
    sometimes(
      fc
        .constantFrom('1941-03-14', '2008-11-05', '2008-11-06', '2018-05-01')
        .map((value) => fact('born', { organisation: null, value })),
    ),
    sometimes(
      fc
        .constantFrom<Period>(startsNow, startsNow, always)
        .map((during) => fact('deceased', { organisation: null, during })),
    ),
    fc.array(emergency, { maxLength: 2 }),
    informed.map((during) => [fact('informed', { during })]),
  )
  .map((each) => each.flat());
