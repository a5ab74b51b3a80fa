import type { Definitions } from '@naravard/fhir';
import type { Catalog } from '@naravard/search';
import type { Interaction } from '../call.ts';
import { operations } from '../interactions/table.ts';
import type { Module } from '../module.ts';
import type { Guide } from '../rules/guide.ts';
import type { ServiceModule } from '../service-module.ts';
import { sharedAnswers } from './answers.ts';
import { anyTag, fhirPaths, LOG, otherTag } from './fhir-paths.ts';
import { headers } from './headers.ts';
import { info } from './info.ts';
import { shared, typeParameters } from './parameters.ts';
import { plainPaths, plainTag } from './plain-routes.ts';
import { refusalResponses } from './refusals.ts';
import { type Schema, schemasOf } from './schemas.ts';

export interface OpenApiOptions {
  definitions: Definitions;
  catalog: Catalog;
  /** Described type by type, with search parameters and schemas; the types of generic ones share one description. */
  modules: readonly ServiceModule[];
  /** Operations of the modules that are mounted; all of `modules` when left out. */
  ofModules?: readonly Interaction[];
  /** Public FHIR base. */
  base: string;
  /** Its OperationDefinitions tell what operations are asked with. */
  guide: Pick<Guide, 'definitions'>;
  /** Whether clients are told where to get tokens; true when left out. */
  isDiscovered?: boolean;
}

/** OpenAPI 3.1 of everything that is served, from the table of interactions. https://spec.openapis.org/oas/v3.1.0 */
export function openApiDocument(options: OpenApiOptions): Schema {
  const { definitions, catalog, modules, base, guide, isDiscovered = true } = options;
  const ofModules = options.ofModules ?? modules.flatMap((module) => module.operations ?? []);
  const types = typesOf(modules.filter(({ generic }) => !generic)).sort();
  const others = typesOf(modules.filter(({ generic }) => generic))
    .filter((type) => !types.includes(type))
    .sort();
  const stored = types.filter((type) => type !== LOG);
  const schemas = {
    ...schemasOf(definitions, [...types, 'Bundle']),
    ...Object.fromEntries(ownSchemas([...operations, ...ofModules])),
  };
  const known = new Set(Object.keys(schemas));
  const parameters = typeParameters(catalog, stored, others);
  const described = { definitions, catalog, types, others, ofModules };
  const served = { ...described, guide: guide.definitions, known, parameters };
  const paths = [...fhirPaths(served), ...plainPaths(base, isDiscovered)];
  return {
    openapi: '3.1.0',
    info,
    servers: [{ url: base }],
    security: [{ bearer: [] }, { dpop: [], proof: [] }],
    tags: tagsOf(types, others),
    paths: Object.fromEntries(paths.sort(([a], [b]) => (a < b ? -1 : 1))),
    components: {
      securitySchemes,
      headers,
      responses: { ...sharedAnswers(types, stored), ...refusalResponses() },
      parameters: {
        ...Object.fromEntries(shared.map(({ key, ...parameter }) => [key, parameter])),
        ...parameters.components,
      },
      schemas,
    },
  };
}

/** RFC 6750, and RFC 9449 for tokens that are bound to a key. */
const securitySchemes: Schema = {
  bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
  dpop: { type: 'http', scheme: 'dpop', description: 'A token that is bound to a key, with a proof of it' },
  proof: { type: 'apiKey', in: 'header', name: 'DPoP', description: 'The proof: RFC 9449 section 4.2' },
};

const tagsOf = (types: readonly string[], others: readonly string[]): Schema[] => [
  { name: plainTag, description: 'The service itself, and what is asked of several types at once' },
  ...types.map((name) => ({ name })),
  { name: anyTag, description: 'What can be asked of every type' },
  ...(others.length
    ? [{ name: otherTag, description: `Served without rules of their own: ${others.join(', ')}` }]
    : []),
];

/** Of what operations answer that is not FHIR. */
const ownSchemas = (asked: readonly Interaction[]): [name: string, schema: Schema][] =>
  asked.flatMap(({ schemas = {} }) => Object.values(schemas)).map(({ name, schema }) => [name, schema]);

const typesOf = (modules: readonly Module[]): string[] => [
  ...new Set(modules.flatMap(({ resources }) => resources.map(({ type }) => type))),
];
