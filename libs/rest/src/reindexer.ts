import { setTimeout as wait } from 'node:timers/promises';
import { readJson } from '@naravard/fhir';
import type { CatalogState, PutWrite, ReindexProgress, Restage } from '@naravard/store';
import type { Engine } from './engine.ts';
import { problemOf } from './framework-error.ts';
import { describeError } from './log-failure.ts';
import { textOf } from './reply.ts';
import { askedParameters } from './search-parameter.ts';

export interface ReindexerOptions {
  /** Milliseconds between two looks at the catalog. */
  poll: number;
  /** Milliseconds between a change of the catalog and the walk that it asks for: several polls. */
  grace: number;
  /** Resources that are rewritten together, and locked meanwhile. */
  batch: number;
  /** Milliseconds between two looks for rows of a writer that knew an older catalog. */
  sweep: number;
}

/** 100 resources are read, indexed and written in about 16 ms, of which this process works 5 (2 cores, Encounters). */
export const reindexerDefaults: ReindexerOptions = { poll: 2_000, grace: 8_000, batch: 100, sweep: 10_000 };

/** Keeps a process's catalog up to date and brings the index of old resources to it. docs/adr/0009-custom-search-parameters.md */
export interface Reindexer {
  /** Learns the catalog from the database; once before the first request. */
  refresh(): Promise<void>;
  /** One batch of a type's walk, or one look for late writers. What fails is logged, and told by `$reindex`, too. */
  step(type: string): Promise<ReindexProgress>;
  /** Runs every walk to its end, and then no more. */
  finish(): Promise<void>;
  /** Looks at the catalog, and walks, until it is stopped. */
  start(): void;
  /** Resolves when the batch in hand is done; the walk goes on in another process, or later. */
  stop(): Promise<void>;
}

export function createReindexer(engine: Engine, options: Partial<ReindexerOptions> = {}): Reindexer {
  const worker = new Worker(engine, { ...reindexerDefaults, ...options });
  let stopping: AbortController | undefined;
  let running: Promise<void> | undefined;
  return {
    refresh: () => worker.refresh(),
    step: (type) => worker.step(type),
    finish: () => worker.finish(),
    start() {
      stopping ??= new AbortController();
      running ??= worker.run(stopping.signal);
    },
    async stop() {
      stopping?.abort();
      await running;
    },
  };
}

class Worker {
  readonly #engine: Engine;
  readonly #options: ReindexerOptions;
  #state: CatalogState = { version: 0, parameters: [], types: [] };
  #refreshed = 0;
  #told = 0;
  readonly #swept = new Map<string, number>();

  constructor(engine: Engine, options: ReindexerOptions) {
    this.#engine = engine;
    this.#options = options;
  }

  async refresh(): Promise<void> {
    const { store, live, documents } = this.#engine;
    this.#state = await store.catalog();
    this.#refreshed = Date.now();
    if (live.adopt(this.#state)) documents.clear();
    this.#tell();
  }

  /** How far the walks are, every ten seconds while there are any. */
  #tell(): void {
    const walks = this.#state.types.filter(({ version, ready, done }) => ready < version && done > 0);
    if (!walks.length || Date.now() - this.#told < 10_000) return;
    this.#told = Date.now();
    for (const { type, version, done, total } of walks)
      this.#engine.log.info({ type, version, done, total }, 'indexing');
  }

  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await this.#round(signal).catch((error: unknown) => this.#logged(error));
      await wait(this.#options.poll, undefined, { signal }).catch(() => {});
    }
  }

  async finish(): Promise<void> {
    await this.refresh();
    for (;;) {
      const behind = this.#state.types.filter(({ version, ready }) => ready < version);
      if (!behind.length) return;
      for (const { type } of behind) while ((await this.step(type)) === 'more');
      await wait(5);
      await this.refresh();
    }
  }

  /**
   * One look at everything: walks that are not at their end, and late writers where a look for them is due. A type that
   * fails is tried again in the next round, and holds up no other.
   */
  async #round(signal: AbortSignal): Promise<void> {
    await this.refresh();
    for (const { type, version, ready } of this.#state.types) {
      const isDue = ready < version || Date.now() - (this.#swept.get(type) ?? 0) >= this.#options.sweep;
      while (isDue && !signal.aborted && (await this.step(type).catch(() => 'failed')) === 'more') {
        if (Date.now() - this.#refreshed >= this.#options.poll) await this.refresh();
        await wait(5);
      }
    }
  }

  async step(type: string): Promise<ReindexProgress> {
    const { failures } = this.#engine.live;
    try {
      const progress = await this.#advance(type);
      if (progress === 'more' || progress === 'done') failures.delete(type);
      return progress;
    } catch (error) {
      failures.set(type, this.#logged(error, type));
      throw error;
    }
  }

  /** Nobody is answered with it, so whatever its status is; kind and constraint are returned. */
  #logged(error: unknown, type?: string): string {
    const problem = problemOf(error);
    const cause = problem.cause ?? problem;
    const { constraint } = cause as { constraint?: string };
    this.#engine.log.error({ type, kind: problem.kind, error: describeError(cause) }, 'indexing failed');
    return constraint ? `${problem.kind} ${constraint}` : problem.kind;
  }

  async #advance(type: string): Promise<ReindexProgress> {
    const { store, live, log } = this.#engine;
    const { version } = live.catalog;
    const before = this.#state.types.find((each) => each.type === type);
    const progress = await store.reindex(type, version, this.#restage, this.#options);
    if (progress === 'done') {
      this.#swept.set(type, Date.now());
      if (before && before.ready < before.version) log.info({ type, version }, 'index complete');
    }
    return progress;
  }

  readonly #restage: Restage = (stored) => {
    const { log } = this.#engine;
    try {
      return restaged(this.#engine, stored);
    } catch (error) {
      log.error({ type: stored.type, id: stored.id, error: describeError(error) }, 'not indexed');
      return undefined;
    }
  };
}

/** The write that would store the resource as it is, with the rows of today's catalog. */
function restaged(engine: Engine, stored: Parameters<Restage>[0]): PutWrite {
  const { type, id, method, meta, custodian } = stored;
  const resource = readJson(textOf(stored), engine.limits.depth) as object;
  return {
    kind: 'put',
    method: method === 'DELETE' ? 'PUT' : method,
    type,
    id,
    mode: 'update',
    meta,
    body: stored.body ?? '}',
    rows: engine.extract(type, id, resource),
    claims: engine.types.get(type)?.claims?.(resource, custodian),
    ...(type === 'SearchParameter' && { parameters: askedParameters(engine, resource) }),
  };
}
