// http://hl7.org/fhir/R4/provenance.html
import { actorOfKey } from '@naravard/access';
import { identifierSystems } from '@naravard/fhir';
import type { Origin, Stored } from '@naravard/store';
import { isHsaId } from '../hsa-id.ts';

/**
 * The Provenance of a version, as it would be stored: PDL (2008:355) 3 kap 6 and 14 §§, who made it, for whom and when. As in
 * Inera's EHDS-TK, agent `custodian` is the vårdgivare (or omsorgsgivare), which an outer spärr goes by, and agent `author`
 * the vårdenhet, which an inner one goes by; agent `enterer` is who wrote it.
 */
export function renderedProvenance(origin: Origin, id: string): Stored {
  const { type, id: target, key, recorded } = origin;
  const resource = {
    target: [{ reference: `${type}/${target}/_history/${key.version}` }],
    recorded,
    activity: { coding: [activityOf(origin)] },
    agent: agentsOf(origin),
  };
  return {
    type: 'Provenance',
    id,
    version: 1,
    lastUpdated: recorded,
    deleted: false,
    method: 'POST',
    meta: null,
    body: `,${JSON.stringify(resource).slice(1)}`,
    custodian: origin.custodian,
    mask: 'none',
    blocked: false,
  };
}

const dataOperation = 'http://terminology.hl7.org/CodeSystem/v3-DataOperation';

/** v3-DataOperation has no code of two registrations that become one; ISO 21089 has. */
const lifecycle = 'http://terminology.hl7.org/CodeSystem/iso-21089-lifecycle';

function activityOf({ method, key, activity }: Origin): { system: string; code: string; display: string } {
  if (activity === 'merge')
    return { system: lifecycle, code: 'merge', display: 'Merge Record Lifecycle Event' };
  const system = dataOperation;
  if (method === 'DELETE') return { system, code: 'DELETE', display: 'delete' };
  return key.version === 1
    ? { system, code: 'CREATE', display: 'create' }
    : { system, code: 'UPDATE', display: 'revise' };
}

const participants = 'http://terminology.hl7.org/CodeSystem/provenance-participant-type';
const participant = (code: string, display: string) => ({
  coding: [{ system: participants, code, display }],
});

/**
 * OSL (2009:400) 22 kap 1 §: where a person with protected identity is cared for leads to where the person lives, and so
 * does who registered the person.
 */
function agentsOf(origin: Origin): object[] {
  const { mask, type } = origin;
  if (mask !== 'protected-identity') {
    const agents = [...custodian(origin), ...unit(origin), ...enterer(origin)];
    return agents.length ? agents : [{ who: absent('unknown') }];
  }
  const agents = personal.has(type) ? [] : custodian(origin);
  return agents.length ? agents : [{ who: absent('masked') }];
}

const personal: ReadonlySet<string> = new Set(['Patient', 'Person', 'RelatedPerson', 'Location']);

const absent = (valueCode: string) => ({
  extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/data-absent-reason', valueCode }],
});

const organisation = (hsaId: string) => ({
  type: 'Organization',
  identifier: { system: identifierSystems.hsaId, value: hsaId },
});

function custodian({ custodian: key }: Origin): object[] {
  const legal = actorOfKey(key);
  if (!legal) return [];
  return [
    {
      type: participant('custodian', 'Custodian'),
      role: [{ text: legal.as === 'vardgivare' ? 'Vårdgivare' : 'Omsorgsgivare' }],
      who: organisation(legal.hsaId),
    },
  ];
}

const unit = ({ unit: hsaId }: Origin): object[] =>
  hsaId === null ? [] : [{ type: participant('author', 'Author'), who: organisation(hsaId) }];

function enterer(origin: Origin): object[] {
  const { author, unit: hsaId } = origin;
  if (author === null) return [];
  return [
    {
      type: participant('enterer', 'Enterer'),
      who: whoOf({ ...origin, author }),
      ...(hsaId !== null && { onBehalfOf: organisation(hsaId) }),
    },
  ];
}

/** A version tells its author by id alone; people who act for themselves or for others have no custodian, nor have administrators. */
function whoOf({ author, custodian: key, patient }: Origin & { author: string }): object {
  if (author === patient) return { reference: `Patient/${author}` };
  if (key === null && patient !== null)
    return {
      type: 'RelatedPerson',
      identifier: { system: 'https://naravard.se/fhir/person', value: author },
    };
  if (isHsaId(author))
    return { type: 'Practitioner', identifier: { system: identifierSystems.hsaId, value: author } };
  const identifier = { system: 'https://naravard.se/fhir/client', value: author };
  // What is about nobody may have been written by an administrator as well as by a system.
  return patient === null ? { identifier: { value: author } } : { type: 'Device', identifier };
}
