import type { CarePlan, Coding, Condition, Patient } from '@medplum/fhirtypes';
import { careRelation, lastingIncapacityFound, type Made } from '@naravard/access';
import { hsa } from '../hsa.ts';
import { coding, OWN, ref } from './codes.ts';
import { condition } from './health.ts';
import { ownPlan } from './own-plan.ts';
import { HAVSVINDEN, patientOf } from './persons.ts';
import { activity } from './plan.ts';
import type { StoryTime } from './story-time.ts';

/**
 * Gunvor, 88, has dementia and lastingly cannot take a stand on sharing. Each organisation has explored her attitude as far
 * as possible and made its data available without information to her (SVOD 2022:913 2 kap. 6 §, 3 kap. 3-4 §§).
 */
const patient = 'gunvor-testberg';

const availableBy26: Coding = coding(
  `${OWN}/CodeSystem/access`,
  'available-by-2-6',
  'Tillgänglig enligt 2 kap. 6 § lagen (2022:913)',
);

const unable = (id: string, time: StoryTime): Made =>
  lastingIncapacityFound({
    id,
    patient,
    at: time.date(-90),
    start: time.date(-90),
    end: time.date(275),
  });

interface Own {
  id: string;
  title: string;
  author: readonly [role: string, name: string];
  text: string;
  often: string;
}

const plan = (time: StoryTime, { id, title, author, text, often }: Own): CarePlan =>
  ownPlan({
    id,
    patient,
    kind: 'vardplan',
    title,
    author,
    start: time.date(-80),
    labels: [availableBy26],
    activity: [activity({ text, who: `PractitionerRole/${author[0]}`, often })],
  });

export const gunvorVardcentral = (time: StoryTime): (Patient | Condition | CarePlan | Made)[] => [
  patientOf({
    id: patient,
    given: 'Gunvor',
    born: '1938-02-09',
    gender: 'female',
    phone: '070-174 06 08',
    street: 'Kyrkogatan 7',
    at: HAVSVINDEN,
  }),
  careRelation({
    id: 'gunvor-vardrelation-vardcentral',
    patient,
    unit: hsa.vardcentral,
    start: time.date(-2000),
  }),
  unable('gunvor-beslutsformaga-region', time),
  condition({
    id: 'gunvor-demens',
    code: 'F03.9',
    display: 'Demens, ospecificerad',
    since: time.date(-900),
    of: ref(`Patient/${patient}`),
  }),
  plan(time, {
    id: 'gunvor-vardplan',
    title: 'Vårdplan vid demens',
    author: ['omar-lind', 'Omar Lind'],
    text: 'Läkemedelsgenomgång.',
    often: 'Var sjätte månad',
  }),
];

export const gunvorHemsjukvard = (time: StoryTime): (CarePlan | Made)[] => [
  careRelation({
    id: 'gunvor-hemsjukvard',
    patient,
    unit: hsa.hemsjukvard,
    insats: 'HSJV',
    start: time.date(-400),
  }),
  unable('gunvor-beslutsformaga-hemsjukvard', time),
  plan(time, {
    id: 'gunvor-vardplan-hemsjukvard',
    title: 'Vårdplan vid demens: hemsjukvårdens del',
    author: ['maja-berg', 'Maja Berg'],
    text: 'Delar dosett och ser efter hur hon äter.',
    often: 'Varje vecka',
  }),
];

export const gunvorHemtjanst = (time: StoryTime): Made[] => [
  careRelation({
    id: 'gunvor-hemtjanst',
    patient,
    unit: hsa.hemtjanst,
    insats: 'HTJ',
    start: time.date(-700),
  }),
  unable('gunvor-beslutsformaga-hemtjanst', time),
];
