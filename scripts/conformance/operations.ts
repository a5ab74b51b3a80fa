import { operations } from '../../libs/rest/src/interactions/table.ts';
import { operationOn } from '../../libs/rest/src/operation-name.ts';
import { code, table } from './table.ts';

/** For whom, what it does, its parameters. */
type Note = readonly [who: string, about: string, parameters: string];

const persons = 'staff, the person';

/** By name of the operation; the page is not made while one of them has no note. */
const notes: Readonly<Record<string, Note>> = {
  match: [
    'staff with care as purpose, systems',
    'the Patient of an exact personnummer, samordningsnummer or reservnummer: id and number',
    '`resource`, `onlyCertainMatches`, `count`',
  ],
  merge: [
    'staff, systems, of the organisation that registered the source',
    'a person who was registered without number or twice becomes one Patient (after R5): what is about the source, whoever keeps it, becomes about the target, at most 1,000 resources; `moved` counts those of the own organisation. R5’s `result-patient` is not there',
    '`target-patient`, `preview`',
  ],
  'svod-status': [
    persons,
    'whether others have data that is shared, and whether any is blocked; not whose or what',
    '',
  ],
  nodoppning: [
    'staff of a vårdgivare',
    'opens in danger to life, for `EMERGENCY_MINUTES`',
    '`reason`, `dangerStated`, `relationAttested`',
  ],
  nodoppningar: [
    'log reviewers',
    'the openings, and what was read under them',
    '`start`, `end`, `_count`, in the address',
  ],
  'begar-havning': [
    'staff in an open nödöppning',
    'asks who has blocked to lift its spärr',
    '`organisation`, `reason`',
  ],
  'begarda-havningar': ['officers', 'what others ask the own vårdgivare to lift', ''],
  samtycke: [
    persons,
    'records an answer: yes, no, cannot take a stand',
    '`answer`, `kind`, `form`, `scope`, `start`, `end`, `attitudeExplored`, `noReasonToThinkOpposed`; of the person `organisation`, `as`, `unit`',
  ],
  informera: ['staff', 'records that the person was informed of the sharing', '`at`'],
  sparra: [
    persons,
    'blocks at once. `sparr` of the answer names the Consent, and is left out where the same spärr stands already and the caller may not end it',
    '`reach`, `unit`, `informationStart`, `informationEnd`, `spares`; of the person `organisation`, `as`',
  ],
  'hav-sparr': [
    `${persons}, officers`,
    'ends a spärr, or lifts it for a time. To end one, staff and officers say `ground` `consent`: the person wants it',
    '`sparr`, `ground`; for a time `unit`, `person`, `end`, `relevant`',
  ],
  sparrar: ['officers', 'the spärrar of the own organisation about the person', ''],
  'avvikande-mening': ['staff', 'writes beside a record what the person finds wrong in it', '`text`'],
  meddelande: [
    'the person, who acts for a child; staff of wrong numbers alone',
    'what they have to say, as a Communication in the record of who keeps what it is about',
    '`kind`, `text`, `about`; of the person `organisation`, `as`',
  ],
  atkomstlogg: [
    'the person, who acts for a child, log reviewers',
    'who has read, when and why, in plain Swedish. Of a read made offline `at` is the time told and `recorded` when it was told. The log of registrations that were merged comes along',
    '`start`, `end`, `_count`',
  ],
  'offline-reads': [
    'everybody, of own reads; systems of those of their staff',
    'tells of reads made without connection',
    '`read` with `target`, `at`, `reader`',
  ],
  'logg-stickprov': [
    'log reviewers',
    'accesses that are worth a look',
    '`start`, `end`, `n`, in the address',
  ],
  validate: [
    'everybody',
    'all that a write would find wrong with a resource, with 200; with `mode` the write is tried and undone. Against `profile`, or what `meta.profile` names',
    '`resource`, `mode`, `profile`',
  ],
  meta: [
    'who may read it',
    'profiles, tags and labels of one resource or version; of a type or of all 404',
    '',
  ],
  'meta-add': ['who may change it', 'adds profiles, tags and labels, which makes a version', '`meta`'],
  'meta-delete': ['who may change it', 'takes them away', '`meta`'],
  diff: [
    'who may read both',
    'what has changed between two versions, as a FHIRPath Patch',
    '`fromVersion`, `includeMeta`; of any two `from`, `to`',
  ],
  everything: [
    'who may read it; without id the person',
    'what is about a Patient, page by page; the graph of a CarePlan (parts, team, goals, problems, tasks, contacts, organisations) or of a CareTeam, at once. `Prefer: respond-async`',
    'of a Patient `start`, `end`, `_since`, `_type`, `_count`',
  ],
  lookup: [
    'everybody',
    'what a code of a loaded code system means',
    '`system`, `code` or `coding`, `version`, `property`, `displayLanguage`',
  ],
  'validate-code': [
    'everybody',
    'whether a code is one of a code system or of a value set',
    '`url`, the code as `code` (with `system`), `coding` or `codeableConcept`, `display`',
  ],
  subsumes: [
    'everybody',
    'whether one code is a kind of another',
    '`system`, `codeA`, `codeB`, or `codingA`, `codingB`',
  ],
  expand: [
    'everybody',
    'the codes of a value set, page by page',
    '`url` or `valueSet`, `filter`, `offset`, `count`',
  ],
  translate: [
    'everybody',
    'a code in the words of another system',
    '`url`, `code` with `system`, or `coding`, `target`',
  ],
  load: ['administrators', 'loads an implementation guide, `package.tgz`: all of it or nothing', ''],
  export: [
    'system clients for themselves, administrators',
    'what the own organisation keeps, as files of NDJSON that are made meanwhile: of all, about patients, or about those of a Group. `Prefer: respond-async` is required',
    '`_type`, `_since`, `_typeFilter`, `_elements`, `_outputFormat`',
  ],
  import: [
    'system clients for themselves, administrators',
    'writes the lines of an NDJSON file as they come, each as an ordinary write, and keeps what became of each; sent again under its id, it goes on where it broke off. `$import/[id]` tells how far it is',
    '`id`, in the address',
  ],
  reindex: ['administrators', 'how far the index of a custom search parameter is', ''],
};

/** The operations, a row each. @throws Error when the notes and the table of operations differ */
export function operationTable(): string {
  const found = new Map<string, Map<string, string[]>>();
  for (const { method, route } of operations) {
    const name = operationOn({ route })?.name;
    if (name === undefined) continue;
    const routes = found.get(name) ?? new Map<string, string[]>();
    routes.set(route, [...(routes.get(route) ?? []), method]);
    found.set(name, routes);
  }
  const wrong = [
    ...[...found.keys()].filter((name) => !notes[name]),
    ...Object.keys(notes).filter((name) => !found.has(name)),
  ];
  if (wrong.length) throw new Error(`scripts/conformance/operations.ts must describe: ${wrong.join(', ')}`);
  return table(
    ['Request', 'For whom', 'What', 'Parameters'],
    [...found].map(([name, routes]) => [
      [...routes]
        .map(([route, methods]) => code(`${methods.join(' or ')} ${route.replaceAll(/:(\w+)/g, '[$1]')}`))
        .join(', '),
      ...(notes[name] as Note),
    ]),
  );
}
