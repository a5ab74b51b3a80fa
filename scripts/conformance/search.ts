import { Problem } from '@naravard/fhir';
import { parseQuery } from '@naravard/search';
import type { Subject } from './subject.ts';
import { code, digits, table } from './table.ts';

/** The types that the project is about; the others are counted. */
export const careTypes = ['CareTeam', 'CarePlan', 'Encounter'] as const;

/** What becomes of a parameter, tried on the parser itself. */
function outcome(
  { engine }: Subject,
  type: string,
  name: string,
  value: string,
  handling: 'strict' | 'lenient',
): string {
  try {
    const { ignored } = parseQuery(engine.catalog, type, [[name, value]], { handling, base: engine.base });
    return ignored.length ? 'ignored with a warning' : 'yes';
  } catch (error) {
    if (error instanceof Problem) return String(error.status);
    throw error;
  }
}

const tried = (subject: Subject, type: string, [text, about]: readonly [string, string]) => {
  const [name = '', value = ''] = text.split(/=(.*)/s);
  const [strict, lenient] = (['strict', 'lenient'] as const).map((handling) =>
    outcome(subject, type, name, value, handling),
  );
  return [code(text), strict, lenient, about];
};

const head = (what: string) => [what, 'Supported', 'With `handling=lenient`', 'Note'];

const results: readonly (readonly [string, string])[] = [
  [
    '_sort=-date,_id',
    'any supported parameter, `-` for descending; missing values last either way, ties by id',
  ],
  ['_count=50', 'page size; 0 = the total alone; a larger number than the limit is cut to it'],
  ['_total=none', 'the default'],
  ['_total=accurate', ''],
  ['_total=estimate', 'counted exactly too'],
  ['_summary=count', 'as `_count=0`'],
  ['_summary=false', ''],
  ['_summary=true', 'planned; likewise `text` and `data`'],
  ['_elements=status', 'planned'],
  ['_include=CareTeam:subject', 'planned'],
  ['_revinclude=CarePlan:care-team', 'planned'],
  ['_contained=true', 'contained resources are not searched'],
  ['_containedType=contained', ''],
  ['_score=true', ''],
];

export const resultTable = (subject: Subject): string =>
  table(
    head('Parameter'),
    results.map((each) => tried(subject, 'CareTeam', each)),
  );

const forms: readonly (readonly [string, string])[] = [
  ['status=active,inactive', 'OR by comma; repeat the parameter for AND'],
  ['subject:Patient=1', 'the modifier `:[type]` of references'],
  ['status:not=active', 'planned'],
  ['status:missing=true', 'planned'],
  ['category:text=team', 'planned; likewise `:in`, `:not-in`, `:above`, `:below`, `:of-type`'],
  ['subject:identifier=x', 'planned'],
  ['patient.name=eva', 'a chain; planned'],
  ['subject:Patient.name=eva', 'a chain that names its type; planned'],
  ['_has:CarePlan:care-team:status=active', 'planned'],
  ['_filter=status eq active', ''],
  ['_list=1', ''],
  ['_type=CareTeam', 'there is no search across types'],
  ['colour=red', 'unknown; the answer suggests a near name'],
  ['date=yesterday', 'a value that cannot be read'],
];

export const formTable = (subject: Subject): string =>
  table(
    head('Form'),
    forms.map((each) => tried(subject, 'CareTeam', each)),
  );

const isCommon = (name: string): boolean => name.startsWith('_');

const whyNot = (name: string, type: string): string => {
  if (type === 'composite' || type === 'special') return `no: ${type} parameters are planned`;
  return name === '_query' ? 'no: there are no named queries' : 'no: full text is not indexed';
};

interface Row {
  name: string;
  type: string;
  state: string;
}

function rowsOf({ engine: { catalog } }: Subject, type: string): Row[] {
  const supported = catalog.parameters(type).map(({ code: name, type: kind, stored, targets }) => {
    const to = kind === 'reference' && targets.length ? ` to ${targets.join(', ')}` : '';
    const alias = stored === name ? '' : `; kept with ${code(stored)}`;
    return { name, type: kind + to, state: `yes${alias}` };
  });
  const unsupported = catalog
    .unsupported(type)
    .map(({ code: name, type: kind }) => ({ name, type: kind, state: whyNot(name, kind) }));
  return [...supported, ...unsupported];
}

const parameterTable = (rows: readonly Row[]): string =>
  table(
    ['Parameter', 'Type', 'Supported'],
    rows.map(({ name, type, state }) => [code(name), type, state]),
  );

/** The parameters that R4 defines for the care types, those of every type first. */
export function parameterTables(subject: Subject): string {
  const common = rowsOf(subject, careTypes[0]).filter(({ name }) => isCommon(name));
  const own = careTypes.map((type) => {
    const rows = rowsOf(subject, type).filter(({ name }) => !isCommon(name));
    return `### ${type}\n\n${parameterTable(rows)}`;
  });
  return [`### Every type\n\n${parameterTable(common)}`, ...own].join('\n\n');
}

/** How many parameters the other types have, and which of them are not supported. */
export function otherTypes(subject: Subject): string {
  const { catalog, mounted } = subject.engine;
  const others = [...mounted].filter((type) => !(careTypes as readonly string[]).includes(type));
  const supported = others.flatMap((type) => catalog.parameters(type)).filter(({ code }) => !isCommon(code));
  const missing = others.flatMap((type) =>
    catalog
      .unsupported(type)
      .filter((each) => !isCommon(each.code))
      .map((each) => ({ ...each, name: `${type}.${each.code}` })),
  );
  const composite = missing.filter(({ type }) => type === 'composite');
  const rest = missing
    .filter(({ type }) => type !== 'composite')
    .map(({ name, type }) => `\`${name}\` (${type})`);
  return `The other ${others.length} types have ${digits(supported.length)} supported parameters of their own. Not supported are ${composite.length} composite ones and
${rest.join(', ')}; of those that are neither composite nor special, R4's own expression selects nothing.

What a type has is in \`rest.resource.searchParam\` of the CapabilityStatement, which lists nothing that is not there:

\`\`\`sh
curl -s $FHIR/metadata | jq -r '.rest[0].resource[] | select(.type == "Observation") | .searchParam[].name'
\`\`\``;
}
