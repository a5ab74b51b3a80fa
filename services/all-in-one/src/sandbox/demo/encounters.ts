import type { Encounter, EpisodeOfCare } from '@medplum/fhirtypes';
import { coding, concept, OWN, ref, systems } from './codes.ts';
import { patient } from './persons.ts';
import type { StoryTime } from './story-time.ts';

/** Hembesök (open care) and hemsjukvårdsbesök (enrolled in hemsjukvård) are two things: Socialstyrelsens termbank. */
const TYPES = {
  hembesok: concept(
    coding(systems.ownVardkontakt, 'hembesok', 'Hembesök'),
    coding(systems.vardkontaktTyp, '1', 'Besök'),
  ),
  hemsjukvardsbesok: concept(
    coding(systems.ownVardkontakt, 'hemsjukvardsbesok', 'Hemsjukvårdsbesök'),
    coding(systems.vardkontaktTyp, '1', 'Besök'),
  ),
  video: concept(coding(systems.ownVardkontakt, 'videokontakt', 'Distanskontakt via video')),
  telefon: concept(
    coding(systems.ownVardkontakt, 'telefonkontakt', 'Distanskontakt via telefon'),
    coding(systems.vardkontaktTyp, '2', 'Telefon'),
  ),
  vardtillfalle: concept(
    coding(systems.ownVardkontakt, 'vardtillfalle', 'Vårdtillfälle'),
    coding(systems.vardkontaktTyp, '3', 'Vårdtillfälle'),
  ),
};

const CLASSES = {
  HH: coding(systems.encounterClass, 'HH', 'home health'),
  VR: coding(systems.encounterClass, 'VR', 'virtual'),
  IMP: coding(systems.encounterClass, 'IMP', 'inpatient encounter'),
};

interface Contact {
  id: string;
  place: keyof typeof CLASSES;
  type: keyof typeof TYPES;
  who: readonly [role: string, name: string];
  unit: readonly [id: string, name: string];
  start: string;
  end: string;
  why: string;
  status?: Encounter['status'];
}

function contact({ id, place, type, who, unit, start, end, why, status = 'finished' }: Contact): Encounter {
  return {
    resourceType: 'Encounter',
    id,
    status,
    class: CLASSES[place],
    type: [TYPES[type]],
    subject: patient,
    participant: [{ individual: ref(`PractitionerRole/${who[0]}`, who[1]) }],
    period: { start, end },
    reasonCode: [{ text: why }],
    ...(place === 'HH' && { location: [{ location: ref('Location/astrids-hem') }] }),
    serviceProvider: ref(`Organization/${unit[0]}`, unit[1]),
  };
}

const VC = ['vc-havsvinden', 'Vårdcentral Havsvinden'] as const;
const SODER = ['hemsjukvarden-soder', 'Hemsjukvården Söder'] as const;
const OMAR = ['omar-lind', 'Omar Lind'] as const;
const EVA = ['eva-strand', 'Eva Strand'] as const;
const MAJA = ['maja-berg', 'Maja Berg'] as const;

/** What the vårdcentral did. */
export const vardcentralEncounters = (time: StoryTime): Encounter[] => [
  contact({
    id: 'astrid-video-lakare',
    place: 'VR',
    type: 'video',
    who: OMAR,
    unit: VC,
    start: time.at(-9, '12:10'),
    end: time.at(-9, '12:30'),
    why: 'Viktökning 2,4 kg och svullna ben.',
  }),
  contact({
    id: 'astrid-telefon-samordning',
    place: 'VR',
    type: 'telefon',
    who: EVA,
    unit: VC,
    start: time.at(-6, '15:00'),
    end: time.at(-6, '15:15'),
    why: 'Kallelse till SIP-möte i hemmet.',
  }),
  contact({
    id: 'astrid-hembesok-lakare',
    place: 'HH',
    type: 'hembesok',
    who: OMAR,
    unit: VC,
    start: time.at(-2, '13:00'),
    end: time.at(-2, '13:45'),
    why: 'Uppföljning efter sjukhusvården. Ny behandlingsplan.',
  }),
];

/** The vårdtillfälle in Varberg, Tuesday night to Friday. */
export const wardEncounters = (time: StoryTime): Encounter[] => [
  {
    ...contact({
      id: 'astrid-vardtillfalle',
      place: 'IMP',
      type: 'vardtillfalle',
      who: ['lisa-ek', 'Lisa Ek'],
      unit: ['medicinavdelning-3', 'Medicinavdelning 3'],
      start: time.at(-8, '03:40'),
      end: time.at(-5, '14:00'),
      why: 'Andnöd i vila.',
    }),
    extension: [
      { url: `${OWN}/StructureDefinition/beraknad-utskrivning`, valueDate: time.date(-5) },
      { url: `${OWN}/StructureDefinition/utskrivningsklar`, valueDateTime: time.at(-6, '13:20') },
    ],
    diagnosis: [{ condition: ref('Condition/astrid-hjartsvikt', 'Hjärtsvikt'), rank: 1 }],
    hospitalization: {
      admitSource: concept(
        coding(
          'http://terminology.hl7.org/CodeSystem/admit-source',
          'emd',
          'From accident/emergency department',
        ),
      ),
      dischargeDisposition: concept(
        coding('http://terminology.hl7.org/CodeSystem/discharge-disposition', 'home', 'Home'),
      ),
    },
    location: [{ location: ref('Location/medicinavdelning-3', 'Medicinavdelning 3, Varberg') }],
  },
];

/** The acute visit, then every Monday and Thursday; the visits to come are planned. */
export function hemsjukvardEncounters(time: StoryTime): Encounter[] {
  const acute = contact({
    id: 'astrid-hembesok-sjukskoterska',
    place: 'HH',
    type: 'hembesok',
    who: MAJA,
    unit: SODER,
    start: time.at(-9, '11:30'),
    end: time.at(-9, '12:20'),
    why: 'Hemtjänsten ringde: viktökning 2,4 kg.',
  });
  const mondaysAndThursdays = [-30, -27, -23, -20, -16, -13, -2, 1, 5, 8];
  const visits = mondaysAndThursdays.map((day) =>
    contact({
      id: `astrid-hemsjukvardsbesok-${day + 31}`,
      place: 'HH',
      type: 'hemsjukvardsbesok',
      who: MAJA,
      unit: SODER,
      start: time.at(day, '09:30'),
      end: time.at(day, '10:00'),
      why: 'Kontroll av vikt och ben.',
      status: day < time.today ? 'finished' : 'planned',
    }),
  );
  return [acute, ...visits];
}

const episode = (
  id: string,
  code: string,
  display: string,
  start: string,
  unit: string,
  manager: string,
): EpisodeOfCare => ({
  resourceType: 'EpisodeOfCare',
  id,
  status: 'active',
  type: [concept(coding(systems.insats, code, display))],
  patient,
  managingOrganization: ref(`Organization/${unit}`),
  period: { start },
  careManager: ref(`PractitionerRole/${manager}`),
});

/** HSJV and HTJ: kinds of insats in GetCareServices (clinicalprocess:logistics:logistics). */
export const hemsjukvardEpisode = (time: StoryTime): EpisodeOfCare =>
  episode('astrid-hemsjukvard', 'HSJV', 'Hemsjukvård', time.date(-400), 'hemsjukvarden-soder', 'maja-berg');

export const hemtjanstEpisode = (time: StoryTime): EpisodeOfCare =>
  episode('astrid-hemtjanst', 'HTJ', 'Hemtjänst', time.date(-390), 'hemtjansten-soder', 'sven-dahl');
