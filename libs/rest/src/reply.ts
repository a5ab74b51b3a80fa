import type { Readable } from 'node:stream';
import { assemble, type Finding, outcomeOf, Problem } from '@naravard/fhir';
import type { PutWrite, Stored, Written } from '@naravard/store';
import { Throttled } from './hardening/throttled.ts';
import type { Prefer } from './prefer.ts';

/** What a handler answers; `send` makes HTTP of it and a Bundle an entry. Bodies are FHIR JSON text. */
export interface Reply {
  status: number;
  body?: string;
  /** Media type of a body that is not FHIR JSON, and the Content-Security-Policy under which a browser may show it. */
  shown?: { readonly as: string; readonly policy?: string };
  /** A body that is sent as it is made, in place of `body`, as `shown` says. */
  stream?: Readable;
  /** Further headers. */
  headers?: Readonly<Record<string, string>>;
  /** For ETag. */
  version?: number;
  /** ISO instant. */
  lastModified?: string;
  /** `Type/id/_history/version`, below the base. */
  location?: string;
  /** Seconds to wait before asking again, when it is known. */
  retryAfter?: number;
  /** Why it is not a success; the body is its OperationOutcome. */
  problem?: Problem;
  /** What was found but does not fail a write. */
  warnings?: readonly Finding[];
}

/** The resource's text as it is sent. */
export const textOf = (stored: Stored): string =>
  assemble(stored.type, stored.id, stored.version, stored.lastUpdated, stored.meta, stored.body ?? '}');

export function resourceReply(stored: Stored, subset: (text: string) => string): Reply {
  const { version, lastUpdated } = stored;
  return { status: 200, body: subset(textOf(stored)), version, lastModified: lastUpdated };
}

/** A refusal that is already audited, or that needs no audit. */
export function refusal(problem: Problem): Reply {
  return {
    status: problem.status,
    body: JSON.stringify(outcomeOf(problem)),
    problem,
    ...(problem instanceof Throttled && { retryAfter: problem.seconds }),
  };
}

/** Whether there is something to show. */
export const isThere = (stored: Stored | undefined): stored is Stored =>
  stored !== undefined && !stored.deleted;

/** Of what is not there: 404, or 410 with the version that the deletion is. The store has audited the miss. */
export const missing = (stored: Stored | undefined): Reply =>
  stored
    ? { ...refusal(new Problem('deleted')), version: stored.version }
    : refusal(new Problem('not-found'));

/** The answer to a write that went well. http://hl7.org/fhir/R4/http.html#ops */
export function writtenReply(
  write: PutWrite,
  written: Written,
  warnings: readonly Finding[],
  prefer: Prefer['return'],
): Reply {
  const { type, id, version, lastUpdated } = written;
  return {
    status: written.result === 'created' ? 201 : 200,
    version,
    lastModified: lastUpdated,
    location: `${type}/${id}/_history/${version}`,
    warnings,
    ...withBody(() => assemble(type, id, version, lastUpdated, write.meta, write.body), warnings, prefer),
  };
}

/** The answer to an If-None-Exist that found what it asked for: nothing was written. */
export function existingReply(stored: Stored, prefer: Prefer['return']): Reply {
  const { type, id, version, lastUpdated } = stored;
  return {
    status: 200,
    version,
    lastModified: lastUpdated,
    location: `${type}/${id}/_history/${version}`,
    ...withBody(() => textOf(stored), [], prefer),
  };
}

/** The answer to a delete; also when there was nothing to delete. */
export function deletedReply(written?: Written): Reply {
  return written?.version ? { status: 204, version: written.version } : { status: 204 };
}

function withBody(
  text: () => string,
  warnings: readonly Finding[],
  prefer: Prefer['return'],
): { body?: string } {
  switch (prefer) {
    case 'minimal':
      return {};
    case 'OperationOutcome':
      return { body: JSON.stringify(successOutcome(warnings)) };
    case 'representation':
    case undefined:
      return { body: text() };
    default:
      return prefer satisfies never;
  }
}

/** An OperationOutcome that says "done" and what is worth mending. */
function successOutcome(warnings: readonly Finding[]): object {
  const done = { severity: 'information', code: 'informational', diagnostics: 'Done.' };
  const noted = warnings.length ? outcomeOf(new Problem('invalid', warnings)).issue : [];
  return { resourceType: 'OperationOutcome', issue: [done, ...noted] };
}
