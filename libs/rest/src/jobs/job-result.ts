import type { Problem } from '@naravard/fhir';
import type { Job } from '@naravard/store';
import { refusal } from '../reply.ts';
import type { HeldSearch } from './held-search.ts';

/** What became of a job, as it is kept: no resource among it. */
export type JobResult =
  | { readonly kind: 'refused'; readonly status: number; readonly outcome: string }
  | { readonly kind: 'searched'; readonly searches: readonly HeldSearch[] }
  | { readonly kind: 'answered' }
  | { readonly kind: 'gathered'; readonly files: readonly ExportFile[] };

export interface ExportFile {
  readonly type: string;
  readonly count: number;
}

export const refusedResult = (problem: Problem): JobResult => ({
  kind: 'refused',
  status: problem.status,
  outcome: refusal(problem).body ?? '{}',
});

/** Undefined while the job runs. */
export const resultOf = ({ result }: Job): JobResult | undefined =>
  result === null ? undefined : (JSON.parse(result) as JobResult);
