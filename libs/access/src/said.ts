import type { Period } from './period.ts';
import type { StatedFact } from './stated-fact.ts';

/**
 * A fact as column `said` of table `fact` has it, for the second check: JSON without names, since every request reads what is
 * written once.
 */
type Said = readonly [
  kind: StatedFact['kind'],
  patient: string | null,
  organisation: string | null,
  unit: string | null,
  person: string | null,
  start: string | null,
  end: string | null,
  information: readonly [string | null, string | null] | null,
  types: readonly string[],
  about: string | null,
  value: string | null,
  author: string | null,
];

export function saidOf(fact: StatedFact): string {
  const { kind, patient, organisation, unit, person, during, information, types, about, value, author } =
    fact;
  const of = information && ([information.start, information.end] as const);
  const said: Said = [
    kind,
    patient,
    organisation,
    unit,
    person,
    during.start,
    during.end,
    of,
    types,
    about,
    value,
    author,
  ];
  return JSON.stringify(said);
}

/** The facts of a JSON array of what `saidOf` gives. */
export const factsSaid = (text: string): StatedFact[] => (JSON.parse(text) as Said[]).map(factOf);

const factOf = ([
  kind,
  patient,
  organisation,
  unit,
  person,
  start,
  end,
  information,
  types,
  about,
  value,
  author,
]: Said): StatedFact => ({
  kind,
  patient,
  organisation,
  unit,
  person,
  during: { start, end },
  information: information && periodOf(information),
  types,
  about,
  value,
  author,
});

const periodOf = ([start, end]: readonly [string | null, string | null]): Period => ({ start, end });
