import {
  type Block,
  type FactKind,
  type Facts,
  keyOfActor,
  type LegalActor,
  type Period,
  type StatedFact,
} from '@naravard/access';
import { always, kommun } from '../decisions/build.ts';

/** What of some facts can be stored, as rows about a patient: nothing unreadable, and no exception without its terms. */
export function statedOf(told: Facts, patient: string): StatedFact[] {
  const of = (
    kind: FactKind,
    during: Period,
    members: Omit<Partial<StatedFact>, 'organisation'> & { organisation?: LegalActor } = {},
  ) => stated(kind, patient, during, members);
  return [
    ...(/^\d{4}-\d\d-\d\d$/.test(told.born ?? '') ? of('born', always, { value: told.born }) : []),
    ...(told.protectedIdentity ? of('protected', always) : []),
    ...(told.deceased ? of('deceased', told.deceased) : []),
    ...told.relations.flatMap(({ kind, during, ...reach }) => of(kind, during, reach)),
    ...told.consents.flatMap(({ kind, answer, during, ...reach }) =>
      of(`${kind === 'svod' ? 'consent' : 'sip'}-${answer}`, during, reach),
    ),
    ...told.unableToConsent.flatMap((each) => {
      if (each.kind === 'child') return of('child-unable', each.during, { organisation: each.organisation });
      const { attitudeExplored, noReasonToThinkOpposed, during, organisation } = each;
      return attitudeExplored && noReasonToThinkOpposed ? of('incapacity', during, { organisation }) : [];
    }),
    ...told.blocks.flatMap((block, index) => blockOf(block, `b${index}`, patient)),
    ...told.emergencies.flatMap(({ reason, dangerStated, relationAttested, during, ...reach }) =>
      reason && dangerStated
        ? of('emergency', during, { ...reach, value: relationAttested ? 'attested' : null })
        : [],
    ),
    ...told.representatives.flatMap(({ person, as, during }) => of(as, during, { person })),
    ...told.ageExceptions.flatMap(({ organisation, unit, kind, during }) =>
      of(kind, during, { organisation, unit }),
    ),
    ...told.informed.flatMap(({ organisation, at }) =>
      of('informed', { start: at, end: null }, { organisation }),
    ),
  ];
}

function blockOf(
  { reach, organisation, unit, information, excludedTypes, during, lifts }: Block,
  about: string,
  patient: string,
): StatedFact[] {
  if (!isReadable(information)) return [];
  const members = { organisation, unit, information, types: excludedTypes, about };
  return [
    ...stated(`block-${reach}`, patient, during, members),
    ...lifts.flatMap(({ unit, person, during, ground, officer, relevantTypes }, index) =>
      stated('lift', patient, during, {
        organisation: index === 2 ? kommun : organisation,
        unit,
        person,
        types: relevantTypes,
        about,
        value: ground,
        author: officer,
      }),
    ),
  ];
}

const isReadable = ({ start, end }: Period): boolean =>
  [start, end].every((limit) => limit === null || !Number.isNaN(Date.parse(limit)));

export const stated = (
  kind: FactKind,
  patient: string | null,
  during: Period,
  { organisation, ...members }: Omit<Partial<StatedFact>, 'organisation'> & { organisation?: LegalActor },
): StatedFact[] =>
  isReadable(during)
    ? [
        {
          kind,
          patient,
          organisation: organisation ? keyOfActor(organisation) : null,
          unit: null,
          person: null,
          during,
          information: null,
          types: [],
          about: null,
          value: null,
          author: null,
          ...members,
        },
      ]
    : [];
