import type { Held, Job, RequestContext } from '@naravard/store';
import type { Interaction } from '../call.ts';
import type { Engine } from '../engine.ts';
import type { HeldRequest } from './held-request.ts';

/** A job that a worker has taken, with all that it is done by. */
export interface Work {
  readonly engine: Engine;
  /** All that this process has routes for. */
  readonly interactions: readonly Interaction[];
  readonly job: Job;
  readonly held: Held;
  readonly request: HeldRequest;
  /** Who asked, with the rights of this moment. */
  context(): RequestContext;
  /** Aborted when the process stops, the job is cancelled, or another worker has it: no further step is begun. */
  readonly signal: AbortSignal;
  /** Whether others wait long enough: a step is then the last of this turn. */
  isOver(): boolean;
  /** Rows that an export looks at in one statement. */
  readonly chunk: number;
}
