import type { StatedFact } from '../stated-fact.ts';
import { type CareTeam, careTeam } from './care-team.ts';
import type { Consent } from './consent/shape.ts';
import { consent } from './consent.ts';
import { type EpisodeOfCare, episodeOfCare } from './episode-of-care.ts';
import { type OrganizationAffiliation, organizationAffiliation } from './organization-affiliation.ts';
import { type Patient, patient } from './patient.ts';
import { notSo } from './refusal.ts';
import { type RelatedPerson, relatedPerson } from './related-person.ts';
import type { Stating } from './stating.ts';
import type { Writer } from './writer.ts';

/** The resources that state facts; `factTypes` lists their types. */
type Stater = CareTeam | Consent | EpisodeOfCare | OrganizationAffiliation | Patient | RelatedPerson;

/**
 * What a resource states that access decides on. `resource` is valid R4, `id` its own id, `base` our FHIR base URL. Facts
 * on relations and answers are about the writer's own organisation, whatever the body says.
 * @throws Problem 'forbidden' when it is not the writer's to state, 'business-rule' when it cannot be stated so
 */
export function statedFacts(resource: object, id: string, writer: Writer, base?: string): StatedFact[] {
  const facts = factsIn(resource as Stater, { id, writer, base });
  if (facts.length > 0) refuseModified(resource);
  return facts;
}

function factsIn(resource: Stater, stating: Stating): StatedFact[] {
  switch (resource.resourceType) {
    case 'CareTeam':
      return careTeam(resource, stating);
    case 'Consent':
      return consent(resource, stating);
    case 'EpisodeOfCare':
      return episodeOfCare(resource, stating);
    case 'OrganizationAffiliation':
      return organizationAffiliation(resource, stating);
    case 'Patient':
      return patient(resource, stating);
    case 'RelatedPerson':
      return relatedPerson(resource, stating);
    default:
      resource satisfies never;
      return [];
  }
}

/**
 * A modifier may turn what it stands on into its opposite, and none is known here
 * (http://hl7.org/fhir/R4/extensibility.html#modifierExtension).
 */
function refuseModified(resource: object): void {
  const found = JSON.stringify(resource).includes('"modifierExtension"') ? modified(resource) : undefined;
  if (found === undefined) return;
  throw notSo(
    found,
    'This resource decides on access, and an extension that modifies it is not understood: leave it out.',
  );
}

function modified(value: unknown, path = ''): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  if (Array.isArray(value)) return firstOf(value.map((each, at) => [each, `${path}[${at}]`]));
  if ('modifierExtension' in value) return path === '' ? 'modifierExtension' : `${path}.modifierExtension`;
  return firstOf(
    Object.entries(value)
      .filter(([name]) => name !== 'contained' && name !== 'text')
      .map(([name, each]) => [each, path === '' ? name : `${path}.${name}`]),
  );
}

const firstOf = (values: readonly (readonly [unknown, string])[]): string | undefined => {
  for (const [value, path] of values) {
    const found = modified(value, path);
    if (found !== undefined) return found;
  }
  return undefined;
};
