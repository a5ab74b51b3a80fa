import type { Condition, EpisodeOfCare, Goal, Patient } from '@medplum/fhirtypes';
import { type Case, dayBefore } from './case.ts';
import { hsaOf } from './halland.ts';
import { familyNames, mensNames, streets, womensNames } from './names.ts';
import { testPersonnummer } from './personnummer.ts';

const DIAGNOSES = [
  ['I50.9', 'Hjärtsvikt, ospecificerad'],
  ['J44.9', 'Kroniskt obstruktiv lungsjukdom, ospecificerad'],
  ['E11.9', 'Diabetes mellitus typ 2 utan komplikationer'],
  ['I10.9', 'Essentiell hypertoni'],
  ['I48.9', 'Förmaksflimmer och förmaksfladder, ospecificerat'],
  ['F03.9', 'Demens, ospecificerad'],
  ['I63.9', 'Cerebral infarkt, ospecificerad'],
  ['M16.9', 'Koxartros, ospecificerad'],
] as const;

const GOALS = [
  'Klara mig hemma.',
  'Gå ut varje dag.',
  'Sova hela natten.',
  'Träffa barnbarnen.',
  'Hålla vikten.',
] as const;

export function patient(n: number, { id, town, random, vardcentral }: Case): Patient {
  const female = random.chance(0.58);
  const { value, birthDate } = testPersonnummer(n, female);
  const given = random.pick(female ? womensNames : mensNames);
  const family = random.pick(familyNames);
  return {
    resourceType: 'Patient',
    id,
    meta: { security: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'DEMO' }] },
    identifier: [{ system: 'http://electronichealth.se/identifier/personnummer', value }],
    active: true,
    name: [{ use: 'official', family, given: [given], text: `${given} ${family}` }],
    gender: female ? 'female' : 'male',
    birthDate,
    address: [
      {
        use: 'home',
        line: [`${random.pick(streets)} ${random.whole(1, 120)}`],
        postalCode: `${town.postalArea} ${random.whole(10, 99)}`,
        city: town.town,
        country: 'SE',
      },
    ],
    managingOrganization: { reference: `Organization/${vardcentral}` },
  };
}

/** One to three diagnoses, each once. */
export function conditions({ id, random, anchor }: Case): Condition[] {
  const first = random.whole(0, DIAGNOSES.length - 1);
  return Array.from({ length: random.whole(1, 3) }, (_, at): Condition => {
    const [code, display] = DIAGNOSES[(first + at * 3) % DIAGNOSES.length] ?? DIAGNOSES[0];
    return {
      resourceType: 'Condition',
      id: `${id}-d${at + 1}`,
      clinicalStatus: {
        coding: [{ system: 'http://terminology.hl7.org/CodeSystem/condition-clinical', code: 'active' }],
      },
      code: { coding: [{ system: 'http://hl7.org/fhir/sid/icd-10-se', code, display }], text: display },
      subject: { reference: `Patient/${id}` },
      onsetDateTime: dayBefore(anchor, random.whole(200, 4000)),
    };
  });
}

export function goals({ id, random, anchor }: Case): Goal[] {
  return Array.from({ length: random.whole(1, 2) }, (_, at) => ({
    resourceType: 'Goal',
    id: `${id}-g${at + 1}`,
    lifecycleStatus: 'active',
    description: { text: random.pick(GOALS) },
    subject: { reference: `Patient/${id}` },
    startDate: dayBefore(anchor, random.whole(30, 300)),
    expressedBy: { reference: `Patient/${id}` },
  }));
}

const INSATSER = { HSJV: 'Hemsjukvård', HTJ: 'Hemtjänst' } as const;

/** That the patient has hemsjukvård or hemtjänst, from when and by which unit; none without a unit. */
export function insats(person: Case, unit: string | undefined, code: keyof typeof INSATSER): EpisodeOfCare[] {
  if (!unit) return [];
  return [
    {
      resourceType: 'EpisodeOfCare',
      id: `${person.id}-${code.toLowerCase()}`,
      status: 'active',
      type: [
        { coding: [{ system: 'https://naravard.se/fhir/CodeSystem/insats', code, display: INSATSER[code] }] },
      ],
      patient: { reference: `Patient/${person.id}` },
      managingOrganization: {
        reference: `Organization/${unit}`,
        identifier: { system: 'urn:oid:1.2.752.29.4.19', value: hsaOf(unit) },
      },
      period: { start: dayBefore(person.anchor, person.random.whole(60, 900)) },
    },
  ];
}
