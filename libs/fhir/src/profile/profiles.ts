import { BoundedRegex } from '../bounded-regex.ts';
import type { Definitions } from '../definitions/definitions.ts';
import type { Finding } from '../outcome.ts';
import type { Environment, JsonObject } from '../path/node.ts';
import { Report } from '../validate/report.ts';
import { BrokenProfile, type Check, type InValueSet, named, type Setting } from './check.ts';
import { compileProfile } from './compile.ts';
import { elementTree } from './element-tree.ts';
import { coreDefinition, type StructureDefinition, structureDefinition } from './structure-definition.ts';

export interface Profiles {
  /** Whether there is a profile of this canonical; with `|version`, of that version. */
  knows(canonical: string): boolean;
  /**
   * What a resource (or the value of a data type, such as an Extension) lacks of a profile; what R4 itself asks is the
   * validator's to look at, before. Never throws on bad content. Each finding's `expression` is FHIRPath; `diagnostics`
   * names the profile and never repeats a value.
   * @throws Error when the profile is not known or cannot be compiled
   */
  check(resource: object, canonical: string): Finding[];
  /** Why a profile that is known cannot be compiled; undefined where it can, and is. */
  fault(canonical: string): BrokenProfile | undefined;
  /** Compiles all profiles, which else happens one by one on first use. @throws Error for one that cannot be kept */
  compile(): void;
}

/**
 * Profiles as differentials on types of R4 (http://hl7.org/fhir/R4/profiling.html). Supported: cardinality, slices, types and
 * targets, fixed values and patterns, bindings, lengths, invariants, profiles of types (extensions). A profile with anything
 * else that constrains does not compile. Make one and keep it: each is compiled once.
 */
export function createProfiles(
  definitions: Definitions,
  structureDefinitions: readonly object[],
  inValueSet: InValueSet,
): Profiles {
  const sources = new Map<string, StructureDefinition>();
  for (const source of structureDefinitions.map(structureDefinition)) {
    sources.set(source.url, source);
    if (source.version) sources.set(`${source.url}|${source.version}`, source);
  }
  const compiler = new ProfileCompiler(definitions, sources, inValueSet);
  const bounded = new BoundedRegex();
  return {
    knows: (canonical) => sources.has(canonical),
    check(resource, canonical) {
      const source = sources.get(canonical);
      if (!source) throw new Error(`Profile ${canonical} is not known`);
      return run({ definitions, bounded }, compiler.check(source), source, resource);
    },
    fault(canonical) {
      const source = sources.get(canonical);
      try {
        if (source) compiler.check(source);
        return undefined;
      } catch (error) {
        return error instanceof BrokenProfile ? error : new BrokenProfile(canonical, String(error));
      }
    },
    compile() {
      for (const source of sources.values()) compiler.check(source);
    },
  };
}

/** What a profile comes to; filled when it has been compiled, so that profiles may name each other in a circle. */
interface Compiled {
  check: Check | undefined;
}

class ProfileCompiler {
  readonly #definitions: Definitions;
  readonly #sources: ReadonlyMap<string, StructureDefinition>;
  readonly #inValueSet: InValueSet;
  readonly #compiled = new Map<StructureDefinition, Compiled>();
  readonly #faults = new Map<StructureDefinition, unknown>();

  constructor(
    definitions: Definitions,
    sources: ReadonlyMap<string, StructureDefinition>,
    inValueSet: InValueSet,
  ) {
    this.#definitions = definitions;
    this.#sources = sources;
    this.#inValueSet = inValueSet;
  }

  check(source: StructureDefinition): Check {
    if (this.#faults.has(source)) throw this.#faults.get(source);
    let compiled = this.#compiled.get(source);
    if (!compiled) {
      compiled = { check: undefined };
      this.#compiled.set(source, compiled);
      try {
        compiled.check = compileProfile(
          this.#setting(source),
          elementTree(source.url, this.#line(source), source.type),
        );
      } catch (error) {
        this.#compiled.delete(source);
        this.#faults.set(source, error);
        throw error;
      }
    }
    return (value, beside, scene) => compiled.check?.(value, beside, scene);
  }

  #setting({ url }: StructureDefinition): Setting {
    return {
      definitions: this.#definitions,
      canonical: url,
      inValueSet: this.#inValueSet,
      profile: (canonical) => {
        const source = this.#sources.get(canonical);
        return source && this.check(source);
      },
      profiledType: (canonical) => this.#sources.get(canonical)?.type,
    };
  }

  /** The profile after those that it is based on, back to R4, or to one whose snapshot says all that its unknown base does. */
  #line(source: StructureDefinition, after: readonly string[] = []): StructureDefinition[] {
    const { url, type, base, snapshot } = source;
    if (after.includes(url)) throw new BrokenProfile(url, 'it is based on itself');
    if (base === coreDefinition + type) {
      if (!this.#definitions.type(type)) throw new BrokenProfile(url, `${type} is not a type of R4`);
      return [source];
    }
    const found = this.#sources.get(base);
    if (found?.type === type) return [...this.#line(found, [...after, url]), source];
    if (snapshot && this.#definitions.type(type)) return [{ ...source, elements: snapshot }];
    throw new BrokenProfile(url, `it is based on ${base}, which is not known here`);
  }
}

function run(
  { definitions, bounded }: Required<Pick<Environment, 'definitions' | 'bounded'>>,
  check: Check,
  { type, url }: StructureDefinition,
  resource: object,
): Finding[] {
  const report = new Report();
  report.trail.push(type);
  const { resourceType } = resource as JsonObject;
  if (definitions.type(type)?.kind === 'resource' && resourceType !== type) {
    report.error('structure', named({ canonical: url }, `Expected a resource of type ${type}.`));
    return report.findings;
  }
  const node = { value: resource, type, sibling: undefined };
  check(resource, undefined, {
    report,
    environment: { definitions, bounded, resource: node, rootResource: node, context: node },
  });
  return report.findings;
}
