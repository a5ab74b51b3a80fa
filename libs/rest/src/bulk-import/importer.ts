import type { Actor } from '@naravard/access';
import { Problem } from '@naravard/fhir';
import type { Import } from '@naravard/store';
import type { Call } from '../call.ts';
import type { Engine } from '../engine.ts';
import { jobHolderOf } from '../jobs/held-actor.ts';
import { actsForItself } from '../operations/callers.ts';
import { questionOf } from '../operations/question.ts';

/**
 * SVOD (2022:913) 4 kap 1 §: the systems of an organisation keep its records; administrators what is about nobody.
 * @throws Problem 'forbidden'
 */
export function checkImporter(actor: Actor): void {
  if (actsForItself(actor)) return;
  throw new Problem(
    'forbidden',
    'Only a system client, for itself, or an administrator may import: write in the care of a person one by one, or with a transaction.',
  );
}

/** As the holder may choose it: any UUID. */
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** @throws Problem 'bad-request' or 'unknown-parameter' */
export function chosenId(call: Call): string {
  const id = questionOf(call, 'id').text('id')?.toLowerCase();
  if (id !== undefined && uuid.test(id)) return id;
  throw new Problem('bad-request', {
    severity: 'error',
    expression: 'id',
    diagnostics:
      'Choose a UUID for the import and send it as $import?id=[UUID]: with it an upload that breaks off goes on where it was.',
  });
}

/** The caller's own import of the address. @throws Problem 'not-found', whether it is another's, unknown or forgotten */
export async function ownImport(engine: Engine, call: Call): Promise<Import> {
  questionOf(call);
  const id = call.id.toLowerCase();
  const found = uuid.test(id)
    ? await engine.store.imports.find(id, jobHolderOf(call.context.actor))
    : undefined;
  if (!found) throw new Problem('not-found');
  return found;
}
