import type { Definitions } from '@naravard/fhir';
import type { Catalog } from '@naravard/search';
import { auditRead } from '../audit/audit-read.ts';
import { auditRefusals } from '../audit/audit-refused.ts';
import { auditSearches } from '../audit/audit-search.ts';
import type { Interaction } from '../call.ts';
import { interactions, operations } from '../interactions/table.ts';
import { jobAddresses } from '../jobs/job-addresses.ts';
import { definitionOf } from '../operation-definition.ts';
import { operationOn } from '../operation-name.ts';
import { wideMeta } from '../operations/resource/meta.ts';
import { operationOf } from './operation.ts';
import {
  always,
  historyQuery,
  logQuery,
  OTHERS,
  readQuery,
  searchQuery,
  type TypeParameters,
  text,
} from './parameters.ts';
import { plainTag } from './plain-routes.ts';
import type { Schema } from './schemas.ts';

/** What the paths are made from. */
export interface Served {
  definitions: Definitions;
  catalog: Catalog;
  /** Described type by type. */
  types: readonly string[];
  /** Share one description. */
  others: readonly string[];
  /** Operations of the modules that are mounted. */
  ofModules: readonly Interaction[];
  /** Where operations are defined, beside the standards. */
  guide: readonly object[];
  parameters: TypeParameters;
  /** Names of the schemas that there are. */
  known: ReadonlySet<string>;
}

/** Read and searched in ways of its own, and never written: libs/rest/src/audit. */
export const LOG = 'AuditEvent';

/** The tags of the types that share one description, and of what can be asked of any type. */
export const otherTag = 'Other types';
export const anyTag = 'Any type';

type PathItem = Record<string, Schema>;

/** Path items of all that is answered below the FHIR base, by path. */
export function fhirPaths(served: Served): Map<string, PathItem> {
  const paths = new Map<string, PathItem>();
  const stored = served.types.filter((type) => type !== LOG);
  const generic = served.others.length ? [...stored, OTHERS] : stored;
  for (const interaction of describedRoutes(served)) {
    const isOfType = interaction.route.startsWith('/:type') && operationOn(interaction) === undefined;
    for (const type of isOfType ? generic : ['']) add(paths, served, interaction, type);
  }
  return paths;
}

/** Every route of the pipeline but those that only refuse: that the log is not written, that $meta is of one resource. */
function describedRoutes({ ofModules, types }: Served): readonly Interaction[] {
  const all = [...interactions, ...operations, ...ofModules];
  const left = new Set<Interaction>([
    ...auditRefusals,
    ...wideMeta,
    ...(types.includes(LOG) ? [] : [auditRead, ...auditSearches]),
  ]);
  return [...all, ...jobAddresses(all)].filter((each) => !left.has(each));
}

function add(paths: Map<string, PathItem>, served: Served, interaction: Interaction, type: string): void {
  const path = interaction.route.replace(':type', type || OTHERS).replace(/:(\w+)/g, '{$1}');
  const item = paths.get(path) ?? { parameters: pathParameters(served, path) as unknown as Schema };
  const own = ownType(interaction);
  item[interaction.method.toLowerCase()] = operationOf({
    interaction,
    type: type === OTHERS ? 'Resource' : type || own,
    tag: tagOf(interaction, type || own),
    query: queryOf(served, interaction, type || own),
    definition: definitionOf(interaction.route, [...served.guide, ...served.definitions.operations]),
    known: served.known,
  });
  paths.set(path, item);
}

/** The type that a route names, '' where it names none. */
const ownType = ({ route }: Interaction): string => /^\/([A-Z]\w+)/.exec(route)?.[1] ?? '';

function tagOf({ route }: Interaction, type: string): string {
  if (type === OTHERS) return otherTag;
  return type || (route.startsWith('/:') ? anyTag : plainTag);
}

/** Parameters in the address: a search's and a condition's are those of the type. */
function queryOf(served: Served, interaction: Interaction, type: string): readonly Schema[] {
  const { name, route, method, reach } = interaction;
  if (operationOn(interaction) || /^\/[_$][a-z-]+\/:id/.test(route)) return [];
  if (name === 'read' || name === 'vread') return readQuery;
  if (name.startsWith('history-')) return historyQuery;
  if (reach && method === 'GET') return searchParameters(served, interaction, type);
  if (route === '/:type' && method !== 'POST') return served.parameters.of(type);
  return [];
}

function searchParameters(served: Served, interaction: Interaction, type: string): readonly Schema[] {
  if (typeAtEnd(interaction) === LOG) return logQuery(served.catalog);
  return [...(interaction.route === '/:type' ? served.parameters.of(type) : []), ...searchQuery(interaction)];
}

/** The type that a route ends in. */
const typeAtEnd = ({ route }: Interaction): string => route.replace('/_search', '').split('/').at(-1) ?? '';

const id: Schema = { type: 'string', pattern: '^[A-Za-z0-9.-]{1,64}$' };

/** What an address is made of, and what every request may have. */
function pathParameters({ definitions, types, others }: Served, path: string): readonly Schema[] {
  const isCompartment = path.startsWith('/{compartment}');
  const typesHere = path.includes('$') ? [...types, ...others] : others;
  const schemas: Readonly<Record<string, Schema>> = {
    compartment: { type: 'string', enum: [...definitions.compartments].sort() },
    type: isCompartment
      ? { type: 'string', enum: [...types, ...others, '*'].sort() }
      : path.startsWith('/_async-status')
        ? text
        : { type: 'string', enum: [...typesHere].filter((type) => type !== LOG).sort() },
    id,
    version: { type: 'string', pattern: '^[1-9][0-9]*$' },
  };
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
  return [
    ...names.map((name) => ({ name, in: 'path', required: true, schema: schemas[name] ?? text })),
    ...always,
  ];
}
