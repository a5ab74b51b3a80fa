import { statedRules } from '@naravard/rest';
import type { Subject } from './subject.ts';
import { code, table } from './table.ts';

/** What the claims of a type keep, by type; the page is not made while one of them has no note. */
const claimed: Readonly<Record<string, readonly [rule: string, citation: string, refusal: string]>> = {
  Patient: [
    'a personnummer, samordningsnummer or reservnummer is one Patient’s, however it is written; of two from before that was so, both can be changed until they are merged with `$merge`, and add no number; one that is not in use (`active` false) has none, and one that was merged keeps its own',
    'folkbokföringslagen (1991:481), 18 §',
    '409, which points to `$match`',
  ],
  CareTeam: [
    'one active fast läkarkontakt of a patient at a time within a vårdgivare; across them a second is accepted, so that a refusal tells of no hidden contact',
    'Inera TKB Fasta kontakter 1.0 RC2, rule001',
    '422, rule `careteam-en-fast-lakarkontakt`',
  ],
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
  const rules = statedRules(modules).map(({ id, types, sentence, citation }) => [
    types.join(', '),
    sentence,
    citation,
    `422, rule ${code(id)}`,
  ]);
  return table(
    ['Type', 'Rule', 'Source', 'Refusal'],
    [...rules, ...claiming.map((type) => [type, ...(claimed[type] ?? [])])],
  );
}
