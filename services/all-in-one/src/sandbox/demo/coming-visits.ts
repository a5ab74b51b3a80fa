import type { Encounter } from '@medplum/fhirtypes';
import type { StoryTime } from './story-time.ts';
import { visit } from './visit.ts';

/** So many days has the hemsjukvård planned from today on: a sandbox is started once and looked at for weeks. */
const days = 60;

const UNITS = {
  day: {
    unit: ['hemsjukvarden-soder', 'Hemsjukvården Söder'],
    who: ['maja-berg', 'Maja Berg'],
  },
  night: {
    unit: ['hemsjukvarden-natt', 'Hemsjukvården Natt'],
    who: ['amir-nordin', 'Amir Nordin'],
  },
} as const;

interface Round {
  of: string;
  by: keyof typeof UNITS;
  start: string;
  end: string;
  why: string;
}

const daily = (time: StoryTime, { of, by, start, end, why }: Round): Encounter[] =>
  Array.from({ length: days + 1 }, (_, index) => {
    const day = time.today + index;
    return visit({
      id: `${of}-${by === 'day' ? 'dagbesok' : 'nattbesok'}-${index}`,
      patient: `${of}-testberg`,
      place: 'HH',
      type: 'hemsjukvardsbesok',
      ...UNITS[by],
      start: time.at(day, start),
      end: time.at(day, end),
      why,
      status: 'planned',
    });
  });

/**
 * Every day's rounds of the hemsjukvård: those whom the day unit visits, and whom the night unit looks in on, as it did last
 * night.
 */
export const astridVisits = (time: StoryTime): Encounter[] => [
  ...daily(time, { of: 'astrid', by: 'day', start: '08:30', end: '08:50', why: 'Andning och läkemedel.' }),
  ...daily(time, { of: 'astrid', by: 'night', start: '22:00', end: '22:15', why: 'Kvällstillsyn.' }),
  visit({
    id: 'astrid-nattbesok-igar',
    place: 'HH',
    type: 'hemsjukvardsbesok',
    ...UNITS.night,
    start: time.at(time.today - 1, '22:05'),
    end: time.at(time.today - 1, '22:20'),
    why: 'Kvällstillsyn. Andas lugnt, syremättnad 90 procent.',
  }),
];

export const gunvorVisits = (time: StoryTime): Encounter[] => [
  ...daily(time, { of: 'gunvor', by: 'day', start: '10:30', end: '11:00', why: 'Läkemedel och mat.' }),
  ...daily(time, { of: 'gunvor', by: 'night', start: '23:00', end: '23:15', why: 'Nattillsyn.' }),
];

export const veraVisits = (time: StoryTime): Encounter[] =>
  daily(time, { of: 'vera', by: 'day', start: '13:00', end: '13:30', why: 'Såromläggning.' });
