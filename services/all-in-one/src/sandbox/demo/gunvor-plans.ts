import type { CarePlan, CarePlanActivity, Communication, Provenance } from '@medplum/fhirtypes';
import { hsa } from '../hsa.ts';
import { knownBy, signed, stated } from './behandlingsplan.ts';
import { ref } from './codes.ts';
import { labels } from './gunvor.ts';
import { ownPlan } from './own-plan.ts';
import { row, step } from './plan-rows.ts';
import { sipStated } from './sip-statements.ts';
import type { StoryTime } from './story-time.ts';

const patient = 'gunvor-testberg';
const PLAN = 'gunvor-behandlingsplan';
const SIP = 'gunvor-sip';
const JOUR = 'HealthcareService/jour-hemsjukvard-falkenberg';
const OMAR = ['omar-lind', 'Omar Lind'] as const;
const MAJA = ['maja-berg', 'Maja Berg'] as const;
const SVEN = ['sven-dahl', 'Sven Dahl'] as const;
const EVA = ref<{ reference: string }>('PractitionerRole/eva-strand', 'Eva Strand');
const BENGT = 'RelatedPerson/bengt-testberg';

interface Part {
  of: typeof PLAN | typeof SIP;
  unit: 'vardcentral' | 'hemsjukvard' | 'hemtjanst';
  title: string;
  author: readonly [role: string, name: string];
  activity: CarePlanActivity[];
}

const part = (time: StoryTime, { of, unit, ...part }: Part): CarePlan =>
  ownPlan({
    id: `${of}-${unit}`,
    patient,
    kind: of === PLAN ? 'behandlingsplan' : 'SIP',
    partOf: of,
    start: time.date(-80),
    end: time.date(120),
    labels,
    ...part,
  });

/** What is done when she gets worse: those round her call, and red is the nurse who knows the limit, not 112. */
const behandlingsplan = (time: StoryTime): CarePlan =>
  ownPlan({
    id: PLAN,
    patient,
    kind: 'behandlingsplan',
    title: 'Behandlingsplan vid demens',
    author: OMAR,
    start: time.date(-80),
    end: time.date(120),
    labels,
    activity: [
      step({
        text: 'Sitt med henne, sänk ljus och ljud, och bjud på något att dricka.',
        who: 'Organization/hemtjansten-soder',
        level: 'gor-sjalv',
        sign: 'Hon är orolig men känner igen dig.',
      }),
      step({
        text: 'Ring hemsjukvården.',
        who: 'Organization/hemtjansten-soder',
        level: 'ring-idag',
        sign: 'Hon äter eller dricker mindre än vanligt, eller är mer förvirrad.',
        threshold: 'mindre än hälften i två dagar',
        contact: JOUR,
      }),
      step({
        text: 'Ring sjuksköterskan i hemsjukvården, som känner till planen.',
        who: 'Organization/hemtjansten-soder',
        level: 'ring-nu',
        sign: 'Hon har ont, svårt att andas eller går inte att väcka.',
        first: 'Stanna hos henne. Höj huvudändan.',
        contact: JOUR,
      }),
    ],
    more: {
      extension: stated({
        doctor: OMAR,
        nurse: MAJA,
        review: time.date(60),
        contacts: [JOUR],
        limit: 'Ingen hjärt-lungräddning och ingen intensivvård. Vård hemma så långt det går.',
      }),
      careTeam: [ref('CareTeam/gunvor-fast-lakarkontakt'), ref('CareTeam/gunvor-team-hemsjukvarden')],
      addresses: [ref('Condition/gunvor-demens')],
      supportingInfo: ['vardcentral', 'hemsjukvard', 'hemtjanst'].map((unit) =>
        ref(`CarePlan/${PLAN}-${unit}`),
      ),
    },
  });

