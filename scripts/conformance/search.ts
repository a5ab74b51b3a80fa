import { Problem } from '@naravard/fhir';
import { parseQuery } from '@naravard/search';
import type { Subject } from './subject.ts';
import { code, digits, table } from './table.ts';

/** The types that the project is about; the others are counted. */
const careTypes = ['CareTeam', 'CarePlan', 'Encounter'] as const;

/** What becomes of a parameter, tried on the parser itself. */
function outcome(
  { engine }: Subject,
  type: string,
  name: string,
  value: string,
  handling: 'strict' | 'lenient',
): string {
  try {
    const { ignored } = parseQuery(engine.catalog, [type], [[name, value]], { handling, base: engine.base });
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
  [
    '_summary=true',
    'elements marked as summary, at every level; what is mandatory or modifies the meaning stays',
  ],
  [
    '_summary=text',
    'narrative, id, meta and what is mandatory; 400 together with `_include` or `_revinclude`',
  ],
  ['_summary=data', 'all but the narrative'],
  [
    '_elements=status',
    'elements of the resource itself, of every match; `CareTeam.status` of that type, included resources as well; 400 for an element that there is not, and together with `_summary`',
  ],
  [
    '_include=CareTeam:participant:Practitioner',
    'also `CareTeam:*` and `*`; each resource once, none that is a match; at most 1,000 come with a page, and an outcome entry says when there are more',
  ],
  ['_revinclude=CarePlan:care-team', 'the same the other way'],
  [
    '_revinclude=CarePlan:instantiates-canonical',
    'canonical URLs are not followed: search the type by `url`',
  ],
  [
    '_include:iterate=PractitionerRole:practitioner',
    'goes on from what was included until nothing new is found, circles too; so does `_revinclude:iterate`',
  ],
  ['_include:recurse=CareTeam:subject', 'the name of R3; write `:iterate`'],
  ['_contained=false', 'what holds without it'],
  ['_contained=true', 'contained resources are not searched'],
  ['_containedType=contained', ''],
  ['_score=true', ''],
  ['_query=current', 'there are no named queries, and R4 has unknown ones refused'],
  ['_sort:asc=date', 'parameters of the result have no modifiers'],
];

export const resultTable = (subject: Subject): string =>
  table(
    head('Parameter'),
    results.map((each) => tried(subject, 'CareTeam', each)),
  );

const forms: readonly (readonly [string, string])[] = [
  ['status=active,inactive', 'OR by comma; repeat the parameter for AND'],
  ['subject:Patient=1', 'the modifier `:[type]` of references'],
  ['name=', 'empty parameters are ignored; in the condition of a write they are 400'],
  ['status:missing=true', 'every parameter has it; a value that no search can compare counts as one'],
  ['status:not=active', 'finds those without any status too'],
  ['category:text=team', 'the beginning of a text or display'],
  ['status:in=http://hl7.org/fhir/ValueSet/care-team-status', 'and `:not-in`; value sets of R4 and our own'],
  ['status:below=active', 'and `:above`; with `system|` where the element does not say it'],
  ['identifier:of-type=http://terminology.hl7.org/CodeSystem/v2-0203|MR|1', 'of identifiers'],
  ['status:exact=active', 'a modifier that the parameter cannot have; the answer names those it can'],
  ['subject:identifier=x', 'references by identifier alone, in every form of a personnummer'],
  ['patient.name=eva', 'a chain; of at most 5 links unless configured'],
  ['subject:Patient.name:exact=Eva', 'a chain that names its type, and ends in a modifier'],
  ['participant.name=eva', 'a chain to each type that has the parameter'],
  ['status.name=eva', 'a chain through what is no reference'],
  ['_has=x', 'without its parts'],
  ['_has:CarePlan:care-team:status=active', 'also within chains and chains within it'],
  ['_filter=status eq active', 'all operators of R4; see search.md for what each means for each type'],
  ['_content=hembesök', 'full text in Swedish; an operator may switch it and `_text` off'],
  ['_text=hembesök', 'the same in the narrative'],
  ['_text:missing=true', '`_text`, `_content` and `_list` have no modifiers'],
  ['_list=1', 'the id of a List; functional lists (`$current-problems`) are 400'],
  ['_type=CareTeam', 'for searches of all types and of a compartment: `GET /?_type=CareTeam,CarePlan`'],
  ['colour=red', 'unknown; the answer suggests a near name'],
  ['date=yesterday', 'a value that cannot be read'],
];

export const formTable = (subject: Subject): string =>
  table(
    head('Form'),
    forms.map((each) => tried(subject, 'CareTeam', each)),
  );

const isCommon = (name: string): boolean => name.startsWith('_');

interface Row {
  name: string;
  type: string;
  state: string;
}

function rowsOf({ engine: { catalog } }: Subject, type: string): Row[] {
  const supported = catalog.parameters(type).map(({ code: name, type: kind, stored, targets, url }) => {
    const to = kind === 'reference' && targets.length ? ` to ${targets.join(', ')}` : '';
    const alias = stored === name ? '' : `; kept with ${code(stored)}`;
    const own = url.startsWith('https://naravard.se/') ? '; our own, R4 has none' : '';
    return { name, type: kind + to, state: `yes${alias}${own}` };
  });
  const unsupported = catalog.unsupported(type).map(({ code: name, type: kind, reason }) => ({
    name,
    type: kind,
    state: name === '_query' ? 'no: there are no named queries' : `no: ${reason}`,
  }));
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
  const composite = supported.filter(({ type }) => type === 'composite');
  const rest = missing.map(({ name, reason }) => `- \`${name}\` ${reason}`);
  return `The other ${others.length} types have ${digits(supported.length)} supported parameters of their own, of which ${composite.length} are composite. But:

${rest.join('\n')}

An administrator can add parameters with SearchParameter resources: see search.md.

What a type has is in \`rest.resource.searchParam\` of the CapabilityStatement, which lists nothing that is not there:

\`\`\`sh
curl -s $FHIR/metadata | jq -r '.rest[0].resource[] | select(.type == "Observation") | .searchParam[].name'
\`\`\``;
}
