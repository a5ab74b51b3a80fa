import type { Interaction } from '../../libs/rest/src/call.ts';
import type { StatedResource, Subject } from './subject.ts';
import { code, table } from './table.ts';

interface Note {
  /** What it does, and the answers that are particular to it. */
  about: string;
  /** Whether an entry of a Bundle may ask for it. */
  batch: boolean;
  transaction: boolean;
}

const both = { batch: true, transaction: true };
const batchOnly = { batch: true, transaction: false };
const alone = { batch: false, transaction: false };

/** By method and route of libs/rest/src/interactions/table.ts; the page is not made while one of them has no note. */
const notes: Readonly<Record<string, Note>> = {
  'GET /metadata': { about: 'CapabilityStatement; the only one that needs no token', ...alone },
  'GET /_history': { about: 'all versions of all mounted types, newest first', ...batchOnly },
  'GET /:type/_history': { about: 'all versions of a type, newest first', ...batchOnly },
  'GET /': { about: 'search of all types, or of those that `_type` names', ...both },
  'POST /_search': { about: 'the same, with what is searched for kept out of the address', ...alone },
  'GET /:type': { about: 'search', ...both },
  'POST /:type/_search': {
    about:
      'search, with what is searched for kept out of the address; parameters of the address count as well',
    ...alone,
  },
  'GET /:compartment/:id/:type': {
    about:
      'search of a type, or with `*` of all, within the compartment of a Patient, Practitioner, RelatedPerson, Encounter or Device; 404 for a type that R4 does not put there',
    ...both,
  },
  'POST /:compartment/:id/:type/_search': {
    about: 'the same, with what is searched for kept out of the address',
    ...alone,
  },
  'POST /:type': {
    about: 'create; the server chooses the id; 201. With If-None-Exist: see below',
    ...both,
  },
  'PUT /:type': { about: 'conditional update: see below', ...both },
  'PATCH /:type': { about: 'conditional patch: see below', ...both },
  'DELETE /:type': { about: 'conditional delete: see below', ...both },
  'GET /:type/:id': {
    about: 'current version; 410 when it has been deleted; 304 when the caller has it',
    ...both,
  },
  'PUT /:type/:id': {
    about: 'update; 200, also when nothing differs, and then no version is made; 201 where it creates',
    ...both,
  },
  'PATCH /:type/:id': {
    about: 'patch of the current version, under its lock; the result is checked as an update',
    ...both,
  },
  'DELETE /:type/:id': {
    about: 'a deletion is a version; 204, also when there is nothing to delete',
    ...both,
  },
  'GET /:type/:id/_history': {
    about: 'all versions of one resource, newest first, with `total`',
    ...batchOnly,
  },
  'GET /:type/:id/_history/:version': { about: 'one version; 410 for one that is a deletion', ...batchOnly },
  'POST /': { about: 'batch or transaction, by `Bundle.type`', ...alone },
};

const keyOf = ({ method, route }: Interaction): string => `${method} ${route}`;
const yes = (value: boolean): string => (value ? 'yes' : 'no');

/** The interactions, one row each. @throws Error when the notes and the table of interactions differ */
export function interactionTable({ interactions }: Subject): string {
  const known = interactions.map(keyOf);
  const wrong = [
    ...known.filter((key) => !notes[key]),
    ...Object.keys(notes).filter((key) => !known.includes(key)),
  ];
  if (wrong.length) throw new Error(`scripts/conformance/interactions.ts must describe: ${wrong.join(', ')}`);
  return table(
    ['Request', 'FHIR name', 'What', 'In a batch', 'In a transaction'],
    interactions.map((each) => {
      const note = notes[keyOf(each)] as Note;
      const request = keyOf(each).replaceAll(/:(\w+)/g, '[$1]');
      return [
        code(request),
        each.name === 'transaction' ? 'transaction, batch' : each.name,
        note.about,
        yes(note.batch),
        yes(note.transaction),
      ];
    }),
  );
}

/** What the CapabilityStatement says of every type alike but the log, which is read and searched alone. */
export function statedTable({ statement }: Subject): string {
  const all = statement.rest.flatMap(({ resource }) => resource);
  const resources = all.filter(({ type }) => type !== 'AuditEvent');
  const claims = resources.map(({ versioning, readHistory, updateCreate, referencePolicy, ...rest }) =>
    JSON.stringify([versioning, readHistory, updateCreate, referencePolicy, conditionsOf(rest)]),
  );
  const [first] = resources;
  if (!first || new Set(claims).size !== 1) {
    throw new Error('The types are no longer served alike: the page has to tell them apart.');
  }
  return table(
    ['Claim, the same for every type but AuditEvent (read and search-type alone)', 'Value'],
    [
      ['versioning', code(first.versioning)],
      ['readHistory', first.readHistory ? 'true: past versions can be read' : 'false'],
      ['updateCreate', first.updateCreate ? 'true, for callers that may choose ids: see Decisions' : 'false'],
      ['referencePolicy', first.referencePolicy.map(code).join(', ')],
      ...Object.entries(conditionsOf(first)).map(([name, value]) => [name, code(String(value))]),
    ],
  );
}

const conditionsOf = (
  stated: Pick<
    StatedResource,
    'conditionalCreate' | 'conditionalRead' | 'conditionalUpdate' | 'conditionalDelete'
  >,
) => ({
  conditionalCreate: stated.conditionalCreate,
  conditionalRead: stated.conditionalRead,
  conditionalUpdate: stated.conditionalUpdate,
  conditionalDelete: stated.conditionalDelete,
});
