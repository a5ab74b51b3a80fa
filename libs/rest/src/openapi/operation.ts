import type { Interaction } from '../call.ts';
import { fhirJson, type Media } from '../media.ts';
import type { OperationDefinition } from '../operation-definition.ts';
import { operationOn } from '../operation-name.ts';
import { queryReference } from './parameters.ts';
import { refTo, type Schema } from './schemas.ts';

/** What an interaction answers when all goes well: status, body, whether it is versioned. */
interface Answer {
  status: number;
  also?: number;
  body: 'resource' | 'Bundle' | 'none' | 'any';
}

const answers: Readonly<Record<string, Answer>> = {
  capabilities: { status: 200, body: 'any' },
  read: { status: 200, also: 304, body: 'resource' },
  vread: { status: 200, also: 304, body: 'resource' },
  create: { status: 201, also: 200, body: 'resource' },
  update: { status: 200, also: 201, body: 'resource' },
  patch: { status: 200, body: 'resource' },
  delete: { status: 204, body: 'none' },
  'search-type': { status: 200, body: 'Bundle' },
  'search-system': { status: 200, body: 'Bundle' },
  'history-instance': { status: 200, body: 'Bundle' },
  'history-type': { status: 200, body: 'Bundle' },
  'history-system': { status: 200, body: 'Bundle' },
  transaction: { status: 200, body: 'Bundle' },
};

/** Parameters, a Bundle, or the resource itself. */
const operationAnswer: Answer = { status: 200, body: 'any' };

/** Headers that change what an interaction does, by name of the interaction. */
const headers: Readonly<Record<string, readonly string[]>> = {
  read: ['If-None-Match', 'If-Modified-Since'],
  vread: ['If-None-Match', 'If-Modified-Since'],
  create: ['If-None-Exist', 'Prefer'],
  update: ['If-Match', 'If-None-Match', 'Prefer'],
  patch: ['If-Match', 'Prefer'],
  delete: ['If-Match'],
  'search-type': ['Prefer'],
  'search-system': ['Prefer'],
  transaction: ['Prefer'],
};

const historyParameters = ['_since', '_at', '_count', '_page'];

const contentTypes: Readonly<Record<Media, string>> = {
  fhir: fhirJson,
  'json-patch': 'application/json-patch+json',
  form: 'application/x-www-form-urlencoded',
};

/** The OpenAPI operation of an interaction on `type`; `query` are its parameters in the address, beside those of `definition`. */
export function operationOf(
  interaction: Interaction,
  type: string,
  query: readonly Schema[],
  definition?: OperationDefinition,
): Schema {
  const { name, route, open, matches, method } = interaction;
  const answer = operationOn(interaction) ? operationAnswer : answers[name];
  if (!answer) throw new Error(`openapi does not know what ${name} answers`);
  const conditional = route === '/:type' && ['update', 'patch', 'delete'].includes(name);
  const history = name.startsWith('history-') ? historyParameters.map(queryReference) : [];
  const known = matches ? ['If-Match'] : (headers[name] ?? []);
  const asked = method === 'GET' ? inputOf(definition).map(queryParameter) : [];
  const parameters = [...known.map(headerReference), ...query, ...asked, ...history];
  const schema =
    answer.body === 'resource' ? refTo(type) : refTo(answer.body === 'Bundle' ? 'Bundle' : 'Resource');
  const success =
    answer.body === 'none'
      ? { description: 'Done' }
      : { description: 'Done', content: { ...content(schema), ...furtherContent(interaction) } };
  return {
    operationId: operationId(interaction, type, conditional),
    ...(definition?.description && { description: definition.description }),
    ...(type && { tags: [type] }),
    ...(open && { security: [] }),
    ...(parameters.length && { parameters }),
    ...bodyOf(interaction, type, definition),
    responses: {
      [answer.status]: success,
      ...(answer.also === 304 && { 304: { description: 'Not modified' } }),
      ...(answer.also && answer.also !== 304 && { [answer.also]: success }),
      default: { $ref: '#/components/responses/Refused' },
    },
  };
}

function operationId(interaction: Interaction, type: string, conditional: boolean): string {
  const { name, method, route } = interaction;
  const operation = operationOn(interaction)?.name;
  const isWithin = route.startsWith('/:compartment/') || route.startsWith('/Patient/');
  const what = operation ?? (isWithin ? 'search-compartment' : name);
  const words = [...(conditional ? ['conditional'] : []), ...what.split('-')];
  if (route.endsWith('/_search') || operation) words.push('by', method.toLowerCase());
  return [words[0], ...words.slice(1).map(capital), type].join('');
}

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

const headerReference = (name: string): Schema => ({ $ref: `#/components/parameters/${name}` });

const content = (schema: Schema): Schema => ({ [fhirJson]: { schema } });

/** What an operation answers beside FHIR JSON: JSON of its own schema, or text. */
const furtherContent = ({ formats = {}, schemas = {} }: Interaction): Schema =>
  Object.fromEntries(
    Object.values(formats).map((media) => {
      const own = schemas[media];
      return [media, { schema: own ? refTo(own.name) : { type: 'string' } }];
    }),
  );

type Input = NonNullable<OperationDefinition['parameter']>[number];

const inputOf = (definition: OperationDefinition | undefined): readonly Input[] =>
  (definition?.parameter ?? []).filter(({ use }) => use === 'in');

const queryParameter = ({ name, min, documentation = '' }: Input): Schema => ({
  name,
  in: 'query',
  ...(min > 0 && { required: true }),
  schema: { type: 'string' },
  description: documentation,
});

/** `to (Reference, 1..1): Who takes over.`, a line each. */
const inWords = (definition: OperationDefinition | undefined): string =>
  inputOf(definition)
    .map(
      ({ name, type = 'parts', min, max, documentation = '' }) =>
        `${name} (${type}, ${min}..${max}): ${documentation}`,
    )
    .join('\n');

function bodyOf(interaction: Interaction, type: string, definition: OperationDefinition | undefined): Schema {
  const { body, name } = interaction;
  if (!body) return {};
  const sent = name === 'patch' || operationOn(interaction) ? 'Parameters' : type;
  const schemas: Readonly<Record<Media, Schema>> = {
    fhir: refTo(name === 'transaction' ? 'Bundle' : sent),
    'json-patch': { type: 'array', items: { type: 'object' } },
    form: { type: 'object', additionalProperties: { type: 'string' } },
  };
  const entries = body.map((media) => [contentTypes[media], { schema: schemas[media] }]);
  const description = inWords(definition);
  return {
    requestBody: {
      ...(description && { description }),
      required: true,
      content: Object.fromEntries(entries),
    },
  };
}
