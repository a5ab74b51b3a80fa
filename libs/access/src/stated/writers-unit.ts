import { type ActorCode, type ConsentCode, systems } from './codes.ts';
import type { Consent } from './consent/shape.ts';
import { codesOf } from './elements.ts';
import type { EpisodeOfCare } from './episode-of-care.ts';
import { hsaIdOf } from './hsa-id.ts';

/** The roles by which a Consent of a category names whom it is about; without one that is the unit of its writer. */
const naming: Partial<Readonly<Record<ConsentCode, readonly ActorCode[]>>> = {
  'svod-samtycke': ['organisation', 'enhet'],
  'sip-samtycke': ['organisation', 'enhet'],
  'sparr-inre': ['informationsenhet'],
  'tidigare-tillgang': ['enhet'],
  'forlangd-tillgang': ['enhet'],
};

/**
 * Whether what a resource states is about the unit of its writer because the body names none. Then who edits it at another
 * unit would move it there: a spärr to other information, an answer or a relation to other staff.
 */
export function isOfWritersUnit(resource: object): boolean {
  const stater = resource as EpisodeOfCare | Consent;
  if (stater.resourceType === 'EpisodeOfCare') return hsaIdOf(stater.managingOrganization) === null;
  if (stater.resourceType !== 'Consent') return false;
  const [code = ''] = codesOf(stater.category, systems.consent);
  const roles: readonly string[] | undefined = Object.hasOwn(naming, code)
    ? naming[code as ConsentCode]
    : undefined;
  const named = codesOf(
    (stater.provision?.actor ?? []).flatMap(({ role }) => role ?? []),
    systems.consentActor,
  );
  return roles !== undefined && !named.some((role) => roles.includes(role));
}
