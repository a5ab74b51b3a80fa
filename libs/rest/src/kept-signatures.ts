import { type Actor, deciding } from '@naravard/access';
import { Problem } from '@naravard/fhir';
import type { Write } from '@naravard/store';
import type { AskedByGuard } from './guarded-writes.ts';
import { textOf } from './reply.ts';

/**
 * PDL (2008:355) 3 kap 10 and 14 §§: staff neither change nor take away a signature, be it their own. What was signed is changed
 * in its next version, which is signed anew. A system keeps its organisation's records, signatures given elsewhere among them.
 * @throws Problem 'forbidden'
 */
export async function checkSignatures(
  { actor }: { readonly actor: Actor },
  writes: readonly Write[],
  { readAll }: Pick<AskedByGuard, 'readAll'>,
): Promise<void> {
  if (deciding(actor.caller).kind !== 'staff') return;
  const changed = writes.filter(({ type }) => type === 'Provenance').filter(mayChange);
  if (!changed.length) return;
  for (const stored of await readAll(changed)) {
    if (stored && !stored.deleted && isSigned(textOf(stored))) throw signed();
  }
}

const mayChange = (write: Write): boolean => write.kind === 'delete' || write.mode !== 'create';

const isSigned = (text: string): boolean => {
  const { signature = [] } = JSON.parse(text) as { signature?: readonly unknown[] };
  return signature.length > 0;
};

const signed = (): Problem =>
  new Problem('forbidden', {
    severity: 'error',
    expression: 'Provenance.signature',
    diagnostics:
      'A signature stands as it was given: change what was signed, and sign its next version with $sign.',
    sv: 'En signatur kan inte ändras eller tas bort. Ändra i stället planen, och signera den nya versionen.',
  });
