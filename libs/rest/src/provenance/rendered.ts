// http://hl7.org/fhir/R4/provenance.html
import { actorOfKey } from '@naravard/access';
import { identifierSystems } from '@naravard/fhir';
import type { Origin, Stored } from '@naravard/store';

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
    activity: { coding: [{ system: dataOperation, ...operationOf(origin) }] },
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
    mask: 'none',
    blocked: false,
  };
}

const dataOperation = 'http://terminology.hl7.org/CodeSystem/v3-DataOperation';

function operationOf({ method, key }: Origin): { code: string; display: string } {
  if (method === 'DELETE') return { code: 'DELETE', display: 'delete' };
  return key.version === 1 ? { code: 'CREATE', display: 'create' } : { code: 'UPDATE', display: 'revise' };
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

/** HSA-ids are those of the country, the number of the organisation, and what it has chosen. */
const hsaIdForm = /^[A-Z]{2}\d{10}-[0-9A-Z]+$/;

/** A version tells its author by id alone; people who act for themselves or for others have no custodian. */
function whoOf({ author, custodian: key, patient }: Origin & { author: string }): object {
  if (author === patient) return { reference: `Patient/${author}` };
  if (key === null)
    return {
      type: 'RelatedPerson',
      identifier: { system: 'https://naravard.se/fhir/person', value: author },
    };
  if (hsaIdForm.test(author))
    return { type: 'Practitioner', identifier: { system: identifierSystems.hsaId, value: author } };
  const identifier = { system: 'https://naravard.se/fhir/client', value: author };
  // What is about nobody may have been written by an administrator as well as by a system.
  return patient === null ? { identifier: { value: author } } : { type: 'Device', identifier };
}
