import { type Finding, Problem } from '@naravard/fhir';
import { narrowing, type Query } from '@naravard/search';
import pg from 'pg';

/** https://www.postgresql.org/docs/current/errcodes-appendix.html */
const retryable = new Set(['40001', '40P01']);

const codeOf = (error: unknown): string =>
  error instanceof pg.DatabaseError ? (error.code ?? '') : ((error as NodeJS.ErrnoException)?.code ?? '');

/** A transaction that lost to another one and may run again from nothing. */
export const isRetryable = (error: unknown): boolean =>
  retryable.has(codeOf(error instanceof Problem ? error.cause : error));

/** What loses to another writer in a way that PostgreSQL does not notice, to be run again as if it had. */
export const raced = (): Error => Object.assign(new Error('lost to another writer'), { code: '40001' });

/**
 * A failure for what one call sent (classes 22 and 23: data, constraints; a statement that ran too long), after which
 * nothing of it is stored.
 */
export const isOfItsCall = (error: unknown): boolean =>
  error instanceof Problem &&
  error.cause instanceof pg.DatabaseError &&
  /^(2[23]|57014)/.test(error.cause.code ?? '');

/** A create whose id another resource of the type has. */
export const isTakenId = (error: unknown): boolean =>
  error instanceof Problem &&
  error.cause instanceof pg.DatabaseError &&
  error.cause.constraint === 'resource_type_id';

/**
 * The Problem that a database failure is to a caller; the failure itself is its cause, for the log.
 * Overload and outage are 503, what the caller sent is 4xx, and only the unforeseen is 500.
 */
export function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error;
  const code = codeOf(error);
  const cause = { cause: error };
  const taken = takenParameter(error) ?? takenNumber(error);
  if (taken) return new Problem('conflict', taken, cause);
  if (code === '23P01')
    return new Problem('business-rule', `${takenClaim(error)} may exist once at a time.`, cause);
  if (code === '23505' || code === '23503')
    return new Problem('conflict', 'Read the resource again and retry.', cause);
  if (code.startsWith('54'))
    return new Problem('too-costly', 'The request has too many values: split it.', cause);
  if (code === '57014') return new Problem('too-costly', 'The request ran too long: narrow it.', cause);
  if (code === '22021' || code === '22P05')
    return new Problem('structure', 'Remove NUL characters from the text.', cause);
  if (isUnavailable(code, error)) return new Problem('unavailable', 'Try again in a few seconds.', cause);
  return new Problem('internal', 'Report the request id to the operator.', cause);
}

/** The same for a search: one that was cancelled is told what makes it costly. */
export function searchProblem(error: unknown, query: Query): Problem {
  const problem = problemOf(error);
  return codeOf(problem.cause) === '57014'
    ? new Problem('too-costly', narrowing(query), { cause: problem.cause })
    : problem;
}

function isUnavailable(code: string, error: unknown): boolean {
  if (retryable.has(code) || code === '55P03' || code === '25P03' || code === '53100' || code === '53300')
    return true;
  if (/^(08|57P)/.test(code) || /^E[A-Z]+$/.test(code)) return true;
  return error instanceof Error && /timeout|terminated|Connection/i.test(error.message) && code === '';
}

/** A number that another Patient has: the one claim that is of all. */
const takenNumber = (error: unknown): Finding | undefined =>
  error instanceof pg.DatabaseError && error.constraint === 'claim_of_all'
    ? {
        severity: 'error',
        code: 'duplicate',
        expression: 'Patient.identifier',
        diagnostics:
          'Another Patient has a personnummer, samordningsnummer or reservnummer of this one: find it with Patient/$match and refer to it. Are they two registrations of one person, the organisation that registered the one to be replaced merges it into the other with Patient/$merge; until then register without the number, and let Patient.link (seealso) name the other.',
        sv: 'Personen är redan registrerad med det numret.',
      }
    : undefined;

/** A custom search parameter whose code or URL another one has. */
function takenParameter(error: unknown): Finding | undefined {
  const element = /^search_parameter_(code|url)$/.exec(
    error instanceof pg.DatabaseError ? (error.constraint ?? '') : '',
  )?.[1];
  const said = element === 'code' ? 'this code for one of its base types' : 'this url';
  return element === undefined
    ? undefined
    : {
        severity: 'error',
        expression: `SearchParameter.${element}`,
        diagnostics: `Another SearchParameter has ${said}: choose another ${element}, or change that one.`,
      };
}

/** The claim's key up to a space: the rest of the detail names the patient, and who claims. */
function takenClaim(error: unknown): string {
  const detail = error instanceof pg.DatabaseError ? (error.detail ?? '') : '';
  return /\)=\([^,]*, ([^, ]*)/.exec(detail)?.[1] ?? 'This';
}
