interface Parameter {
  $ref?: string;
  name: string;
  description?: string;
  schema: { enum?: string[] };
}
interface Operation {
  operationId: string;
  parameters?: Parameter[];
  responses: Record<string, unknown>;
}
export interface OpenApi {
  servers: { url: string }[];
  paths: Record<
    string,
    Record<string, Operation> & { servers?: { url: string }[]; parameters?: Parameter[] }
  >;
  components: Record<string, Record<string, unknown>> & { parameters: Record<string, Parameter> };
}
interface Stated {
  interaction: { code: string }[];
  operation?: { name: string }[];
  searchParam?: { name: string }[];
}
export interface Statement {
  rest: [Stated & { resource: (Stated & { type: string })[] }];
}

/** What can be asked, by type ('' of the service): interactions by code, operations as `$name`, search parameters as `?name`. */
type Claims = Record<string, string[]>;

const methods = ['get', 'post', 'put', 'patch', 'delete'];

/** `GET`, the path and the operation, for each that is described. */
export const operationsOf = ({ paths }: OpenApi): { method: string; path: string; operation: Operation }[] =>
  Object.entries(paths).flatMap(([path, item]) =>
    methods.flatMap((method) =>
      item[method] ? [{ method: method.toUpperCase(), path, operation: item[method] }] : [],
    ),
  );

/** The types that a path is for: the one it names, or those that its `{type}` may be. */
export function typesAt({ paths }: OpenApi, path: string): string[] {
  const [, named] = /^\/([A-Z]\w+)/.exec(path) ?? [];
  if (named !== undefined) return [named];
  const type = paths[path]?.parameters?.find(({ name }) => name === 'type');
  return path.startsWith('/{type}') ? (type?.schema.enum ?? []) : [];
}

const codes: Readonly<Record<string, readonly string[]>> = {
  'GET /': ['search-system'],
  'POST /': ['batch', 'transaction'],
  'POST /_search': ['search-system'],
  'GET /_history': ['history-system'],
  'GET /T': ['search-type'],
  'POST /T/_search': ['search-type'],
  'POST /T': ['create'],
  'PUT /T': ['update'],
  'PATCH /T': ['patch'],
  'DELETE /T': ['delete'],
  'GET /T/{id}': ['read'],
  'PUT /T/{id}': ['update'],
  'PATCH /T/{id}': ['patch'],
  'DELETE /T/{id}': ['delete'],
  'GET /T/_history': ['history-type'],
  'GET /T/{id}/_history': ['history-instance'],
  'GET /T/{id}/_history/{version}': ['vread'],
};

/** What an OpenAPI document says; operations on types that are not `served` are the service's, as in the statement. */
export function claimsOfDocument(document: OpenApi, served: ReadonlySet<string>): Claims {
  const claims = new Map<string, Set<string>>();
  const claim = (type: string, what: string) => claims.set(type, (claims.get(type) ?? new Set()).add(what));
  for (const { method, path, operation } of operationsOf(document)) {
    const [, named = ''] = /^\/([A-Z]\w+)/.exec(path) ?? [];
    const [, asked] = /\/(\$[\w-]+)$/.exec(path) ?? [];
    if (asked !== undefined) claim(served.has(named) ? named : '', asked);
    const types = typesAt(document, path);
    const pattern = types.length ? path.replace(/^\/[^/]+/, '/T') : path;
    for (const type of types.length ? types : [''])
      for (const code of codes[`${method} ${pattern}`] ?? []) {
        claim(type, code);
        if (method === 'GET' && code === 'search-type')
          for (const name of searchedBy(document, operation, type)) claim(type, `?${name}`);
      }
  }
  return sorted(claims);
}

/** The search parameters of a type, without those of every search; of those that types share, the ones said to be of it. */
function searchedBy({ components }: OpenApi, { parameters = [] }: Operation, type: string): string[] {
  return parameters.flatMap(({ $ref, name }) => {
    if ($ref === undefined) return [name.replace(/:.*/, '')];
    const [, of, code = ''] = /\/([A-Z]\w+|any)\.([\w-]+)$/.exec($ref) ?? [];
    if (of !== 'any') return of === type ? [code] : [];
    const { description = '' } = components.parameters[`any.${code}`] ?? {};
    return new RegExp(`\\b(all|${type})\\b`).test(description) ? [code] : [];
  });
}

/** What a CapabilityStatement says. */
export function claimsOfStatement({ rest: [rest] }: Statement): Claims {
  const of = ({ interaction, operation = [], searchParam = [] }: Stated, isType: boolean) =>
    new Set([
      ...interaction.map(({ code }) => code),
      ...operation.map(({ name }) => `$${name}`),
      ...(isType ? searchParam.map(({ name }) => `?${name}`) : []),
    ]);
  return sorted(
    new Map([
      ['', of(rest, false)] as const,
      ...rest.resource.map((each) => [each.type, of(each, true)] as const),
    ]),
  );
}

const sorted = (claims: ReadonlyMap<string, ReadonlySet<string>>): Claims =>
  Object.fromEntries(
    [...claims].sort(([a], [b]) => (a < b ? -1 : 1)).map(([type, each]) => [type, [...each].sort()]),
  );
