import { statedRules } from '@naravard/rest';
import type { Subject } from './subject.ts';
import { code, table } from './table.ts';

/** What a claim keeps, and by what it refuses. */
type Note = readonly [rule: string, citation: string, refusal: string];

/** What the claims of a type keep, by type, or the id of the rule that says it; the page is not made while one has neither. */
const claimed: Readonly<Record<string, Note | string>> = {
  Patient: [
    'a personnummer, samordningsnummer or reservnummer is one Patient’s, however it is written; of two from before that was so, both can be changed until they are merged with `$merge`, and add no number; one that is not in use (`active` false) has none, and one that was merged keeps its own',
    'folkbokföringslagen (1991:481), 18 §',
    '409, which points to `$match`',
  ],
  CareTeam: 'careteam-en-fast-lakarkontakt',
};

/** The rules and claims of the modules, a row each. @throws Error when a claim and the notes differ */
export function ruleTable({ modules }: Subject): string {
  const resources = modules.flatMap((module) => module.resources);
  const claiming = resources.filter(({ claims }) => claims).map(({ type }) => type);
  const wrong = [
    ...claiming.filter((type) => !claimed[type]),
    ...Object.keys(claimed).filter((type) => !claiming.includes(type)),
  ];
  if (wrong.length) throw new Error(`scripts/conformance/rules.ts must describe: ${wrong.join(', ')}`);
  const stated = statedRules(modules);
  const said = (note: Note | string | undefined): boolean =>
    typeof note !== 'string' || stated.some(({ id }) => id === note);
  if (!claiming.every((type) => said(claimed[type])))
    throw new Error('a claim names a rule that is not stated');
  const rules = stated.map(({ id, types, sentence, citation }) => [
    types.join(', '),
    sentence,
    citation,
    `422, rule ${code(id)}`,
  ]);
  return table(
    ['Type', 'Rule', 'Source', 'Refusal'],
    [...rules, ...claiming.flatMap((type) => noted(type, claimed[type]))],
  );
}

const noted = (type: string, note: Note | string | undefined): string[][] =>
  note === undefined || typeof note === 'string' ? [] : [[type, ...note]];
