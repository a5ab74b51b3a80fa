import { type Actor, markedLabels, type Rights, rightsOf } from '@naravard/access';
import {
  createSubsetter,
  createValidator,
  createXml,
  type Definitions,
  type Finding,
  type Subsetter,
  type Xml,
} from '@naravard/fhir';
import { type Catalog, createCatalog, type IndexRows, parseQuery, type SearchNeed } from '@naravard/search';
import type { Store } from '@naravard/store';
import type { Terminology } from '@naravard/terminology';
import type { FastifyBaseLogger } from 'fastify';
import { baseModule } from './base-module.ts';
import { guardedWrites } from './guarded-writes.ts';
import type { AuthorizationServer } from './identity/smart-configuration.ts';
import { shownJobs } from './jobs/shown-jobs.ts';
import { createLiveCatalog, type LiveCatalog } from './live-catalog.ts';
import type { Module, ResourceModule } from './module.ts';
import { followsGuide } from './packages/follows-guide.ts';
import { createLiveGuide, type LiveGuide } from './packages/live-guide.ts';
import type { PageTokens } from './page-token.ts';
import { permitted } from './permitted.ts';
import type { ProvenanceIds } from './provenance/provenance-ids.ts';
import { provenancedStore } from './provenance/provenanced-store.ts';
import { withoutProtected } from './redaction/protected-rows.ts';
import { redactedStore } from './redaction/redacted-store.ts';
import { checkedReferences } from './references/checked-references.ts';
import { noReferencePolicy, type ReferencePolicy } from './references/reference-policy.ts';
import { type Guide, noGuide, type Profiling } from './rules/guide.ts';
import { stagedRules } from './rules/staged-rules.ts';
import { takenClaims } from './rules/taken-claims.ts';
import { tellingStore } from './telling-refusal.ts';

/** What is refused before it costs anything. */
export interface Limits {
  /** Bytes of a request body. */
  bodyBytes: number;
  /** Entries of a batch or transaction. */
  entries: number;
  /** Nesting of JSON. */
  depth: number;
  /** Findings that one answer names. */
  findings: number;
  /** Links of a chained search, `_has` included. */
  chain: number;
  /** Resources that come with a page by include. */
  included: number;
}

export const defaultLimits: Limits = {
  bodyBytes: 8 * 1024 * 1024,
  entries: 1000,
  depth: 64,
  findings: 50,
  chain: 5,
  included: 1000,
};

/** Everything an interaction works with, wired once in buildApp. */
export interface Engine {
  store: Store;
  /** What a caller may do, from now on. */
  rights: (actor: Actor) => Rights;
  definitions: Definitions;
  /** Changes while the process lives; a step that reads it twice may see two. */
  readonly catalog: Catalog;
  live: LiveCatalog;
  /** R4's, our own and what has been loaded; another one after something is loaded. */
  readonly terminology: Terminology;
  validate: (resource: unknown) => Finding[];
  /** What is served of it, and its profiles at work. */
  guide: Guide;
  profiles: Profiling;
  /** What is loaded beside the guide, at work in `profiles` and `terminology`. */
  loaded: LiveGuide;
  extract: (type: string, id: string, resource: object) => IndexRows;
  /** Cuts a resource's text to what `_summary` or `_elements` asks for. */
  subset: Subsetter;
  /** FHIR's XML, from and to the JSON text that everything else works on. */
  xml: Xml;
  /** What searches by some parameters must be limited to; of all loaded types, wherever they are mounted. */
  searchNeeds: readonly SearchNeed[];
  /** All loaded types: their rules hold whether or not they are mounted here. */
  types: ReadonlyMap<string, ResourceModule>;
  /** The types that this process has routes for, in alphabetical order. */
  mounted: ReadonlySet<string>;
  /** Public FHIR base without a slash at its end. */
  base: string;
  /** AUDIT_SHOW_STAFF_NAMES: whether a person is told who of the staff has read, and not unit and title alone. */
  showStaffNames: boolean;
  /** EMERGENCY_MINUTES: how long a nödöppning lasts. */
  emergencyMinutes: number;
  /** JOB_HOURS: how long what was asked for asynchronously is kept. */
  jobHours: number;
  /** REFERENCE_POLICY, REFERENCE_BASES: what becomes of a write that refers to what is not there. */
  references: ReferencePolicy;
  limits: Limits;
  pages: PageTokens;
  /** Where clients get tokens; undefined where discovery does not tell. */
  authorizationServer: AuthorizationServer | undefined;
  log: FastifyBaseLogger;
  /** Answers that change with the catalog alone, made when first asked for. */
  documents: Map<string, string>;
}

