import {
  ageExceptionOf,
  careRelation,
  childFoundUnable,
  emergencyOpening,
  type Facts,
  insatsInvestigation,
  type LegalActor,
  lastingIncapacityFound,
  representativeOf,
  type StaffCaller,
  sipConsent,
  sparr,
  svodConsent,
  svodInformationGiven,
  svodMembership,
  teamOf,
  type Writer,
  workNeed,
} from '@naravard/access';
import fc from 'fast-check';
import {
  incapacity,
  kommun,
  kommunOmsorg,
  region,
  relation,
  represents,
  thisWeek,
} from '../decisions/build.ts';
import { colleagues } from '../decisions/generated.ts';
import { day, during, ending, periodOfDays } from './days.ts';
import { byAdministrator, regionSystem, writerBy } from './stating.ts';

/** Something said about Astrid: the resource that says it, who writes that, and what must come of it. */
export interface Said {
  readonly id: string;
  readonly resource: object;
  readonly writer: Writer;
  readonly facts: Partial<Facts>;
}

type Telling = Omit<Said, 'id'>;

const about = { patient: 'astrid' };
const someone: fc.Arbitrary<StaffCaller> = fc.constantFrom(...colleagues);
const carer = fc.constantFrom(...colleagues.filter(isCare));
function isCare({ commission }: StaffCaller): boolean {
  return commission.organisation.as === 'vardgivare';
}

const reachOf = ({ commission: { organisation, unit } }: StaffCaller) => ({
  organisation,
  unit,
  person: null,
});

const relations = fc
  .tuple(someone, fc.constantFrom('relation', 'need', 'investigation', 'team'), ending)
  .map(([who, said, days]): Telling => {
    const writer = writerBy(who);
    const period = periodOfDays(days);
    switch (said) {
      case 'need':
        return {
          writer,
          resource: workNeed({ ...about, ...days }),
          facts: { relations: [relation(who, { kind: 'need', during: period })] },
        };
      case 'investigation':
        return {
          writer,
          resource: insatsInvestigation({ ...about, ...days }),
          facts: isCare(who) ? {} : { relations: [relation(who, { kind: 'investigation', during: period })] },
        };
      case 'team':
        return {
          writer,
          resource: teamOf({ ...about, ...days, members: [who.commission.employee] }),
          facts: {
            relations: [
              relation(who, {
                kind: 'participation',
                during: period,
                unit: null,
                person: who.commission.employee,
              }),
            ],
          },
        };
      default:
        return {
          writer,
          resource: careRelation({ ...about, ...days }),
          facts: { relations: [relation(who, { during: period })] },
        };
    }
  });

const answers = fc
  .record({
    who: someone,
    answer: fc.constantFrom('yes' as const, 'no' as const),
    sip: fc.boolean(),
    personal: fc.boolean(),
    days: during,
  })
  .map(({ who, answer, sip, personal, days }): Telling => {
    const person = personal ? who.commission.employee : undefined;
    return {
      writer: writerBy(who),
      resource: (sip ? sipConsent : svodConsent)({ ...about, ...days, answer, person }),
      facts: {
        consents: [
          {
            ...reachOf(who),
            person: person ?? null,
            kind: sip ? 'sip' : 'svod',
            answer,
            during: periodOfDays(days),
          },
        ],
      },
    };
  });

const findings = fc.tuple(carer, fc.boolean(), ending).map(([who, child, days]): Telling => {
  const period = periodOfDays(days);
  const { organisation } = who.commission;
  return {
    writer: writerBy(who),
    resource: (child ? childFoundUnable : lastingIncapacityFound)({ ...about, ...days }),
    facts: {
      unableToConsent: [
        child ? { kind: 'child', organisation, during: period } : incapacity(who, { during: period }),
      ],
    },
  };
});

const blocks = fc
  .record({
    who: someone,
    reach: fc.constantFrom('inner' as const, 'outer' as const),
    unit: fc.option(fc.constantFrom('SE0000000002-PSY', 'SE0000000002-VC'), { nil: undefined }),
    spares: fc.constantFrom<('lak' | 'upp')[]>([], ['lak'], ['lak', 'upp']),
    days: during,
    information: during,
  })
  .map(
    ({ who, reach, unit, spares, days, information }): Telling => ({
      writer: writerBy(who),
      resource: sparr({ ...about, ...days, reach, unit, spares, information }),
      facts: {
        blocks: [
          {
            reach,
            organisation: who.commission.organisation,
            unit: unit ?? (reach === 'inner' ? who.commission.unit : null),
            information: periodOfDays(information),
            excludedTypes: spares,
            during: periodOfDays(days),
            lifts: [],
          },
        ],
      },
    }),
  );

const emergencies = fc.tuple(carer, fc.boolean(), ending).map(([who, attested, said]): Telling => {
  return {
    writer: writerBy(who, { operation: true }),
    resource: emergencyOpening({ ...about, ...said, attested, reason: 'Medvetslös' }),
    facts: {
      emergencies: [
        {
          organisation: who.commission.organisation,
          unit: who.commission.unit,
          person: who.commission.employee,
          reason: 'stated',
          dangerStated: true,
          relationAttested: attested,
          during: periodOfDays(said),
        },
      ],
    },
  };
});

const people = fc
  .tuple(someone, fc.constantFrom('guardian', 'proxy', 'earlier', 'longer'), during)
  .map(([who, said, days]): Telling => {
    const period = periodOfDays(days);
    if (said === 'guardian' || said === 'proxy') {
      const as = said === 'guardian' ? 'vardnadshavare' : 'ombud';
      return {
        writer: regionSystem,
        resource: representativeOf({ ...about, ...days, person: 'karin', as }),
        facts: {
          representatives: [represents(said === 'guardian' ? said : 'adult-proxy', { during: period })],
        },
      };
    }
    const kind = said === 'earlier' ? 'young-person-has-access' : 'guardian-keeps-access';
    return {
      writer: writerBy(who),
      resource: ageExceptionOf({ ...about, ...days, as: kind }),
      facts: {
        ageExceptions: [
          { organisation: who.commission.organisation, unit: who.commission.unit, kind, during: period },
        ],
      },
    };
  });

const actors: readonly LegalActor[] = [region, kommun, kommunOmsorg];
const sharing = fc.oneof(
  fc.tuple(someone, day).map(([who, at]): Telling => {
    const { start } = periodOfDays({ start: at });
    return {
      writer: writerBy(who),
      resource: svodInformationGiven({ ...about, at }),
      facts: { informed: [{ organisation: who.commission.organisation, at: start ?? thisWeek.start }] },
    };
  }),
  fc.tuple(fc.constantFrom(...actors), during).map(
    ([organisation, days]): Telling => ({
      writer: byAdministrator,
      resource: svodMembership({ ...days, organisation }),
      facts: { joined: [{ organisation, during: periodOfDays(days) }] },
    }),
  ),
);

/** A few things said, in any order, each by its own resource. */
export const said: fc.Arbitrary<Said[]> = fc
  .array(fc.oneof(relations, answers, findings, blocks, emergencies, people, sharing), { maxLength: 8 })
  .map((all) => all.map((each, at) => ({ ...each, id: `said-${at}` })));
