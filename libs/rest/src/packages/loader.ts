import { randomBytes } from 'node:crypto';
import type { Readable } from 'node:stream';
import type { Definitions } from '@naravard/fhir';
import type { Store } from '@naravard/store';
import type { FastifyBaseLogger } from 'fastify';
import { pino } from 'pino';
import { createEngine } from '../engine.ts';
import type { Module } from '../module.ts';
import { createPageTokens } from '../page-token.ts';
import { createProvenanceIds } from '../provenance/provenance-ids.ts';
import type { Guide } from '../rules/guide.ts';
import type { ConformanceSet } from './conformance-set.ts';
import { setOfFile } from './file-set.ts';
import { type LoadOptions, type LoadReport, loadSet } from './load-set.ts';
import { publishing } from './publisher.ts';

export interface LoaderOptions {
  /** With the login of the service, and a statement timeout that a large code system can be written in. */
  readonly store: Store;
  readonly definitions: Definitions;
  readonly modules: readonly Module[];
  readonly guide: Guide;
  readonly base: string;
  readonly limits: { readonly depth: number };
  readonly fullText: boolean;
}

export interface Loader {
  /** Loads a package, or conformance resources as JSON, NDJSON or a Bundle, as a whole. */
  load(
    name: string,
    source: Readable,
    options: LoadOptions,
  ): Promise<LoadReport & Pick<ConformanceSet, 'package'>>;
}

/** For the command that loads a file without a service: it writes as the service does, and services learn of it by looking. */
export async function createLoader(options: LoaderOptions): Promise<Loader> {
  const key = new Uint8Array(randomBytes(32));
  const engine = createEngine({
    ...options,
    pages: createPageTokens(key),
    provenanceIds: createProvenanceIds(key),
    log: pino({ level: 'silent' }) as FastifyBaseLogger,
  });
  engine.live.adopt(await options.store.catalog());
  return {
    async load(name, source, how) {
      const set = await setOfFile(engine, name, source);
      const report = await loadSet(engine, publishing('terminology'), set, how);
      return { ...report, ...(set.package && { package: set.package }) };
    },
  };
}
