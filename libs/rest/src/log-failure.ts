import type { Problem } from '@naravard/fhir';
import type { FastifyBaseLogger } from 'fastify';
import { problemOf } from './framework-error.ts';

/**
 * Logs what is the service's own failure: where and of which kind, but not the message, which may quote what was stored
 * or sent. Only errors of the language itself say nothing about data.
 */
export function logFailure(log: FastifyBaseLogger, problem: Problem, request?: string): void {
  if (problem.status < 500) return;
  const error = describeError(problem.cause ?? problem);
  log.error({ kind: problem.kind, error, ...(request && { reqId: request }) }, 'failed');
}

/** The same of work that nobody waits for, whatever its failure: `message` says what was not done. */
export function logBackground(log: FastifyBaseLogger, error: unknown, message: string): void {
  const { kind, cause } = problemOf(error);
  log.error({ kind, error: describeError(cause ?? error) }, message);
}

/** Fields of database and system errors that hold names and codes only. */
type Telling = 'code' | 'constraint' | 'table' | 'routine' | 'syscall';

const speaking = new Set(['TypeError', 'RangeError', 'ReferenceError']);

/** What an error tells without quoting data; the only shape in which errors are logged. */
export function describeError(error: unknown): object {
  if (!(error instanceof Error)) return { name: typeof error };
  const { name, stack = '', message, cause } = error;
  const { code, constraint, table, routine, syscall } = error as Error & Partial<Record<Telling, unknown>>;
  const frames = stack.split('\n').filter((line) => /^\s+at /.test(line));
  return {
    name,
    ...(speaking.has(name) && { message }),
    code,
    constraint,
    table,
    routine,
    syscall,
    at: frames.slice(0, 8).map((line) => line.trim().slice(3)),
    ...(cause !== undefined && { cause: describeError(cause) }),
  };
}
