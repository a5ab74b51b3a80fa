import type { Catalog } from '@naravard/search';
import { parameterNames } from '../audit/search-parameters.ts';
import type { Interaction } from '../call.ts';
import type { Schema } from './schemas.ts';

export const text: Schema = { type: 'string' };
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
export const shared = [
  header('If-Match', 'ETag of the version that is changed'),
  header('If-None-Match', 'A read: ETag that the caller has. PUT: * creates only'),
  header('If-Modified-Since', 'HTTP date of the version that the caller has'),
  header('If-None-Exist', 'Search parameters: nothing is created when they match'),
  header(
    'Prefer',
    'return=minimal, representation or OperationOutcome of a write; handling=strict or lenient of a search; respond-async of a search, $everything, batch or export',
  ),
  header('X-Request-Id', 'A name for this request, found again in the log and in the answer'),
  query('_format', 'Format of the answer, before Accept: json, xml or a media type'),
  query('_pretty', 'true: the answer is indented'),
  query('_since', 'Versions from this instant on'),
  query('_at', 'Versions that were current then'),
  query('_count', 'Entries of a page, at most 1000'),
  query('_sort', 'Search parameters, descending with -'),
  query('_total', 'none, estimate or accurate; an estimate is exact as well'),
  query('_page', 'A position from a link of the answer'),
  query('_summary', 'true, text, data, count or false'),
  query('_elements', 'Elements that are wanted, such as status,CareTeam.name; mandatory ones come with them'),
  query(
    '_include',
    'What matches refer to: Type:parameter, Type:parameter:Target or *; also _include:iterate',
  ),
  query('_revinclude', 'What refers to matches: Type:parameter or *; also _revinclude:iterate'),
  query('_filter', 'An expression of parameters: status eq active and (date ge 2026 or name co "an")'),
  query('_text', 'Words of the narrative: smärta or oro, "fast vårdkontakt", rehab*'),
  query('_content', 'Words of all that is written for people, in the same forms'),
  query('_list', 'Id of a List that has the resource as item'),
  query(
    '_has',
    'Written _has:Type:reference:parameter=value: a resource of the type that refers here has the value',
  ),
  query('_explain', 'Administrators: true shows how the search is answered instead of its answer'),
  query('_type', 'Types that are searched, with commas between them'),
];

/** Of every search by GET. */
const searchParameters = [
  '_sort',
  '_count',
  '_total',
  '_summary',
  '_elements',
  '_include',
  '_revinclude',
  '_text',
  '_content',
  '_list',
  '_has',
  '_filter',
  '_explain',
  '_page',
];

/** Of everything at the FHIR base. */
export const always: readonly Schema[] = [
  { $ref: '#/components/parameters/query_format' },
  { $ref: '#/components/parameters/query_pretty' },
  { $ref: '#/components/parameters/X-Request-Id' },
];

export const headerReference = (name: string): Schema => ({ $ref: `#/components/parameters/${name}` });

export const queryReference = (name: string): Schema => ({ $ref: `#/components/parameters/query${name}` });

/** Of reads: http://hl7.org/fhir/R4/http.html#summary */
export const readQuery: readonly Schema[] = ['_summary', '_elements'].map(queryReference);

/** Of searches, beside the parameters of their types; `_type` where there may be several. */
export const searchQuery = ({ route }: Interaction): Schema[] =>
  [...(route.startsWith('/:type') ? [] : ['_type']), ...searchParameters].map(queryReference);

/** Of histories. http://hl7.org/fhir/R4/http.html#history */
export const historyQuery: readonly Schema[] = ['_since', '_at', '_count', '_page'].map(queryReference);

/** The search parameters of a type, by the name that they are kept under: `CareTeam.status`. */
const ofType = (catalog: Catalog, type: string): [key: string, parameter: Schema][] =>
  catalog
    .parameters(type)
    .map(({ code, type: kind }) => [
      `${type}.${code}`,
      { name: code, in: 'query', schema: text, description: kind },
    ]);

/** The search parameters of some types at once: each code once, with the types that it is of. */
function ofTypes(catalog: Catalog, types: readonly string[]): [key: string, parameter: Schema][] {
  const found = new Map<string, Map<string, string[]>>();
  for (const type of types) {
    for (const { code, type: kind } of catalog.parameters(type)) {
      const kinds = found.get(code) ?? new Map<string, string[]>();
      kinds.set(kind, [...(kinds.get(kind) ?? []), type]);
      found.set(code, kinds);
    }
  }
  const all = (of: readonly string[]) => (of.length === types.length ? 'all' : of.join(', '));
  return [...found]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([code, kinds]) => {
      const description = [...kinds].map(([kind, of]) => `${kind} of ${all(of)}`).join('; ');
      return [`${OTHERS}.${code}`, { name: code, in: 'query', schema: text, description }];
    });
}

/** Stands for the types that share one description. */
export const OTHERS = '{type}';

/** The search parameters, type by type: each is referred to by search and by the conditional interactions. */
export interface TypeParameters {
  /** References to those of a type, or of `OTHERS`. */
  of(type: string): readonly Schema[];
  /** All, by key. */
  components: Readonly<Record<string, Schema>>;
}

export function typeParameters(
  catalog: Catalog,
  types: readonly string[],
  others: readonly string[],
): TypeParameters {
  const byType = new Map(types.map((type) => [type, ofType(catalog, type)]));
  byType.set(OTHERS, ofTypes(catalog, others));
  const name = (key: string) => key.replace(OTHERS, 'any');
  return {
    of: (type) => (byType.get(type) ?? []).map(([key]) => ({ $ref: `#/components/parameters/${name(key)}` })),
    components: Object.fromEntries(
      [...byType.values()].flat().map(([key, parameter]) => [name(key), parameter]),
    ),
  };
}

/** Of searches of the log: the parameters that it knows, and those of a page. */
export const logQuery = (catalog: Catalog): Schema[] => [
  ...parameterNames.map((name) => ({
    name,
    in: 'query',
    schema: text,
    description: catalog.parameter('AuditEvent', name)?.type ?? 'token',
  })),
  ...['_sort', '_count', '_page', '_summary', '_elements'].map(queryReference),
];
