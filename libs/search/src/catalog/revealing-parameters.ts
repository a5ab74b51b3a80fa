import { isFindable } from './findable-parameters.ts';
import type { Parameter } from './parameter.ts';

type AskedParameter = Pick<Parameter, 'resourceType' | 'code' | 'type' | 'targets' | 'paths' | 'custom'>;

/**
 * Whether a search by the parameter can tell what the mask of protected identity takes out of resources of the type:
 * where somebody was (`Encounter?location=`), who the next of kin is (`RelatedPerson?name=`), the words of any text, and
 * whatever a custom parameter reads. (`_text` and `_content` tell of all of it.) `target`: the type that a reference is looked for or followed to, null when it is
 * not said.
 *
 * Resources that are masked for a caller must not be found, left out, ordered or followed (chain, `_has`, include) by
 * such a parameter: OSL (2009:400) 22 kap 1 §.
 */
export const isRevealing = (parameter: AskedParameter, target: string | null = null): boolean =>
  revealsAlways(parameter) ||
  (canBeMasked(parameter.resourceType) && mayLeadToPlace(parameter) && (target === null || target === PLACE));

/** The same whatever value is asked for, and whatever it leads to. */
export const revealsAlways = (parameter: AskedParameter): boolean => {
  const { resourceType, code, type, targets, paths, custom } = parameter;
  return (
    canBeMasked(resourceType) &&
    (custom === true ||
      !isFindable(resourceType, code) ||
      named.has(`${resourceType}.${code}`) ||
      paths.some((path) => identity.has(path.type) || identity.has(path.parent)) ||
      (type === 'reference' && targets.length === 1 && targets[0] === PLACE))
  );
};

/** References to it are masked wherever they stand. */
export const PLACE = 'Location';

const mayLeadToPlace = ({ type, targets }: AskedParameter): boolean =>
  type === 'reference' && (!targets.length || targets.includes(PLACE));

/**
 * Whether resources of the type are masked for somebody though they are found by all that they say. Those that are
 * masked by a label of their own alone have no rows of what is hidden.
 */
export const canBeMasked = (type: string): boolean => !byOwnLabel.has(type);

const byOwnLabel: ReadonlySet<string> = new Set([
  'Patient',
  'Practitioner',
  'PractitionerRole',
  'Organization',
  'HealthcareService',
  'Location',
]);

/** Data types of which the mask takes everything out, wherever they stand. */
const identity: ReadonlySet<string> = new Set(['HumanName', 'Address', 'ContactPoint']);

/** Parameters that read another element that masked-elements.ts of libs/fhir names. */
const named: ReadonlySet<string> = new Set([
  'Encounter.location-period',
  'Account.name',
  'AuditEvent.agent-name',
  'AuditEvent.entity-name',
]);