export interface EngineOptions {
  store: Store;
  definitions: Definitions;
  modules: readonly Module[];
  mount?: readonly string[];
  base: string;
  limits?: Partial<Limits>;
  /** Whether `_text` and `_content` can be searched; true when left out. */
  fullText?: boolean | undefined;
  /** Whether a person is told names of staff in the log; false when left out. */
  showStaffNames?: boolean | undefined;
  /** Minutes that a nödöppning lasts, at most 24 hours; 60 when left out. */
  emergencyMinutes?: number | undefined;
  /** Hours that asynchronous requests are kept; 24 when left out. */
  jobHours?: number | undefined;
  /** No references are looked at when left out. */
  references?: ReferencePolicy | undefined;
  rights?: ((actor: Actor) => Rights) | undefined;
  pages: PageTokens;
  provenanceIds: ProvenanceIds;
  authorizationServer?: AuthorizationServer | undefined;
  log: FastifyBaseLogger;
  /** Profiles that resources are checked against; none when left out. */
  guide?: Guide | undefined;
}

/** Compiles definitions into catalog, validator and extractor; throws when `mount` names no module. */
export function createEngine(options: EngineOptions): Engine {
  const { store, definitions, pages, log, guide = noGuide } = options;
  const base = options.base.replace(/\/+$/, '');
  const modules = [baseModule, ...options.modules];
  const documents = new Map<string, string>();
  const loaded = createLiveGuide({ guide, definitions, store, log, changed: () => documents.clear() });
  const { terminology } = loaded;
  const standard = createCatalog(definitions, terminology, { fullText: options.fullText });
  const live = createLiveCatalog(standard, base);
  const validator = createValidator(definitions);
  const mounted = mountedTypes(modules, options.mount);
  const types = typesOf(modules);
  const { references = noReferencePolicy } = options;
  const shown = redactedStore(checkedReferences(store, definitions, base, references), definitions, base);
  const provenanced = provenancedStore(shownJobs(shown, definitions, base), {
    ids: options.provenanceIds,
    types: mounted,
    base,
  });
  const rules = stagedRules(types, base, (type, criteria) =>
    parseQuery(live.catalog, [type], [...new URLSearchParams(criteria)], { handling: 'strict', base }),
  );
  return {
    store: takenClaims(
      permitted(followsGuide(guardedWrites(tellingStore(provenanced), rules), guide, loaded)),
      types,
    ),
    rights: options.rights ?? ((actor) => rightsOf(actor, new Date().toISOString())),
    definitions,
    live,
    get catalog() {
      return live.catalog;
    },
    get terminology() {
      return terminology;
    },
    validate: (resource) => validator(resource, { base }),
    guide,
    profiles: loaded.profiles,
    loaded,
    extract: (type, id, resource) => indexRows(live, type, id, resource),
    subset: createSubsetter(definitions),
    xml: createXml(definitions),
    searchNeeds: modules.flatMap(({ resources }) =>
      resources.flatMap(({ type, searchNeeds = [] }) => searchNeeds.map((need) => ({ type, ...need }))),
    ),
    types,
    mounted,
    base,
    showStaffNames: options.showStaffNames ?? false,
    emergencyMinutes: Math.min(options.emergencyMinutes ?? 60, 24 * 60),
    jobHours: options.jobHours ?? 24,
    references,
    limits: { ...defaultLimits, ...options.limits },
    pages,
    authorizationServer: options.authorizationServer,
    log,
    documents,
  };
}

/** The same engine over another store. Through its prototype, so that what changes with time (`catalog`) is read when it is asked for. */
export const withStore = (engine: Engine, store: Store): Engine =>
  Object.create(engine, { store: { value: store, enumerable: true } }) as Engine;

/** By type; one that several modules name has the rules of all of them. */
function typesOf(modules: readonly Module[]): ReadonlyMap<string, ResourceModule> {
  const types = new Map<string, ResourceModule>();
  for (const resource of modules.flatMap(({ resources }) => resources)) {
    const { rules = [], ...before } = types.get(resource.type) ?? {};
    types.set(resource.type, { ...before, ...resource, rules: [...rules, ...(resource.rules ?? [])] });
  }
  return types;
}

/** What a resource is found by, and the labels that access gives it whatever its body says. */
function indexRows(live: LiveCatalog, type: string, id: string, resource: object): IndexRows {
  const rows = live.extract(type, id, resource);
  rows.labels.push(...markedLabels(resource));
  return withoutProtected(type, rows);
}

function mountedTypes(modules: readonly Module[], mount: readonly string[] | undefined): ReadonlySet<string> {
  const names = new Set(modules.map(({ name }) => name));
  const unknown = mount?.filter((name) => !names.has(name)) ?? [];
  if (unknown.length) {
    throw new Error(`mount names no module: ${unknown.join(', ')}. Known: ${[...names].join(', ')}.`);
  }
  const selected = modules.filter(({ name }) => name === baseModule.name || !mount || mount.includes(name));
  return new Set(selected.flatMap(({ resources }) => resources.map(({ type }) => type)).sort());
}
