import type { Interaction } from '../call.ts';
import type { OperationDefinition } from '../operation-definition.ts';
import { operationOn } from '../operation-name.ts';
import { answersOf } from './answers.ts';
import { bodyOf, queryOfOperation, takesParameters } from './bodies.ts';
import { headerReference } from './parameters.ts';
import { refusalRef, refusalsOf } from './refusals.ts';
import type { Schema } from './schemas.ts';

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

/** Operations that heed Prefer. */
const preferring: ReadonlySet<string> = new Set(['everything', 'export', 'load']);

/** What interactions do, in a line; operations have their names. */
const summaries: Readonly<Record<string, string>> = {
  capabilities: 'What this process can do',
  read: 'Read',
  vread: 'Read a version',
  create: 'Create',
  update: 'Update',
  patch: 'Patch',
  delete: 'Delete',
  'search-type': 'Search',
  'search-system': 'Search several types',
  'history-instance': 'Versions of one resource',
  'history-type': 'Versions of a type',
  'history-system': 'Versions of all types',
  transaction: 'Transaction or batch',
};

/** Of what has an address of its own. */
const ofRoutes: Readonly<Record<string, string>> = {
  'GET /_async-status/:id': 'How far an asynchronous request is, and its result',
  'DELETE /_async-status/:id': 'Cancel or forget an asynchronous request',
  'GET /_async-status/:id/:type': 'A file of an export, or a part of one',
  'GET /$import/:id': 'How far an import is',
  'DELETE /$import/:id': 'End or forget an import',
  'GET /$import/:id/outcome': 'What became of the lines of an import',
};

export interface Described {
  interaction: Interaction;
  /** Of what is read and written, and of the tag; '' where there is none. */
  type: string;
  tag: string;
  /** In the address, beside what the definition tells. */
  query: readonly Schema[];
  definition: OperationDefinition | undefined;
  /** Names of the schemas that there are. */
  known: ReadonlySet<string>;
}

/** The OpenAPI operation of an interaction. https://spec.openapis.org/oas/v3.1.0#operation-object */
export function operationOf({ interaction, type, tag, query, definition, known }: Described): Schema {
  const { name, open, matches } = interaction;
  const operation = operationOn(interaction);
  const heeded = operation
    ? [...(matches ? ['If-Match'] : []), ...(preferring.has(operation.name) ? ['Prefer'] : [])]
    : (headers[name] ?? []);
  const parameters = [
    ...heeded.map(headerReference),
    ...query,
    ...(takesParameters(interaction) ? [] : queryOfOperation(interaction, definition)),
  ];
  const requestBody = bodyOf(interaction, type || 'Resource', definition);
  return {
    operationId: operationId(interaction, tag === type || type === 'Resource' ? type : ''),
    summary: summaryOf(interaction),
    ...(definition?.description && { description: definition.description }),
    tags: [tag],
    ...(open && { security: [] }),
    ...(parameters.length && { parameters }),
    ...(requestBody && { requestBody }),
    responses: {
      ...answersOf(interaction, type || 'Resource', definition, known),
      ...Object.fromEntries(refusalsOf(interaction).map((status) => [status, refusalRef(status)])),
    },
  };
}

function summaryOf(interaction: Interaction): string {
  const { method, route, name } = interaction;
  const own = ofRoutes[`${method} ${route}`];
  if (own) return own;
  const operation = operationOn(interaction);
  if (operation) return `$${operation.name}`;
  const what = summaries[name] ?? name;
  const within = isWithin(route) ? ', within a compartment' : '';
  const how = route.endsWith('/_search') ? ', by POST' : '';
  return `${isConditional(interaction) ? `${what}, conditionally` : what}${within}${how}`;
}

const isConditional = ({ route, name }: Interaction): boolean =>
  route === '/:type' && ['update', 'patch', 'delete'].includes(name);

const isWithin = (route: string): boolean => /^\/(?::compartment|Patient\/:id)\/(?:.+\/)?[:A-Z]/.test(route);

/** `readCareTeam`, `conditionalUpdateCareTeam`, `lookupByGetOnInstanceCodeSystem`, `getAsyncStatus`. */
function operationId(interaction: Interaction, type: string): string {
  const { name, method, route } = interaction;
  const operation = operationOn(interaction);
  if (isKept(route)) return camel([method.toLowerCase(), ...namesIn(route)]);
  const words = [
    ...(isConditional(interaction) ? ['conditional'] : []),
    ...(operation?.name ?? (isWithin(route) ? 'search-compartment' : name)).split('-'),
    ...(route.endsWith('/_search') || operation ? ['by', method.toLowerCase()] : []),
    ...(operation ? levelOf(route) : []),
  ];
  return `${camel(words)}${operation?.type ?? type}`;
}

/** The address of something that was begun before: `/_async-status/:id`. */
const isKept = (route: string): boolean => /^\/[_$][a-z-]+\/:id/.test(route);

const namesIn = (route: string): string[] => [
  ...route.split(/[/$_-]+/).filter((word) => !word.startsWith(':')),
  ...(route.endsWith('/:type') ? ['file'] : []),
];

/** Where an operation is asked: of the service, of a type, of a resource, of a version. */
function levelOf(route: string): string[] {
  if (route.includes('/:version')) return ['on', 'version'];
  if (route.includes('/:id')) return ['on', 'instance'];
  return route.startsWith('/:type') ? ['on', 'type'] : [];
}

function camel(words: readonly string[]): string {
  const [first = '', ...rest] = words.filter(Boolean);
  return [first, ...rest.map(capital)].join('');
}

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);
