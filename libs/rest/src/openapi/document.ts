import type { Definitions } from '@naravard/fhir';
import type { Catalog } from '@naravard/search';
import { auditRead } from '../audit/audit-read.ts';
import { auditSearches } from '../audit/audit-search.ts';
import type { Interaction } from '../call.ts';
import { interactions, operations } from '../interactions/table.ts';
import { fhirJson } from '../media.ts';
import type { Module } from '../module.ts';
import { definitionOf } from '../operation-definition.ts';
import { operationOn } from '../operation-name.ts';
import type { Guide } from '../rules/guide.ts';
import type { ServiceModule } from '../service-module.ts';
import { operationOf } from './operation.ts';
import { logQuery, readQuery, searchQuery, shared, text } from './parameters.ts';
import { refTo, type Schema, schemasOf } from './schemas.ts';

export interface OpenApiOptions {
  definitions: Definitions;
  catalog: Catalog;
  /** Described type by type, with search parameters and schemas; the types of generic ones share one description. */
  modules: readonly ServiceModule[];
  /** Public FHIR base. */
  base: string;
  /** Its OperationDefinitions tell what operations are asked with. */
  guide: Pick<Guide, 'definitions'>;
}

/** OpenAPI 3.1 of the table of interactions over the modules' types. https://spec.openapis.org/oas/v3.1.0 */
export function openApiDocument({ definitions, catalog, modules, base, guide }: OpenApiOptions): Schema {
  const types = typesOf(modules.filter(({ generic }) => !generic)).sort();
  const others = typesOf(modules.filter(({ generic }) => generic));
  const paths = new Map<string, Record<string, Schema>>();
  const add = (interaction: Interaction, type: string, query: readonly Schema[]) => {
    const path = pathOf(interaction, type);
    const entry = paths.get(path) ?? pathItem(interaction, type, others, definitions);
    entry[interaction.method.toLowerCase()] = operationOf(
      interaction,
      type === '{type}' ? 'Resource' : type,
      query,
      definitionOf(interaction.route, guide.definitions),
    );
    paths.set(path, entry);
  };
  for (const interaction of interactions) {
    const { route, reach, method } = interaction;
    if (!route.startsWith('/:type'))
      add(interaction, '', reach && method === 'GET' ? searchQuery(interaction) : []);
  }
  const asked = [...operations, ...modules.flatMap((module) => module.operations ?? [])];
  for (const operation of asked.filter((each) => operationOn(each) !== undefined)) add(operation, '', []);
  if (types.includes(LOG)) {
    for (const each of [auditRead, ...auditSearches])
      add(each, LOG, each === auditRead ? readQuery : each.method === 'GET' ? logQuery(catalog) : []);
  }
  const stored = types.filter((type) => type !== LOG);
  for (const type of others.length ? [...stored, '{type}'] : stored) {
    for (const interaction of interactions) {
      if (!interaction.route.startsWith('/:type')) continue;
      add(interaction, type, queryOf(catalog, interaction, type));
    }
  }
  return {
    openapi: '3.1.0',
    info: { title: 'naravard', version: '0.1.0', license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
    servers: [{ url: base }],
    security: [{ bearer: [] }],
    paths: Object.fromEntries([...paths].sort(([a], [b]) => (a < b ? -1 : 1))),
    components: {
      securitySchemes: { bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } },
      responses: {
        Refused: { description: 'Why not', content: { [fhirJson]: { schema: refTo('OperationOutcome') } } },
      },
      parameters: Object.fromEntries(shared.map(({ key, ...parameter }) => [key, parameter])),
      schemas: { ...schemasOf(definitions, [...types, 'Bundle']), ...Object.fromEntries(ownSchemas(asked)) },
    },
  };
}

/** Of what operations answer that is not FHIR. */
const ownSchemas = (asked: readonly Interaction[]): [name: string, schema: Schema][] =>
  asked.flatMap(({ schemas = {} }) => Object.values(schemas)).map(({ name, schema }) => [name, schema]);

/** Read and searched in ways of its own, and never written: libs/rest/src/audit. */
const LOG = 'AuditEvent';

const typesOf = (modules: readonly Module[]): string[] => [
  ...new Set(modules.flatMap(({ resources }) => resources.map(({ type }) => type))),
];

/** Parameters in the address: a search's and a condition's are those of the type. */
function queryOf(catalog: Catalog, interaction: Interaction, type: string): readonly Schema[] {
  const { name, route, method } = interaction;
  if (name === 'read' || name === 'vread') return readQuery;
  if (route !== '/:type' || (method === 'POST' && name !== 'search-type')) return [];
  const own = type === '{type}' ? [] : catalog.parameters(type);
  return [
    ...own.map(({ code, type: kind }) => ({ name: code, in: 'query', schema: text, description: kind })),
    ...(name === 'search-type' ? searchQuery(interaction) : []),
  ];
}

const pathOf = ({ route }: Interaction, type: string): string =>
  type === '' ? route.replace(/:(\w+)/g, '{$1}') : route.replace(':type', type).replace(/:(\w+)/g, '{$1}');

function pathItem(
  { route }: Interaction,
  type: string,
  others: readonly string[],
  { compartments }: Definitions,
): Record<string, Schema> {
  const open = ['compartment', 'id', 'version', ...(type ? [] : ['type'])];
  const names = open.filter((name) => route.includes(`:${name}`));
  const parameters: Schema[] = names.map((name) => ({
    name,
    in: 'path',
    required: true,
    schema: name === 'compartment' ? { type: 'string', enum: [...compartments].sort() } : text,
  }));
  if (type === '{type}') {
    parameters.unshift({
      name: 'type',
      in: 'path',
      required: true,
      schema: { type: 'string', enum: others },
    });
  }
  return parameters.length ? { parameters: parameters as unknown as Schema } : {};
}
