import { assemble, type Definitions } from '@naravard/fhir';
import type { ChangedDefinition, Store } from '@naravard/store';
import { loadTerminology, type Terminology } from '@naravard/terminology';
import type { FastifyBaseLogger } from 'fastify';
import { type Guide, type LoadedProfiling, type Profiling, profiling } from '../rules/guide.ts';
import { following } from './following.ts';
import { byVersion, type Canonical, canonicalOf, isInForce, isProfile } from './loaded.ts';

/** Types that every process works with as soon as they are stored. */
export const followedTypes: readonly string[] = [
  'CodeSystem',
  'ConceptMap',
  'StructureDefinition',
  'ValueSet',
];

/** The guide and what is loaded beside it, as they hold right now. */
export interface LiveGuide {
  /** Both follow what is loaded: they may be kept. */
  readonly profiles: Profiling;
  readonly terminology: Terminology;
  /** Canonicals of the guide's own, which nothing that is loaded takes the place of. */
  readonly own: ReadonlySet<string>;
  /** What holds beside them. */
  readonly loaded: readonly Canonical[];
  /** What the profiles would be with others beside, or in place of, those loaded. */
  profilesWith(resources: readonly Canonical[]): LoadedProfiling;
  /** Takes over what is stored by now. */
  refresh(): Promise<void>;
}

interface Kept {
  readonly version: number;
  /** Undefined where it does not hold. */
  readonly resource: Canonical | undefined;
}

export interface LiveGuideOptions {
  readonly guide: Guide;
  readonly definitions: Definitions;
  readonly store: Pick<Store, 'definitions'>;
  readonly log: Pick<FastifyBaseLogger, 'warn'>;
  /** Called when the profiles have changed, of which /metadata tells. */
  changed(): void;
}

/** @throws Error for a profile of the guide that cannot be kept, so that nothing starts with it */
export function createLiveGuide(options: LiveGuideOptions): LiveGuide {
  const worker = new Worker(options);
  return {
    profiles: following(() => worker.profiles),
    terminology: following(() => worker.terminology),
    own: worker.own,
    get loaded() {
      return worker.loaded;
    },
    profilesWith: (resources) => worker.profilesWith(resources),
    refresh: () => worker.refresh(),
  };
}

class Worker {
  profiles: LoadedProfiling;
  terminology: Terminology;
  loaded: readonly Canonical[] = [];
  readonly #options: LiveGuideOptions;
  readonly own: ReadonlySet<string>;
  #mark = '';
  readonly #kept = new Map<string, Kept>();
  #turn: Promise<unknown> = Promise.resolve();

  constructor(options: LiveGuideOptions) {
    const { definitions } = options.guide;
    this.#options = options;
    this.own = new Set((definitions as readonly Canonical[]).flatMap(({ url }) => url ?? []));
    this.terminology = loadTerminology(definitions);
    this.profiles = this.profilesWith([]);
  }

  profilesWith(resources: readonly Canonical[]): LoadedProfiling {
    const given = new Set(resources.map(canonicalOf));
    const others = this.loaded.filter((each) => !given.has(canonicalOf(each)));
    return this.#profiling([...others, ...resources.filter((each) => this.#holds(each))]);
  }

  #profiling(loaded: readonly Canonical[]): LoadedProfiling {
    const terminology = following(() => this.terminology);
    const { guide, definitions } = this.#options;
    return profiling(guide, definitions, terminology, loaded.filter(isProfile).sort(byVersion));
  }

  /** One after the other: whoever asks gets what was stored when it asked. */
  refresh(): Promise<void> {
    const next = this.#turn.then(() => this.#refresh());
    this.#turn = next.catch(() => {});
    return next;
  }

  async #refresh(): Promise<void> {
    const versions = new Map([...this.#kept].map(([key, { version }]) => [key, version]));
    const news = await this.#options.store.definitions(followedTypes, { mark: this.#mark, versions });
    if (!news) return;
    const before = this.loaded;
    for (const key of news.gone) this.#kept.delete(key);
    for (const each of news.changed) {
      const resource = resourceOf(each);
      const kept = this.#holds(resource) ? resource : undefined;
      this.#kept.set(`${each.type}/${each.id}`, { version: each.version, resource: kept });
    }
    this.loaded = [...this.#kept.values()].flatMap(({ resource }) => resource ?? []).sort(byVersion);
    this.#mark = news.mark;
    this.#adopt(before);
  }

  #adopt(before: readonly Canonical[]): void {
    if (hasChanged(before, this.loaded, true)) {
      this.profiles = this.#profiling(this.loaded);
      this.#tellFaults();
      this.#options.changed();
    }
    if (hasChanged(before, this.loaded, false))
      this.terminology = loadTerminology([...this.#options.guide.definitions, ...this.loaded]);
  }

  /** Of each state once: what is stored and cannot be kept stops nothing. */
  #tellFaults(): void {
    for (const each of this.loaded.filter(isProfile)) {
      const fault = this.profiles.fault(canonicalOf(each));
      if (fault)
        this.#options.log.warn({ profile: fault.canonical, element: fault.element }, 'profile not checked');
    }
  }

  /** The guide's own are known already, and stay as they are whatever is stored. */
  #holds(resource: Canonical): boolean {
    return resource.url !== undefined && !this.own.has(resource.url) && isInForce(resource);
  }
}

/** Whether the profiles, or else what is no profile, are others than before. */
function hasChanged(before: readonly Canonical[], after: readonly Canonical[], profiles: boolean): boolean {
  const of = (all: readonly Canonical[]) => all.filter((each) => isStructure(each) === profiles);
  const [was, is] = [of(before), of(after)];
  return was.length !== is.length || is.some((each, at) => each !== was[at]);
}

const isStructure = ({ resourceType }: Canonical): boolean => resourceType === 'StructureDefinition';

/** Without its narrative, which nothing is computed from. */
function resourceOf({ type, id, version, meta, body }: ChangedDefinition): Canonical {
  const whole = JSON.parse(assemble(type, id, version, '', meta, body)) as Canonical & { text?: unknown };
  const { text, ...resource } = whole;
  return resource;
}
