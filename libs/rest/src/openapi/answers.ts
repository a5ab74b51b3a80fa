import type { Interaction } from '../call.ts';
import { fhirJson, fhirXml } from '../media.ts';
import type { OperationDefinition } from '../operation-definition.ts';
import { operationOn } from '../operation-name.ts';
import { alwaysSent, headerRef } from './headers.ts';
import { refTo, type Schema } from './schemas.ts';

/** What an interaction answers when all goes well, by status. */
type Answers = Readonly<Record<string, Schema>>;

const shared = (name: string): Schema => ({ $ref: `#/components/responses/${name}` });

/** Of interactions, by name; `type` is the schema of what is read or written. */
const ofInteractions: Readonly<Record<string, (type: string) => Answers>> = {
  capabilities: () => ({ 200: answer('What this process can do', refTo('Resource')) }),
  read: (type) => ({ 200: shared(type), 304: shared('NotModified') }),
  vread: (type) => ({ 200: shared(type), 304: shared('NotModified') }),
  create: (type) => ({ 201: shared(`${type}.written`), 200: shared(`${type}.written`) }),
  update: (type) => ({ 200: shared(`${type}.written`), 201: shared(`${type}.written`) }),
  patch: (type) => ({ 200: shared(`${type}.written`) }),
  delete: () => ({ 204: shared('Deleted') }),
  'search-type': () => ({ 200: shared('Bundle'), 202: shared('Accepted') }),
  'search-system': () => ({ 200: shared('Bundle'), 202: shared('Accepted') }),
  'history-instance': () => ({ 200: shared('Bundle') }),
  'history-type': () => ({ 200: shared('Bundle') }),
  'history-system': () => ({ 200: shared('Bundle') }),
  transaction: () => ({ 200: shared('Bundle'), 202: shared('Accepted') }),
};

/** Of the addresses of what was begun before: libs/rest/src/jobs/job-addresses.ts, bulk-import/import-interactions.ts. */
const ofRoutes: Readonly<Record<string, Answers>> = {
  'GET /_async-status/:id': {
    200: answer(
      'Done: a batch-response with the answer, or the list of the files of an export',
      refTo('Bundle'),
      {
        headers: ['Expires'],
        further: { 'application/json': { type: 'object' } },
      },
    ),
    202: answer('Not done yet', undefined, { headers: ['X-Progress', 'Retry-After'] }),
  },
  'DELETE /_async-status/:id': { 202: answer('Forgotten') },
  'POST /$import': {
    200: answer('All of it was read: how many lines became what', refTo('Parameters'), {
      headers: ['Expires'],
    }),
  },
  'GET /$import/:id': { 200: answer('How far it is', refTo('Parameters'), { headers: ['Expires'] }) },
  'DELETE /$import/:id': { 204: answer('Forgotten') },
};

/** Operations that are begun and answered later. */
const later: ReadonlySet<string> = new Set(['export']);

/** Operations that are answered at once unless the caller prefers later. */
const mayBeLater: ReadonlySet<string> = new Set(['everything']);

/**
 * What an interaction answers when all goes well. The name of the schema of what it reads or writes is `type`; what an
 * operation answers is told by its definition. @throws Error for an interaction that is new here
 */
export function answersOf(
  interaction: Interaction,
  type: string,
  definition: OperationDefinition | undefined,
  known: ReadonlySet<string>,
): Answers {
  const { method, route, name } = interaction;
  const ofRoute = ofRoutes[`${method} ${route}`];
  if (ofRoute) return ofRoute;
  const operation = operationOn(interaction);
  if (operation) {
    if (later.has(operation.name)) return { 202: shared('Accepted') };
    const returned = returnedBy(definition);
    const done = answer('Done', refTo(known.has(returned) ? returned : 'Resource'), {
      // Where it is of one version.
      headers: route.includes('/:id/') ? ['ETag', 'Last-Modified'] : [],
      further: furtherOf(interaction),
    });
    return { 200: done, ...(mayBeLater.has(operation.name) && { 202: shared('Accepted') }) };
  }
  if (interaction.formats)
    return { 200: { description: 'Done', content: furtherContent(furtherOf(interaction)) } };
  // Who has read what is told at once.
  if (route.includes('/AuditEvent') && name === 'search-type') return { 200: shared('Bundle') };
  const ofInteraction = ofInteractions[name];
  if (!ofInteraction) throw new Error(`openapi does not know what ${method} ${route} (${name}) answers`);
  return ofInteraction(type);
}

/** The one resource that an operation returns, or Parameters. http://hl7.org/fhir/R4/operations.html#response */
function returnedBy(definition: OperationDefinition | undefined): string {
  if (!definition) return 'Resource';
  const [only, ...others] = (definition.parameter ?? []).filter(({ use }) => use === 'out');
  if (only?.name !== 'return' || others.length) return 'Parameters';
  return only.type === undefined || only.type === 'Meta' ? 'Parameters' : only.type;
}

/** The answers that many interactions share; `written` are those of the types that are not only read. */
export function sharedAnswers(types: readonly string[], written: readonly string[]): Record<string, Schema> {
  return {
    ...Object.fromEntries([...types, 'Resource'].map((type) => [type, readAnswer(type)])),
    ...Object.fromEntries([...written, 'Resource'].map((type) => [`${type}.written`, writtenAnswer(type)])),
    Bundle: answer('Done', refTo('Bundle')),
    Deleted: answer('Deleted, or not there any more', undefined, { headers: ['ETag'] }),
    NotModified: answer('The caller has this version', undefined, { headers: ['ETag', 'Last-Modified'] }),
    Accepted: answer('Begun: ask at the address of Content-Location how far it is', undefined, {
      headers: ['Content-Location'],
    }),
  };
}

const readAnswer = (type: string): Schema =>
  answer('The version that was asked for', refTo(type), { headers: ['ETag', 'Last-Modified'] });

const writtenAnswer = (type: string): Schema =>
  answer('Written. Empty or an OperationOutcome where Prefer asks for that', refTo(type), {
    headers: ['ETag', 'Last-Modified', 'Location'],
  });

interface Also {
  headers?: readonly string[];
  /** Content of other media types than FHIR's. */
  further?: Readonly<Record<string, Schema>>;
}

function answer(description: string, schema?: Schema, { headers = [], further = {} }: Also = {}): Schema {
  return {
    description,
    headers: Object.fromEntries([...alwaysSent, ...headers].map(headerRef)),
    ...(schema && { content: { [fhirJson]: { schema }, [fhirXml]: { schema }, ...furtherContent(further) } }),
  };
}

function furtherContent(further: Readonly<Record<string, Schema>>): Record<string, Schema> {
  return Object.fromEntries(Object.entries(further).map(([media, schema]) => [media, { schema }]));
}

/** What an interaction answers beside FHIR: JSON of its own schema, or text. */
const furtherOf = ({ formats = {}, schemas = {} }: Interaction): Record<string, Schema> =>
  Object.fromEntries(
    Object.values(formats).map((media) => {
      const own = schemas[media];
      return [media, own ? refTo(own.name) : { type: 'string' }];
    }),
  );
