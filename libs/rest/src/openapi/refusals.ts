import { type ProblemKind, problems } from '@naravard/fhir';
import type { Interaction } from '../call.ts';
import { fhirJson, fhirXml } from '../media.ts';
import { operationOn } from '../operation-name.ts';
import { headerRef } from './headers.ts';
import { refTo, type Schema } from './schemas.ts';

/** What every request may be answered: a doubtful address, a slow or large head, too many of them, and what is not theirs. */
const ofAll = [400, 406, 408, 414, 429, 431, 500, 503];

/** Of what needs a token and looks into the database; 422 there is a request that costs too much, beside what rules refuse. */
const ofCallers = [401, 403, 404, 422];

const ofBodies = [413, 415];

const ofWrites = [409, 412];

/** The statuses outside 2xx and 3xx that an interaction may be answered with, in rising order. */
export function refusalsOf(interaction: Interaction): number[] {
  const { open, body, writes, matches } = interaction;
  return [
    ...ofAll,
    ...(open ? [] : ofCallers),
    ...(body ? ofBodies : []),
    ...(writes || matches || body?.includes('ndjson') ? ofWrites : []),
    ...(meetsDeletions(interaction) ? [410] : []),
  ].sort((a, b) => a - b);
}

/** A deletion is a version: what looks at the current one, or at one by its number, may meet it. */
function meetsDeletions(interaction: Interaction): boolean {
  const { name, route } = interaction;
  if (name === 'transaction') return true;
  const [first = '', second] = route.slice(1).split('/');
  if (second !== ':id' || first.startsWith('_')) return false;
  return operationOn(interaction) !== undefined || ['read', 'vread', 'patch'].includes(name);
}

/** By status, each with the kinds of docs/errors.md that it stands for. */
export function refusalResponses(): Readonly<Record<string, Schema>> {
  const kinds = Object.entries(problems) as [ProblemKind, (typeof problems)[ProblemKind]][];
  const statuses = [...new Set(kinds.map(([, { status }]) => status))];
  return Object.fromEntries(
    statuses.map((status) => [
      `${status}`,
      {
        description: kinds
          .filter(([, problem]) => problem.status === status)
          .map(([kind, { en }]) => `\`${kind}\`: ${en}`)
          .join(' '),
        headers: Object.fromEntries(['X-Request-Id', ...(headersOf[status] ?? [])].map(headerRef)),
        content: {
          [fhirJson]: { schema: refTo('OperationOutcome') },
          [fhirXml]: { schema: refTo('OperationOutcome') },
        },
      },
    ]),
  );
}

const headersOf: Readonly<Record<number, readonly string[]>> = {
  401: ['WWW-Authenticate'],
  405: ['Allow'],
  410: ['ETag'],
  429: ['Retry-After'],
  503: ['Retry-After'],
};

export const refusalRef = (status: number): Schema => ({ $ref: `#/components/responses/${status}` });
