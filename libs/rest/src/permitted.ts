import { type Actor, isDirectory } from '@naravard/access';
import { Problem } from '@naravard/fhir';
import type { Store, Write } from '@naravard/store';
import { guardedWrites, type WriteGuard } from './guarded-writes.ts';
import { checkScope } from './scope-check.ts';

/**
 * The store, in which nothing is written past who may write it; whichever way a write comes, it comes through here. What
 * is stored already is judged by `RequestContext.writable` in the statement that changes it.
 */
export const permitted = (store: Store): Store => guardedWrites(store, check);

/** @throws Problem 'forbidden' that says whose task it is */
const check: WriteGuard = async ({ actor }, writes, related) => {
  for (const write of writes) {
    checkGrants(actor, write);
    checkType(actor, write.type);
  }
  if (actor.kind === 'system' || actor.kind === 'administrator') return;
  const about = writes.filter((write) => write.kind === 'put');
  const patients = [...new Set(about.map(({ rows }) => rows.patient))];
  const known = patients.filter((patient) => patient !== null);
  const relations = known.length ? await related(known) : new Set();
  if (known.some((patient) => !relations.has(patient))) throw new Problem('forbidden', NO_RELATION);
};

const NO_RELATION =
  'You can write about patients whom your unit has a current care relation to: the relation is registered by the system of your organisation.';

/** SMART App Launch 2.2: the letters of a scope, and of a granular one the codes of what is written. */
function checkGrants({ grants }: Actor, write: Write): void {
  const letter = write.kind === 'delete' ? 'd' : write.method === 'POST' ? 'c' : 'u';
  checkScope(grants, write.type, letter, write.kind === 'put' ? write.rows.tokens : undefined);
}

/** PDL (2008:355) 3 kap: staff and systems keep records; the directory is kept by systems and administrators. */
function checkType({ kind }: Actor, type: string): void {
  if (type === 'AuditEvent') {
    throw new Problem(
      'forbidden',
      'The audit is written by the service itself: send reads made offline to $offline-reads.',
    );
  }
  if (type === 'SearchParameter' && kind !== 'administrator') {
    throw new Problem('forbidden', 'Only an administrator may change search parameters.');
  }
  if (kind === 'administrator' && !isDirectory(type)) {
    throw new Problem('forbidden', 'An administrator keeps the directory and writes nothing about patients.');
  }
  if ((kind === 'patient' || kind === 'guardian') && type !== 'Consent') {
    throw new Problem('forbidden', 'What a person says is recorded by operations, as Patient/$samtycke.');
  }
  if (kind === 'staff' && (isDirectory(type) || type === 'Patient')) {
    throw new Problem(
      'forbidden',
      `${type} is kept by the systems of the organisations and by administrators.`,
    );
  }
}
