import type { Note, SamordnadPlan } from '../api/plan.ts';

/** Notes say by reference what they are about; people know it by its title. */
export const namedNotes = ({
  notes,
  patientkontrakt: { fastVardkontakt, sammanhallenPlan },
}: SamordnadPlan): Note[] => {
  const titles = new Map([
    ...sammanhallenPlan.plans.map(({ reference, title }) => [reference, title] as const),
    ...fastVardkontakt.map(({ reference, name }) => [reference, name] as const),
  ]);
  return notes.map((note) => ({ ...note, about: titles.get(note.about ?? '') ?? null }));
};
