import { type Catalog, createExtractor, followable, type IndexRows, type Parameter } from '@naravard/search';

interface Resource {
  readonly resourceType: string;
  readonly id: string;
}

/** Values by which something is found, of each parameter of a type. */
type Values = ReadonlyMap<Parameter, readonly string[]>;

const encode = encodeURIComponent;

/** Everything that can be asked about resources that are this or that: by each value that one of them has, in each way. */
export function questionsAbout(catalog: Catalog, resources: readonly Resource[]): Questions {
  const extract = createExtractor(catalog, 'http://localhost:8080/fhir');
  const types = [...new Set(resources.map(({ resourceType }) => resourceType))];
  const rowsOf = (type: string): IndexRows[] =>
    resources.filter(({ resourceType }) => resourceType === type).map((each) => extract(type, each.id, each));
  const values = new Map(types.map((type) => [type, valuesOf(catalog, type, rowsOf(type))]));
  const of = (type: string): Values => values.get(type) ?? new Map();
  const sorts = types.flatMap((type) =>
    [...of(type).keys()].flatMap(({ code, type: kind }) =>
      kind === 'composite' ? [] : [`${type}?_sort=${code}`, `${type}?_sort=-${code},_id`],
    ),
  );
  return {
    presence: types.flatMap((type) => presence(of(type)).map((query) => `${type}?${query}`)),
    own: types.flatMap((type) => asked(of(type)).map((query) => `${type}?${query}`)),
    filters: types.flatMap((type) => filtered(of(type)).map((filter) => `${type}?_filter=${encode(filter)}`)),
    relations: types.flatMap((type) => related(catalog, types, type, of(type))),
    includes: included(catalog, types),
    sorts,
  };
}

/** Paths with queries. */
export interface Questions {
  readonly presence: readonly string[];
  readonly own: readonly string[];
  readonly filters: readonly string[];
  readonly relations: readonly string[];
  readonly includes: readonly string[];
  readonly sorts: readonly string[];
}

/** The values that are in the rows, and for presence and order all parameters. */
function valuesOf(catalog: Catalog, type: string, all: readonly IndexRows[]): Values {
  return new Map(
    catalog.parameters(type).map((parameter) => {
      const found = all.flatMap((rows) => valuesIn(rows, parameter));
      return [parameter, [...new Set(found)].filter((value) => value !== '')];
    }),
  );
}

function valuesIn(rows: IndexRows, { stored: param, type }: Parameter): string[] {
  const ofParam = (row: { param: string }) => row.param === param;
  const tokens = rows.tokens
    .filter((key) => key.startsWith(`${param}=`))
    .map((key) => key.slice(param.length + 1));
  const identifiers = rows.identifiers
    .filter(ofParam)
    .flatMap(({ system, value }) => [`${system}|${value}`, value]);
  const texts = rows.texts.filter(ofParam).map(({ exact, folded }) => exact ?? folded);
  const dates = [...rows.dates.filter(ofParam), ...(param === 'date' && rows.period ? [rows.period] : [])]
    .flatMap(({ start }) => start ?? [])
    .flatMap((start) => [start.slice(0, 10), `gt${start.slice(0, 10)}`]);
  switch (type) {
    case 'date':
      return dates;
    case 'reference':
      return rows.references.filter(ofParam).flatMap(literals);
    default:
      return [...tokens, ...identifiers, ...texts];
  }
}

const literals = ({ targetType, target, system, value }: IndexRows['references'][number]): string[] => [
  ...(target === null ? [] : targetType === null ? [target] : [`${targetType}/${target}`, target]),
  ...(value === null ? [] : [`:identifier=${system}|${value}`, `:identifier=${value}`]),
];

const modifiers: Readonly<Record<Parameter['type'], readonly string[]>> = {
  string: ['', ':exact', ':contains'],
  token: ['', ':not', ':text'],
  reference: [''],
  date: [''],
  uri: ['', ':below'],
  number: [''],
  quantity: [''],
  composite: [],
};

const presence = (values: Values): string[] =>
  [...values.keys()].flatMap(({ code }) => [`${code}:missing=true`, `${code}:missing=false`]);

/** Queries by each parameter. */
const asked = (values: Values): string[] =>
  [...values].flatMap(([parameter, list]) => list.flatMap((value) => leaves(parameter, value)));

function leaves({ code, type }: Parameter, value: string): string[] {
  const [, modifier, rest] = /^(:identifier)=(.*)$/s.exec(value) ?? [];
  if (modifier !== undefined) return [`${code}${modifier}=${encode(rest ?? '')}`];
  // `:text` is for codes and identifiers, and `:not` is refused by none.
  return modifiers[type].map((each) => `${code}${each}=${encode(value)}`);
}

function filtered(values: Values): string[] {
  return [...values].flatMap(([{ code, type }, list]) => {
    const operators =
      type === 'string'
        ? ['eq', 'ne', 'co', 'sw', 'ew']
        : type === 'date'
          ? ['eq', 'ne', 'gt', 'lt']
          : ['eq', 'ne'];
    const plain = list.filter((value) => !/^(?::|gt)/.test(value));
    return [
      `${code} pr true`,
      `not (${code} pr false)`,
      ...plain.flatMap((value) => operators.map((each) => `${code} ${each} "${value}"`)),
    ];
  });
}

/** Chains to the type and `_has` over it, by each reference between types that are asked. */
function related(catalog: Catalog, types: readonly string[], type: string, values: Values): string[] {
  const queries = [...presence(values), ...asked(values)].filter((query) => !query.includes(':text='));
  const chains = types.flatMap((from) =>
    referencesTo(catalog, from, type)
      .slice(0, 2)
      .map(({ code }) => `${from}?${code}:${type}.`),
  );
  const over = catalog
    .parameters(type)
    .filter(followable)
    .flatMap(({ code, targets }) =>
      targets.filter((to) => types.includes(to)).map((to) => `${to}?_has:${type}:${code}:`),
    );
  return queries.flatMap((query, at) =>
    [chains[at % chains.length], over[at % over.length], over[(at * 7 + 3) % over.length]].flatMap((start) =>
      start === undefined ? [] : [`${start}${query}`],
    ),
  );
}

const referencesTo = (catalog: Catalog, from: string, to: string): Parameter[] =>
  catalog
    .parameters(from)
    .filter((each) => followable(each) && (!each.targets.length || each.targets.includes(to)));

function included(catalog: Catalog, types: readonly string[]): string[] {
  const edges = types.flatMap((from) =>
    catalog
      .parameters(from)
      .filter(followable)
      .flatMap(({ code, targets }) =>
        targets.filter((to) => types.includes(to)).map((to) => [from, code, to] as const),
      ),
  );
  return [
    ...edges.flatMap(([from, code, to]) => [
      `${from}?_include=${from}:${code}`,
      `${from}?_include=${from}:${code}:${to}`,
      `${to}?_revinclude=${from}:${code}`,
      `${to}?_revinclude=${from}:${code}:${to}`,
    ]),
    ...types.flatMap((type) => [
      `${type}?_include=*`,
      `${type}?_revinclude=*`,
      `${type}?_include=${type}:*`,
      `${type}?_include:iterate=*`,
      `${type}?_revinclude=*&_include:iterate=*`,
    ]),
  ];
}
