import type {
  CarePlan,
  Organization,
  Practitioner,
  PractitionerRole,
  Provenance,
  Reference,
} from '@medplum/fhirtypes';
import { canonicalIdentifier, type DomainRule, type Found, identifierSystems } from '@naravard/fhir';
import { extensions } from '../codes.ts';
import { extensionOf } from '../extension-reader.ts';
import { keyOf } from '../reference-key.ts';

/** Who does something with a plan: HSA-ids of the person and of the unit. */
export interface Employed {
  readonly employee: string;
  readonly unit: string;
}

/** A version of a CarePlan: `CarePlan/id` and its number. */
export interface PlanVersion {
  readonly plan: string;
  readonly version: number;
}

/** https://www.astm.org/e1762-95r13.html, http://hl7.org/fhir/R4/valueset-signature-type.html */
const authorsSignature = {
  system: 'urn:iso-astm:E1762-95:2013',
  code: '1.2.840.10065.1.12.1.1',
  display: "Author's Signature",
};

const participant = 'http://terminology.hl7.org/CodeSystem/provenance-participant-type';

/**
 * That somebody signs a version (PDL 2008:355 3 kap 10 §): who and when, without a cryptographic signature, since the log-in
 * and the sealed audit stand for it. The patient is a target too, so that the signature belongs to the record.
 */
export const signatureOf = (signed: PlanVersion, patient: string, by: Employed, at: string): Provenance => ({
  resourceType: 'Provenance',
  target: [{ reference: addressOf(signed) }, { reference: patient }],
  recorded: at,
  agent: [agentOf('legal', 'Legal', by)],
  signature: [{ type: [authorsSignature], when: at, who: person(by), onBehalfOf: unit(by) }],
});

/** That a version was put in force out of another, whose signatures go on to hold: it changes when and with whom alone. */
export const activationOf = (
  to: PlanVersion,
  from: PlanVersion,
  patient: string,
  by: Employed,
  at: string,
): Provenance => ({
  resourceType: 'Provenance',
  target: [{ reference: addressOf(to) }, { reference: patient }],
  recorded: at,
  activity: { text: 'Aktivering' },
  agent: [agentOf('performer', 'Performer', by)],
  entity: [{ role: 'revision', what: { reference: addressOf(from) } }],
});

/** HSA-ids of those who have signed a version, or the one that it was put in force out of. A later change is not signed. */
export function signersOf(provenances: readonly Provenance[], signed: PlanVersion): string[] {
  const about = (version: PlanVersion) =>
    provenances.filter(({ target = [] }) => target.some(({ reference }) => reference === addressOf(version)));
  const former = about(signed)
    .flatMap(({ entity = [] }) => entity)
    .filter(({ role }) => role === 'revision')
    .flatMap(({ what }) => versionOf(what, signed.plan) ?? []);
  return [signed, ...former].flatMap(about).flatMap(namesOf);
}

export const hasSigned = (provenance: Provenance, signed: PlanVersion, employee: string): boolean =>
  signersOf([provenance], signed).includes(hsaId(employee));

/** The responsible doctor and nurse of a head. */
export const responsibleOf = (head: CarePlan): { doctor: string | undefined; nurse: string | undefined } => ({
  doctor: keyOf(extensionOf(head, extensions.ansvarigLakare)?.valueReference),
  nurse: keyOf(extensionOf(head, extensions.ansvarigSjukskoterska)?.valueReference),
});

/** The HSA-id of who holds a post (`PractitionerRole/id`); undefined where it is not told. */
export function employeeOf(role: string, found: Found): string | undefined {
  const { practitioner } = (found(role) ?? {}) as Partial<PractitionerRole>;
  const { identifier = [] } = (found(keyOf(practitioner) ?? '') ?? {}) as Partial<Practitioner>;
  const known = [practitioner?.identifier ?? {}, ...identifier].map(({ system, value = '' }) =>
    canonicalIdentifier(system, value),
  );
  return known.find(({ system }) => system === identifierSystems.hsaId)?.value;
}

/** What `employeeOf` looks at. */
export const employeeNeeds = (roles: readonly string[], found: Found): string[] =>
  roles.flatMap((role) =>
    [role, keyOf((found(role) as PractitionerRole | undefined)?.practitioner) ?? []].flat(),
  );

/**
 * Nobody signs in another's name: what a member of staff writes is signed by that person. A system keeps its organisation's
 * records, signatures given elsewhere among them. A rule of type Provenance.
 */
export const egenSignatur: DomainRule = {
  id: 'provenance-egen-signatur',
  citation: 'patientdatalagen (2008:355) 3 kap. 10 §',
  sentence: 'staff sign in their own name alone',
  sv: 'Du kan bara signera i ditt eget namn.',
  check({ resource, writer }) {
    const { person } = writer;
    if (person === null || namesOf(resource as Provenance).every((name) => name === hsaId(person))) return [];
    return [
      {
        severity: 'error',
        expression: 'Provenance.signature.who',
        diagnostics: 'Sign with $sign on the resource: signature.who must be yourself, by your HSA-id.',
      },
    ];
  },
};

export const addressOf = ({ plan, version }: PlanVersion): string => `${plan}/_history/${version}`;

function versionOf({ reference = '' }: Reference, plan: string): PlanVersion | undefined {
  const version = keyOf({ reference }) === plan ? /\/_history\/(\d+)$/.exec(reference)?.[1] : undefined;
  return version === undefined ? undefined : { plan, version: Number(version) };
}

/** A signature without an HSA-id is nobody's. */
const namesOf = ({ signature = [] }: Provenance): string[] =>
  signature.map(({ who }) => hsaId(who?.identifier?.value ?? ''));

const hsaId = (value: string): string => canonicalIdentifier(identifierSystems.hsaId, value).value;

const person = ({ employee }: Employed): Reference<Practitioner> => ({
  type: 'Practitioner',
  identifier: { system: identifierSystems.hsaId, value: employee },
});

const unit = ({ unit }: Employed): Reference<Organization> => ({
  type: 'Organization',
  identifier: { system: identifierSystems.hsaId, value: unit },
});

const agentOf = (code: string, display: string, by: Employed): Provenance['agent'][number] => ({
  type: { coding: [{ system: participant, code, display }] },
  who: person(by),
  onBehalfOf: unit(by),
});
