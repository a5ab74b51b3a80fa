import type { HumanName, Identifier, Organization, Reference, Resource } from '@medplum/fhirtypes';
import { canonicalIdentifier, identifierSystems } from '@naravard/fhir';

/** Resources by what refers to them. */
export interface KnownResources {
  /** The resource of `Type/id`, with or without a version behind it. */
  get(reference: string | undefined): Resource | undefined;
  of<Type extends Resource['resourceType']>(type: Type): Extract<Resource, { resourceType: Type }>[];
  /** In words: what the reference displays, else the name of what it is to; null where neither is known. */
  nameOf(reference: Reference | undefined): string | null;
  /** The unit, in words, of who or what is referred to. */
  unitOf(reference: Reference | undefined): string | null;
  /** The HSA-id of that unit, which tells it from another of the same name; null where it is not known. */
  unitHsaIdOf(reference: Reference | undefined): string | null;
}

export function knownResources(resources: readonly object[]): KnownResources {
  const byReference = new Map(resources.map((each) => [referenceOf(each as Resource), each as Resource]));
  const get: KnownResources['get'] = (reference) =>
    reference === undefined ? undefined : byReference.get(reference.replace(/\/_history\/.*$/, ''));
  const nameOf: KnownResources['nameOf'] = (reference) =>
    reference?.display ?? nameOfResource(get(reference?.reference), nameOf);
  /** The organisation that who or what is referred to belongs to, or is. */
  const unitBehind = (reference: Reference | undefined): Reference | undefined => {
    const resource = get(reference?.reference);
    switch (resource?.resourceType) {
      case 'PractitionerRole':
        return resource.organization;
      case 'CareTeam':
        return resource.managingOrganization?.[0];
      case 'HealthcareService':
        return resource.providedBy;
      default:
        return reference?.reference?.startsWith('Organization/') ? reference : undefined;
    }
  };
  const unitHsaIdOf: KnownResources['unitHsaIdOf'] = (reference) => {
    const unit = unitBehind(reference);
    const { identifier = [] } = (get(unit?.reference) ?? {}) as Partial<Organization>;
    return [...identifier, unit?.identifier].flatMap((each) => hsaIdIn(each) ?? [])[0] ?? null;
  };
  return {
    get,
    nameOf,
    unitOf: (reference) => nameOf(unitBehind(reference)),
    unitHsaIdOf,
    of: <Type extends Resource['resourceType']>(type: Type) =>
      [...byReference.values()].filter(
        (each): each is Extract<Resource, { resourceType: Type }> => each.resourceType === type,
      ),
  };
}

function hsaIdIn({ system, value }: Identifier = {}): string | undefined {
  const canonical = value === undefined ? undefined : canonicalIdentifier(system, value);
  return canonical?.system === identifierSystems.hsaId ? canonical.value : undefined;
}

export const referenceOf = ({ resourceType, id }: Resource): string => `${resourceType}/${id}`;

export const personName = (name: HumanName | undefined): string | null =>
  name?.text ?? ([...(name?.given ?? []), name?.family].filter(Boolean).join(' ') || null);

function nameOfResource(resource: Resource | undefined, nameOf: KnownResources['nameOf']): string | null {
  switch (resource?.resourceType) {
    case 'Patient':
    case 'RelatedPerson':
    case 'Practitioner':
      return personName(resource.name?.[0]);
    case 'PractitionerRole':
      return nameOf(resource.practitioner) ?? resource.code?.[0]?.text ?? nameOf(resource.organization);
    case 'Organization':
    case 'CareTeam':
    case 'HealthcareService':
    case 'Location':
      return resource.name ?? null;
    default:
      return null;
  }
}
