import type { Mask } from '@naravard/access';
import { Problem } from '@naravard/fhir';

/**
 * Who is shown a resource without what is masked may not change it: a PUT would store what was read in place of what was
 * hidden, and a patch (`test`, `copy`, a FHIRPath condition) would tell what is hidden, without any change. The mask is
 * that of the current version, decided under its lock and before the patch is applied.
 * @throws Problem 'forbidden' when the mask is that of protected identity; the answer is the same whatever is hidden.
 */
export function refuseMasked(mask: Mask): void {
  if (mask !== 'protected-identity') return;
  throw new Problem(
    'forbidden',
    'You see this resource with protected identity masked, so it can neither be replaced nor patched: send the change for an end user who takes part in the care. Uppgiften är maskerad för dig (skyddade personuppgifter): ändringen behöver göras av någon som deltar i vården.',
  );
}
