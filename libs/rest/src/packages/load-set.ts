import { setImmediate as turn } from 'node:timers/promises';
import { type Finding, Problem } from '@naravard/fhir';
import type { DeleteWrite, RequestContext, Write } from '@naravard/store';
import type { Engine } from '../engine.ts';
import type { StagedWrite } from '../rules/staged-write.ts';
import { stage } from '../stage.ts';
import { failureOf } from '../written.ts';
import { profileFaults } from './check-definitions.ts';
import type { ConformanceSet, LeftOut, LoadedResource } from './conformance-set.ts';
import { marked } from './package-tag.ts';
import { type Place, storedBefore } from './stored-before.ts';

export interface LoadOptions {
  /** What cannot be kept is left out and told of; else nothing is loaded. */
  readonly lenient: boolean;
  /** Told of each resource that has been checked, and of each that has been written. */
  progress?(step: 'check' | 'store', done: number, total: number): void;
}

/** What a load has done. */
export interface LoadReport {
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
  /** Came with an earlier version of the package. */
  readonly deleted: number;
  readonly leftOut: readonly LeftOut[];
  /** Packages that this one is made on and that are not loaded, as `name#version`. */
  readonly missing: readonly string[];
}

/**
 * Stores conformance resources together, all or none, and has them in force in this process when it is done. What is stored as
 * it should be is left; resources of an earlier version of the package that this one does not have are deleted.
 * @throws Problem 'unprocessable' or 'invalid' that names file and element; 'conflict' when another load came between
 */
export async function loadSet(
  engine: Engine,
  context: RequestContext,
  set: ConformanceSet,
  options: LoadOptions,
): Promise<LoadReport> {
  await engine.loaded.refresh();
  const leftOut = [...set.leftOut];
  const resources = keepable(engine, set.resources, options, leftOut);
  const { places, gone, missing } = await storedBefore(engine, context, { ...set, resources });
  const staged = await stageAll(engine, context, { set, places, leftOut }, options);
  const writes = staged.filter(({ write, current }) => !isAs(write, current));
  const deletes = gone.map(
    ({ type, id, version }): DeleteWrite => ({ kind: 'delete', type, id, expected: version }),
  );
  await writeInParts(engine, context, [...writes.map(({ write }) => write), ...deletes], options);
  const created = writes.filter(({ current }) => !current || current.deleted).length;
  return {
    created,
    updated: writes.length - created,
    unchanged: staged.length - writes.length,
    deleted: deletes.length,
    leftOut,
    missing,
  };
}

/** Resources whose profiles can be checked together. @throws Problem 'unprocessable' with all that cannot */
function keepable(
  engine: Engine,
  resources: readonly LoadedResource[],
  { lenient }: LoadOptions,
  leftOut: LeftOut[],
): readonly LoadedResource[] {
  let kept = resources;
  // What is left out may be what others are based on.
  for (;;) {
    const faults = profileFaults(
      engine.loaded,
      kept.map(({ resource }) => resource),
    );
    if (!faults.size) return kept;
    if (!lenient) throw new Problem('unprocessable', [...faults.values()].slice(0, engine.limits.findings));
    for (const { from, resource } of kept) {
      const fault = faults.get(resource);
      if (fault) leftOut.push({ from, reason: fault.diagnostics });
    }
    kept = kept.filter(({ resource }) => !faults.has(resource));
  }
}

interface ToStage {
  readonly set: ConformanceSet;
  readonly places: readonly Place[];
  readonly leftOut: LeftOut[];
}

type Staged = { readonly write: StagedWrite; readonly current: Place['current'] };

/** Other requests are answered between two resources. */
async function stageAll(
  engine: Engine,
  context: RequestContext,
  { set, places, leftOut }: ToStage,
  { lenient, progress }: LoadOptions,
): Promise<Staged[]> {
  const staged: Staged[] = [];
  for (const [at, place] of places.entries()) {
    const { from, current } = place;
    try {
      staged.push({ write: stagedAt(engine, context, place, set.package), current });
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      const isOptional = lenient || from.resource.resourceType === 'SearchParameter';
      if (!isOptional || error.status >= 500) throw inFile(error, from);
      leftOut.push({ from: from.from, reason: error.findings[0]?.diagnostics ?? error.kind });
    }
    progress?.('check', at + 1, places.length);
    await turn();
  }
  return staged;
}

function stagedAt(
  engine: Engine,
  context: RequestContext,
  { from, id, current }: Place,
  loaded: ConformanceSet['package'],
): StagedWrite {
  const type = from.resource.resourceType;
  const text = marked(from.text, id, loaded);
  const change = current
    ? ({ mode: 'update', expected: current.version } as const)
    : ({ mode: 'create' } as const);
  return stage(engine, context, { type, id, text, method: 'PUT', ...change }).write;
}

const inFile = ({ kind, findings, cause }: Problem, { from }: LoadedResource): Problem =>
  new Problem(
    kind,
    findings.map((each): Finding => ({ ...each, diagnostics: `${from}: ${each.diagnostics}` })),
    { cause },
  );

const isAs = ({ meta, body }: StagedWrite, current: Place['current']): boolean =>
  current !== undefined && !current.deleted && current.meta === meta && current.body === body;

/** Characters of the bodies that go to the database in one statement, of which one resource may have more. */
const partSize = 8 * 1024 * 1024;

/** Profiles at once, since they are based on each other, and first, since others follow them; all in one transaction. */
async function writeInParts(
  engine: Engine,
  context: RequestContext,
  writes: readonly Write[],
  { progress }: LoadOptions,
): Promise<void> {
  if (!writes.length) return;
  const parts = partsOf(writes);
  await engine.store.transaction(context, async (transaction) => {
    let done = 0;
    for (const part of parts) {
      for (const [index, each] of (await transaction.write(part)).entries()) {
        const write = part[index];
        const method = write?.kind === 'delete' ? 'DELETE' : 'PUT';
        const failure = failureOf(each, { kind: write?.kind ?? 'put', method, matching: true });
        if (failure) throw failure;
      }
      done += part.length;
      progress?.('store', done, writes.length);
    }
  });
}

function partsOf(writes: readonly Write[]): Write[][] {
  const isStructure = ({ kind, type }: Write) => kind === 'put' && type === 'StructureDefinition';
  const parts: Write[][] = [writes.filter(isStructure), []];
  let size = 0;
  for (const write of writes.filter((each) => !isStructure(each))) {
    const length = write.kind === 'put' ? write.body.length : 0;
    if (size > 0 && size + length > partSize) {
      parts.push([]);
      size = 0;
    }
    parts.at(-1)?.push(write);
    size += length;
  }
  return parts.filter((part) => part.length);
}
