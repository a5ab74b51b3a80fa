import type { Module } from '@naravard/rest';

/**
 * R4 types that nobody can store here, and why:
 * Parameters and OperationOutcome carry requests and answers, and R4 gives them no address of their own.
 * Bundle would hide whole resources from search, from the access decision and from the patient's log.
 * Binary answers with its raw content and borrows its rights from another resource; neither is built.
 * Subscription promises notifications; without them, to accept one would be to lie.
 */
const NOT_STORED: ReadonlySet<string> = new Set([
  'Parameters',
  'OperationOutcome',
  'Bundle',
  'Binary',
  'Subscription',
]);

/**
 * Every other R4 type with base validation only, so that a journal system can send whole bundles. `taken` are the
 * types of the other modules and of the base.
 */
export function recordModule(resourceTypes: ReadonlySet<string>, taken: ReadonlySet<string>): Module {
  const types = [...resourceTypes].filter((type) => !taken.has(type) && !NOT_STORED.has(type)).sort();
  return { name: 'record', generic: true, resources: types.map((type) => ({ type })) };
}
