import { canonicalIdentifier, identifierSystems } from '../identifier.ts';
import { parseReference } from '../reference.ts';

/** A Reference, parsed. */
export interface ReferenceValue {
  readonly reference?: string;
  readonly type?: string;
  readonly identifier?: { readonly system?: string };
  readonly display?: string;
}

/**
 * What the mask of protected identity does to a Reference. `display`: who it is to is not named; `display-and-identifier`:
 * nor is the one's number, which leads to name and address; `whole`: that, or where, it is to is not shown.
 */
export type ReferenceMask = 'none' | 'display' | 'display-and-identifier' | 'whole';

/** What is known about the element that the Reference stands in. */
export interface ReferencePlace {
  /** Types that it may point to; empty: any. */
  readonly targets: readonly string[];
  /** Type of a contained resource by its id; of the container by ''. */
  readonly contained: ReadonlyMap<string, string>;
  /** Staff are protected too. */
  readonly staff: boolean;
}

/** Types whose identifiers lead to the name or the address of a protected person. */
export const relatives: readonly string[] = ['RelatedPerson', 'Person', 'Group'];
const staffTypes: readonly string[] = ['Practitioner', 'PractitionerRole'];
const definition = 'http://hl7.org/fhir/StructureDefinition/';

/** When nothing tells what it refers to, it is taken for what its element may refer to that needs the strongest mask. */
export function referenceMask(value: ReferenceValue, place: ReferencePlace): ReferenceMask {
  const target = targetOf(value, place);
  if (target !== null) return maskOf(target, place.staff);
  if (mayBe(place, 'RelatedPerson', 'Person', 'Location')) return 'whole';
  if (mayBe(place, 'Patient', 'Group')) return 'display';
  return place.staff && mayBe(place, ...staffTypes) ? 'display-and-identifier' : 'none';
}

const mayBe = ({ targets }: ReferencePlace, ...types: readonly string[]): boolean =>
  targets.length === 0 || types.some((type) => targets.includes(type));

function maskOf(target: string, staff: boolean): ReferenceMask {
  if (target === 'Location') return 'whole';
  if (target === 'Patient') return 'display';
  if (relatives.includes(target)) return 'display-and-identifier';
  return staff && staffTypes.includes(target) ? 'display-and-identifier' : 'none';
}

/** The type that is referred to; null when it cannot be told. */
function targetOf({ reference, type, identifier }: ReferenceValue, place: ReferencePlace): string | null {
  if (reference !== undefined) {
    const parsed = parseReference(reference);
    if (parsed.kind === 'contained') return place.contained.get(parsed.id) ?? null;
    if ((parsed.kind === 'relative' || parsed.kind === 'absolute') && parsed.type) return parsed.type;
  }
  if (type !== undefined) return type.startsWith(definition) ? type.slice(definition.length) : type;
  const [only, another] = place.targets;
  if (only !== undefined && another === undefined) return only;
  switch (identifier?.system && canonicalIdentifier(identifier.system, '').system) {
    case identifierSystems.hsaId:
      return 'Practitioner';
    case identifierSystems.organisationsnummer:
      return 'Organization';
    case identifierSystems.personnummer:
    case identifierSystems.samordningsnummer:
    case identifierSystems.reservnummer:
      return mayBe(place, 'RelatedPerson', 'Person') ? null : 'Patient';
    default:
      return null;
  }
}
