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
  reindex: ['administrators', 'how far the index of a custom search parameter is', ''],
};

/** The operations, a row each. @throws Error when the notes and the table of operations differ */
export function operationTable(): string {
  const found = new Map<string, { methods: string[]; route: string }>();
  for (const each of operations) {
    const name = operationOn(each)?.name;
    if (name === undefined) continue;
    const { methods } = found.get(name) ?? { methods: [] };
    found.set(name, { methods: [...methods, each.method], route: each.route });
  }
  const wrong = [
    ...[...found.keys()].filter((name) => !notes[name]),
    ...Object.keys(notes).filter((name) => !found.has(name)),
  ];
  if (wrong.length) throw new Error(`scripts/conformance/operations.ts must describe: ${wrong.join(', ')}`);
  return table(
    ['Request', 'For whom', 'What', 'Parameters'],
    [...found].map(([name, { methods, route }]) => [
      code(`${methods.join(' or ')} ${route.replaceAll(/:(\w+)/g, '[$1]')}`),
      ...(notes[name] as Note),
    ]),
  );
}
