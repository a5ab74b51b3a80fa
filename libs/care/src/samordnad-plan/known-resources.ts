import type { HumanName, Reference, Resource } from '@medplum/fhirtypes';

/** Resources by what refers to them. */
export interface KnownResources {
  /** The resource of `Type/id`, with or without a version behind it. */
  get(reference: string | undefined): Resource | undefined;
  of<Type extends Resource['resourceType']>(type: Type): Extract<Resource, { resourceType: Type }>[];
  /** In words: what the reference displays, else the name of what it is to; null where neither is known. */
  nameOf(reference: Reference | undefined): string | null;
  /** The unit, in words, of who or what is referred to. */
  unitOf(reference: Reference | undefined): string | null;
}

export function knownResources(resources: readonly object[]): KnownResources {
  const byReference = new Map(resources.map((each) => [referenceOf(each as Resource), each as Resource]));
  const get: KnownResources['get'] = (reference) =>
    reference === undefined ? undefined : byReference.get(reference.replace(/\/_history\/.*$/, ''));
  const nameOf: KnownResources['nameOf'] = (reference) =>
    reference?.display ?? nameOfResource(get(reference?.reference), nameOf);
  const unitOf: KnownResources['unitOf'] = (reference) => {
    const resource = get(reference?.reference);
    switch (resource?.resourceType) {
      case 'PractitionerRole':
        return nameOf(resource.organization);
      case 'CareTeam':
        return nameOf(resource.managingOrganization?.[0]);
      case 'HealthcareService':
        return nameOf(resource.providedBy);
      case 'Organization':
        return resource.name ?? null;
      default:
        return reference?.reference?.startsWith('Organization/') ? (reference.display ?? null) : null;
    }
  };
  return {
    get,
    nameOf,
    unitOf,
    of: <Type extends Resource['resourceType']>(type: Type) =>
      [...byReference.values()].filter(
        (each): each is Extract<Resource, { resourceType: Type }> => each.resourceType === type,
      ),
  };
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
