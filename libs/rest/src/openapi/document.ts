import type { Definitions } from '@naravard/fhir';
import type { Catalog } from '@naravard/search';
import type { Interaction } from '../call.ts';
import { interactions } from '../interactions/table.ts';
import { fhirJson } from '../media.ts';
import type { Module } from '../module.ts';
import { operationOf, queryReference } from './operation.ts';
import { refTo, type Schema, schemasOf } from './schemas.ts';

export interface OpenApiOptions {
  definitions: Definitions;
  catalog: Catalog;
  /** Described type by type, with search parameters and schemas; the types of generic ones share one description. */
  modules: readonly Module[];
  /** Public FHIR base. */
  base: string;
}

/** OpenAPI 3.1 of the table of interactions over the modules' types. https://spec.openapis.org/oas/v3.1.0 */
export function openApiDocument({ definitions, catalog, modules, base }: OpenApiOptions): Schema {
  const types = typesOf(modules.filter(({ generic }) => !generic)).sort();
  const others = typesOf(modules.filter(({ generic }) => generic));
  const paths = new Map<string, Record<string, Schema>>();
  const add = (interaction: Interaction, type: string, query: readonly Schema[]) => {
    const path = pathOf(interaction, type);
    const entry = paths.get(path) ?? pathItem(interaction, type, others);
    entry[interaction.method.toLowerCase()] = operationOf(
      interaction,
      type === '{type}' ? 'Resource' : type,
      query,
    );
    paths.set(path, entry);
  };
  for (const interaction of interactions) {
    if (!interaction.route.startsWith('/:type')) add(interaction, '', []);
  }
  for (const type of others.length ? [...types, '{type}'] : types) {
    for (const interaction of interactions) {
      if (!interaction.route.startsWith('/:type')) continue;
      add(interaction, type, takesQuery(interaction) ? queryOf(catalog, type) : []);
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
      schemas: schemasOf(definitions, [...types, 'Bundle']),
    },
  };
}

const typesOf = (modules: readonly Module[]): string[] =>
  modules.flatMap(({ resources }) => resources.map(({ type }) => type));

const text: Schema = { type: 'string' };
const header = (name: string, description: string) => ({
  key: name,
  name,
  in: 'header',
  description,
  schema: text,
});
const query = (name: string, description: string) => ({
  key: `query${name}`,
  name,
  in: 'query',
  description,
  schema: text,
});

/** Parameters that many operations have. */
const shared = [
  header('If-Match', 'ETag of the version that is changed'),
  header('If-None-Match', 'A read: ETag that the caller has. PUT: * creates only'),
  header('If-Modified-Since', 'HTTP date of the version that the caller has'),
  header('If-None-Exist', 'Search parameters: nothing is created when they match'),
  header('Prefer', 'return=minimal, representation or OperationOutcome; handling=strict or lenient'),
  query('_since', 'Versions from this instant on'),
  query('_at', 'Versions that were current then'),
  query('_count', 'Entries of a page, at most 1000'),
  query('_sort', 'Search parameters, descending with -'),
  query('_total', 'none, estimate or accurate; an estimate is exact as well'),
  query('_page', 'A position from a next link'),
];

const takesQuery = ({ name, route, method }: Interaction): boolean =>
  route === '/:type' && (name === 'search-type' || method !== 'POST');

function queryOf(catalog: Catalog, type: string): Schema[] {
  const own = type === '{type}' ? [] : catalog.parameters(type);
  return [
    ...own.map(({ code, type: kind }) => ({ name: code, in: 'query', schema: text, description: kind })),
    ...['_sort', '_count', '_total', '_page'].map(queryReference),
  ];
}

const pathOf = ({ route }: Interaction, type: string): string =>
  route.replace(':type', type).replace(':id', '{id}').replace(':version', '{version}');

function pathItem({ route }: Interaction, type: string, others: readonly string[]): Record<string, Schema> {
  const names = ['id', 'version'].filter((name) => route.includes(`:${name}`));
  const parameters: Schema[] = names.map((name) => ({ name, in: 'path', required: true, schema: text }));
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
