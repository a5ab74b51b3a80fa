import { type Actor, carePurpose, deciding, isDirectory } from '@naravard/access';
import { Problem } from '@naravard/fhir';
import type { Store, Write } from '@naravard/store';
import { checkAvailableBy26 } from './available-by-2-6.ts';
import { type AskedByGuard, guardedWrites, type WriteGuard } from './guarded-writes.ts';
import { checkSignatures } from './kept-signatures.ts';
import { checkScope } from './scope-check.ts';
import { checkStated } from './stated-by.ts';

/**
 * The store, in which nothing is written past who may write it; whichever way a write comes, it comes through here. What
 * is stored already is judged by `RequestContext.writable` in the statement that changes it.
 */
export const permitted = (store: Store): Store => searchedByGrant(guardedWrites(store, check));

/** A condition is a search: unasked, what it may not find would be made a second time. @throws Problem 'forbidden' */
const searchedByGrant = (store: Store): Store => ({
  ...store,
  transaction: (context, work) =>
    store.transaction(context, (transaction) =>
      work({
        ...transaction,
        async resolve(conditions) {
          for (const { type } of conditions.flatMap(({ query }) => query.parts)) {
            checkScope(context.actor.grants, type, 's');
          }
          return transaction.resolve(conditions);
        },
      }),
    ),
});

/** @throws Problem 'forbidden' that says whose task it is */
const check: WriteGuard = async (context, writes, asked) => {
  const { actor } = context;
  checkPurpose(actor);
  for (const write of writes) {
    checkGrants(actor, write);
    checkType(actor, write);
  }
  if (needsRelation(actor)) await checkRelation(writes, asked);
  await checkStated(context, writes, asked);
  await checkSignatures(context, writes, asked);
  await checkAvailableBy26(context, writes, asked);
};

/** PDL (2008:355) 4 kap 2 §, SVOD (2022:913) 4 kap 3 §: a commission that is not for care reads the directory, and writes nothing. */
function checkPurpose({ kind, caller }: Actor): void {
  if (kind !== 'staff') return;
  const who = deciding(caller);
  if (who.kind === 'staff' && who.commission.purpose === carePurpose) return;
  throw new Problem('forbidden', `Choose a commission with the purpose "${carePurpose}" to write.`);
}

async function checkRelation(writes: readonly Write[], { related }: AskedByGuard): Promise<void> {
  const about = writes.filter((write) => write.kind === 'put');
  const patients = [...new Set(about.map(({ rows }) => rows.patient))];
  const known = patients.filter((patient) => patient !== null);
  const relations = known.length ? await related(known) : new Set();
  if (known.some((patient) => !relations.has(patient))) throw new Problem('forbidden', NO_RELATION);
}

/**
 * SVOD (2022:913) 4 kap 1 §: for itself a system client keeps its organisation's records. With an end user it is asked what a
 * token of that person would be.
 */
function needsRelation({ caller }: Actor): boolean {
  const who = deciding(caller);
  return who.kind !== 'administrator' && (who.kind !== 'system' || who.onBehalfOf !== null);
}

const NO_RELATION =
  'You can write about patients whom your unit has a current care relation to: the relation is registered by the system of your organisation.';

/** SMART App Launch 2.2: the letters of a scope, and of a granular one the codes of what is written. */
function checkGrants({ grants }: Actor, write: Write): void {
  const letter = write.kind === 'delete' ? 'd' : write.method === 'POST' ? 'c' : 'u';
  checkScope(grants, write.type, letter, write.kind === 'put' ? write.rows.tokens : undefined);
}

/** PDL (2008:355) 3 kap: staff and systems keep records; the directory is kept by systems and administrators. */
function checkType({ kind }: Actor, write: Write): void {
  const { type } = write;
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
  const byOperation = write.kind === 'put' && write.operation === true;
  if ((kind === 'patient' || kind === 'guardian') && !byOperation) {
    throw new Problem('forbidden', 'What a person says is recorded by operations, as Patient/$samtycke.');
  }
  if (kind === 'staff' && (isDirectory(type) || type === 'Patient')) {
    throw new Problem(
      'forbidden',
      `${type} is kept by the systems of the organisations and by administrators.`,
    );
  }
}
