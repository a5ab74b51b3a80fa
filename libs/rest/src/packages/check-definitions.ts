import type { Actor } from '@naravard/access';
import { type Finding, Problem } from '@naravard/fhir';
import type { PutWrite, Write } from '@naravard/store';
import type { WriteGuard } from '../guarded-writes.ts';
import type { Guide } from '../rules/guide.ts';
import type { StagedWrite } from '../rules/staged-write.ts';
import { loadedTypes } from './conformance-set.ts';
import type { LiveGuide } from './live-guide.ts';
import { type Canonical, canonicalOf, isInForce, isProfile } from './loaded.ts';
import { publisher } from './publisher.ts';

/**
 * Looks at conformance resources before they are written: administrators alone keep them, none takes the url of one of the
 * guide's own, and a profile that cannot be kept as it is written is refused, so that what is stored is what is checked.
 * @throws Problem 'forbidden'; 'unprocessable' that names the elements
 */
export const checkDefinitions =
  (guide: Guide, loaded: LiveGuide): WriteGuard =>
  ({ actor }, writes) => {
    if (actor !== publisher) {
      refuseOthers(actor, writes);
      refuseOwn(guide, writes);
    }
    const written = writes.filter((write) => write.kind === 'put').flatMap(canonicalIn);
    if (!written.some((each) => isProfile(each) && isInForce(each))) return;
    const findings = [...profileFaults(loaded, written).values()];
    if (findings.length) throw new Problem('unprocessable', findings);
  };

/** What keeps profiles from being checked, when they are loaded together; those that can be are not among them. */
export function profileFaults(
  loaded: LiveGuide,
  written: readonly Canonical[],
): ReadonlyMap<Canonical, Finding> {
  const profiles = loaded.profilesWith(written);
  const faults = new Map<Canonical, Finding>();
  for (const each of written.filter((one) => isProfile(one) && isInForce(one))) {
    const fault = each.url === undefined ? undefined : profiles.fault(canonicalOf(each));
    if (fault) faults.set(each, finding(`${fault.message}. Mend it, or load what it needs first.`));
    if (each.url === undefined) faults.set(each, finding('A profile needs a url that resources can name.'));
  }
  return faults;
}

const finding = (diagnostics: string): Finding => ({
  severity: 'error',
  code: 'not-supported',
  expression: 'StructureDefinition',
  diagnostics,
});

function canonicalIn(write: PutWrite): Canonical[] {
  const { staged } = write as Partial<StagedWrite>;
  return staged ? [staged.resource as Canonical] : [];
}

/** What all are checked by is kept by those who answer for the service, not by each system that writes. */
function refuseOthers({ kind }: Actor, writes: readonly Write[]): void {
  const other = kind !== 'administrator' && writes.find(({ type }) => loadedTypes.has(type));
  if (other) throw new Problem('forbidden', `Only an administrator may change a ${other.type}.`);
}

interface Own {
  readonly resourceType: string;
  readonly id: string;
  readonly url: string;
}

/** What somebody writes over one of the guide's own is mended at the next start; beside it, it would never hold. */
function refuseOwn({ definitions }: Guide, writes: readonly Write[]): void {
  for (const write of writes) {
    const [{ url } = {}] = write.kind === 'put' ? canonicalIn(write) : [];
    const own = (definitions as readonly Own[]).find(
      (each) => each.resourceType === write.type && each.url === url,
    );
    if (!own || own.id === write.id) continue;
    throw new Problem('unprocessable', {
      severity: 'error',
      expression: `${write.type}.url`,
      diagnostics: `${own.url} is of this service's own guide and holds as it is: give yours a url of its own.`,
    });
  }
}
