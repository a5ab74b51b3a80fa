import { Problem } from '@naravard/fhir';
import type { Among, Job } from '@naravard/store';
import { problemOf } from '../framework-error.ts';
import { exportPlan } from './export-plan.ts';
import type { HeldExport } from './export-request.ts';
import { type JobResult, refusedResult } from './job-result.ts';
import type { Work } from './work.ts';

/** Patients whose resources of a type are looked at in one statement. */
const PATIENTS = 200;
/** A chunk is never smaller: what cannot be done so is refused. */
const LEAST = 50;

/**
 * Gathers ids and versions chunk by chunk, each with the rights of its moment; PostgreSQL moves them, and none comes here. One
 * that ran too long is tried again with half of its rows. Undefined when the turn is over.
 */
export async function runExport(work: Work): Promise<JobResult | undefined> {
  const { engine, job, held, signal } = work;
  const request = work.request as HeldExport;
  const plan = exportPlan(engine, request);
  let at: Pick<Job, 'file' | 'position'> = job;
  let size = work.chunk;
  for (let first = true; ; first = false) {
    const type = request.types[at.file];
    if (type === undefined) return { kind: 'gathered', files: await filesOf(work, request.types) };
    if (signal.aborted || (!first && work.isOver())) return undefined;
    const context = work.context();
    const among = amongOf(request, at.position, size);
    try {
      const chunk = { file: at.file, type, conditions: plan.get(type) ?? [], among };
      const next = await engine.store.jobs.gather({ ...context, scope: context.searchable() }, held, chunk);
      if (!next) return undefined;
      at = next;
    } catch (error) {
      const problem = problemOf(error);
      if (problem.kind !== 'too-costly') throw problem;
      if (size <= LEAST) return refusedResult(new Problem('too-costly', tooCostly));
      size = Math.ceil(size / 2);
    }
  }
}

const tooCostly =
  'The export ran too long at a few resources: narrow it, or leave out what _typeFilter looks for.';

function amongOf({ level, patients }: HeldExport, position: string, size: number): Among {
  if (level !== 'group')
    return { kind: 'type', after: position, count: size, aboutPatients: level === 'patients' };
  const from = Number(position);
  const to = from + Math.min(size, PATIENTS);
  return {
    kind: 'patients',
    patients: patients.slice(from, to),
    next: to < patients.length ? String(to) : null,
  };
}

async function filesOf({ engine, job }: Work, types: readonly string[]) {
  const counts = await engine.store.jobs.counts(job.id);
  return types.flatMap((type, file) => {
    const count = counts.get(file) ?? 0;
    return count > 0 ? [{ type, count }] : [];
  });
}
