import type { Job } from '@naravard/store';
import type { Engine } from '../engine.ts';
import type { HeldExport } from './export-request.ts';
import { addressOf } from './held-request.ts';
import type { ExportFile } from './job-result.ts';
import { statusAddress } from './start-job.ts';

/** A write is committed a little after the time that it bears (docs/architecture.md, promises). */
const COMMIT = 60_000;

/**
 * https://hl7.org/fhir/uv/bulkdata/STU2/export.html#response---complete-status. `transactionTime` is a minute before the export
 * began, so that it can be the `_since` of the next one, and none is missed; what changed since may be among the files. Deleted
 * resources are not told. `count` is what was found, of which the caller is given what it may see when it fetches the file.
 */
export function manifest(engine: Engine, job: Job, files: readonly ExportFile[]): string {
  const request = JSON.parse(job.request) as HeldExport;
  const address = statusAddress(engine, job.id);
  return JSON.stringify({
    transactionTime: new Date(Date.parse(job.created) - COMMIT).toISOString(),
    request: addressOf(engine, request),
    requiresAccessToken: true,
    output: files.map(({ type, count }) => ({ type, url: `${address}/${type}`, count })),
    error: [],
  });
}