/** Made on the finding that she cannot take a stand, in place of consent (LUS 2017:612 4 kap. 2 §; SVOD 3 kap. 3-4 §§). */
const sip = (time: StoryTime): CarePlan =>
  ownPlan({
    id: SIP,
    patient,
    kind: 'SIP',
    title: 'Samordnad individuell plan (SIP)',
    author: ['eva-strand', 'Eva Strand'],
    start: time.date(-70),
    labels,
    activity: [
      row({
        text: 'Hälsar på och sköter ekonomin.',
        who: BENGT,
        often: 'Varje söndag',
        huvudman: 'narstaende',
      }),
    ],
    more: {
      extension: sipStated({
        lage: 'beslutad',
        initiative: ref('PractitionerRole/maja-berg', 'Maja Berg'),
        participants: [
          [`Patient/${patient}`, 'Gunvor Testberg', true],
          ['PractitionerRole/eva-strand', 'Eva Strand', true],
          ['PractitionerRole/maja-berg', 'Maja Berg', true],
          ['PractitionerRole/sven-dahl', 'Sven Dahl', true],
          [BENGT, 'Bengt Testberg', true],
        ],
        responsible: 'hemsjukvarden-soder',
        followUp: [time.date(20), EVA],
      }),
      description: 'Viktigt för Gunvor: att få bo kvar hemma och höra musik på kvällen.',
      addresses: [ref('Condition/gunvor-demens')],
      supportingInfo: [ref('Consent/gunvor-beslutsformaga-region')],
    },
  });

export const vardcentralPlans = (time: StoryTime): (CarePlan | Provenance)[] => [
  behandlingsplan(time),
  part(time, {
    of: PLAN,
    unit: 'vardcentral',
    title: 'Behandlingsplan: vårdcentralens del',
    author: OMAR,
    activity: [
      row({ text: 'Läkemedelsgenomgång.', who: 'PractitionerRole/omar-lind', often: 'Var sjätte månad' }),
    ],
  }),
  signed(behandlingsplan(time), { employee: hsa.omarLind, unit: hsa.vardcentral }, time.at(-80, '15:00')),
  sip(time),
  part(time, {
    of: SIP,
    unit: 'vardcentral',
    title: 'SIP: vårdcentralens insatser',
    author: OMAR,
    activity: [
      row({
        text: 'Hembesök av läkare.',
        who: 'PractitionerRole/omar-lind',
        often: 'Var tredje månad',
        huvudman: 'region',
      }),
    ],
  }),
];

export const hemsjukvardPlans = (time: StoryTime): (CarePlan | Provenance | Communication)[] => {
  const maja = { employee: hsa.majaBerg, unit: hsa.hemsjukvard };
  const own = part(time, {
    of: PLAN,
    unit: 'hemsjukvard',
    title: 'Behandlingsplan: hemsjukvårdens del',
    author: MAJA,
    activity: [
      row({
        text: 'Delar dosett och ser efter hur hon äter.',
        who: 'PractitionerRole/maja-berg',
        often: 'Varje vecka',
      }),
    ],
  });
  return [
    own,
    signed(own, maja, time.at(-80, '16:00')),
    knownBy(behandlingsplan(time), 'gunvor-plan-kand-av-hemsjukvard', maja, time.at(-80, '16:05')),
    part(time, {
      of: SIP,
      unit: 'hemsjukvard',
      title: 'SIP: hemsjukvårdens insatser',
      author: MAJA,
      activity: [
        row({
          text: 'Hemsjukvårdsbesök.',
          who: 'PractitionerRole/maja-berg',
          often: 'Varje vecka',
          huvudman: 'kommun',
        }),
      ],
    }),
  ];
};

export const hemtjanstPlans = (time: StoryTime): CarePlan[] => [
  part(time, {
    of: PLAN,
    unit: 'hemtjanst',
    title: 'Behandlingsplan: hemtjänstens del',
    author: SVEN,
    activity: [
      row({
        text: 'Skriver upp vad hon äter och dricker.',
        who: 'PractitionerRole/sven-dahl',
        often: 'Varje dag',
      }),
    ],
  }),
  part(time, {
    of: SIP,
    unit: 'hemtjanst',
    title: 'SIP: hemtjänstens insatser',
    author: SVEN,
    activity: [
      row({
        text: 'Hjälp morgon och kväll, med musik på kvällen.',
        who: 'PractitionerRole/sven-dahl',
        often: 'Varje dag',
        huvudman: 'kommun',
      }),
    ],
  }),
];
