import type { Encounter, EpisodeOfCare } from '@medplum/fhirtypes';
import { careRelation } from '@naravard/access';
import { hsa } from '../hsa.ts';
import { coding, concept, hsaIdentifier, OWN, ref } from './codes.ts';
import type { StoryTime } from './story-time.ts';
import { visit } from './visit.ts';

const VC = ['vc-havsvinden', 'Vårdcentral Havsvinden'] as const;
const SODER = ['hemsjukvarden-soder', 'Hemsjukvården Söder'] as const;
const OMAR = ['omar-lind', 'Omar Lind'] as const;
const EVA = ['eva-strand', 'Eva Strand'] as const;
const MAJA = ['maja-berg', 'Maja Berg'] as const;

/** What the vårdcentral did. */
export const vardcentralEncounters = (time: StoryTime): Encounter[] => [
  visit({
    id: 'astrid-video-lakare',
    place: 'VR',
    type: 'video',
    who: OMAR,
    unit: VC,
    start: time.at(-9, '12:10'),
    end: time.at(-9, '12:30'),
    why: 'Viktökning 2,4 kg och svullna ben.',
  }),
  visit({
    id: 'astrid-telefon-samordning',
    place: 'VR',
    type: 'telefon',
    who: EVA,
    unit: VC,
    start: time.at(-6, '15:00'),
    end: time.at(-6, '15:15'),
    why: 'Kallelse till SIP-möte i hemmet.',
  }),
  visit({
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
    ...visit({
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
  const acute = visit({
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
    visit({
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

/** HSJV and HTJ: kinds of insats in GetCareServices (clinicalprocess:logistics:logistics). */
export const hemsjukvardEpisode = (time: StoryTime): EpisodeOfCare =>
  insats({
    id: 'astrid-hemsjukvard',
    insats: 'HSJV',
    unit: [SODER[0], hsa.hemsjukvard],
    start: time.date(-400),
    manager: 'maja-berg',
  });

export const hemtjanstEpisode = (time: StoryTime): EpisodeOfCare =>
  insats({
    id: 'astrid-hemtjanst',
    insats: 'HTJ',
    unit: ['hemtjansten-soder', hsa.hemtjanst],
    start: time.date(-390),
    manager: 'sven-dahl',
  });

interface Insats {
  id: string;
  insats: 'HSJV' | 'HTJ';
  unit: readonly [id: string, hsaId: string];
  start: string;
  manager: string;
}

/** A relation by the HSA-id of the unit, which is what access goes by, with who leads it. */
function insats({ id, insats, unit, start, manager }: Insats): EpisodeOfCare {
  const relation = careRelation({ id, patient: 'astrid-testberg', unit: unit[1], insats, start });
  return {
    ...(relation as unknown as EpisodeOfCare),
    managingOrganization: { ...ref(`Organization/${unit[0]}`), identifier: hsaIdentifier(unit[1]) },
    careManager: ref(`PractitionerRole/${manager}`),
  };
}
