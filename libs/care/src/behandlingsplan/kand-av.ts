import type { Communication, PractitionerRole, Reference } from '@medplum/fhirtypes';
import { canonicalIdentifier, type DomainRule, identifierSystems } from '@naravard/fhir';
import { systems } from '../codes.ts';
import { addressOf, type Employed, type PlanVersion } from './signatur.ts';

/** That a unit knows a version of a plan. */
export interface Acknowledgement {
  /** HSA-id. */
  readonly unit: string;
  readonly version: number;
  /** Instant, ISO. */
  readonly at: string;
}

const category = { system: systems.communication, code: 'kand-av', display: 'Känd av' };

/**
 * "Känd av": a unit that is to act on a plan has read a version of it. Who read it, for which unit, is contained, so that it
 * says what held then. It is part of the plan, so that `Communication?part-of=CarePlan/[id]` finds it.
 */
export const acknowledgementOf = (
  known: PlanVersion,
  patient: string,
  { employee, unit }: Employed,
  at: string,
): Communication => ({
  resourceType: 'Communication',
  contained: [
    {
      resourceType: 'PractitionerRole',
      id: 'avsandare',
      practitioner: { type: 'Practitioner', identifier: hsa(employee) },
      organization: { type: 'Organization', identifier: hsa(unit) },
    },
  ],
  partOf: [{ reference: known.plan }],
  status: 'completed',
  category: [{ coding: [category] }],
  subject: { reference: patient },
  about: [{ reference: addressOf(known) }],
  sent: at,
  sender: { reference: '#avsandare' },
});

const isAcknowledgement = (resource: object): resource is Communication => {
  const { resourceType, category: given = [] } = resource as Communication;
  const is = ({ system, code }: { system?: string; code?: string }) =>
    system === category.system && code === category.code;
  return resourceType === 'Communication' && given.some(({ coding = [] }) => coding.some(is));
};

/** Those of a plan (`CarePlan/id`), oldest first, one for each unit and version. */
export function acknowledgementsOf(plan: string, resources: readonly object[]): Acknowledgement[] {
  const all = resources
    .filter(isAcknowledgement)
    .filter(({ status }) => status === 'completed')
    .flatMap((each) => readAcknowledgement(plan, each) ?? [])
    .sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
  const first = new Map(all.toReversed().map((each) => [`${each.unit} ${each.version}`, each]));
  return all.filter((each) => first.get(`${each.unit} ${each.version}`) === each);
}

function readAcknowledgement(plan: string, communication: Communication): Acknowledgement | undefined {
  const { about = [], sent = '' } = communication;
  const version = about
    .flatMap(({ reference }) => (reference?.startsWith(`${plan}/_history/`) ? [reference] : []))
    .map((reference) => Number(reference.slice(`${plan}/_history/`.length)))[0];
  const unit = hsaIdIn(senderOf(communication)?.organization);
  return version === undefined || unit === undefined ? undefined : { unit, version, at: sent };
}

const senderOf = ({ contained = [], sender }: Communication) =>
  contained.find(({ id }) => `#${id}` === sender?.reference) as PractitionerRole | undefined;

const hsaIdIn = ({ identifier: { value } = {} }: Reference = {}): string | undefined =>
  value === undefined ? undefined : canonicalIdentifier(identifierSystems.hsaId, value).value;

const isBy = (reference: Reference | undefined, hsaId: string | null): boolean =>
  hsaId !== null && hsaIdIn(reference) === canonicalIdentifier(identifierSystems.hsaId, hsaId).value;

/** A rule of type Communication. A system keeps its organisation's records, and may say so for its units. */
export const egenKandAv: DomainRule = {
  id: 'behandlingsplan-kand-av',
  citation: 'God och nära vård, Region Halland och kommunerna (2025), 2a',
  sentence: 'staff say in their own name, for their own unit alone, that a plan is known there',
  sv: 'Du kan bara säga i ditt eget namn, för din egen enhet, att en plan är känd.',
  check({ resource, writer }) {
    if (writer.person === null || !isAcknowledgement(resource)) return [];
    const { practitioner, organization } = senderOf(resource) ?? {};
    if (isBy(practitioner, writer.person) && isBy(organization, writer.unit)) return [];
    return [
      {
        severity: 'error',
        expression: 'Communication.sender',
        diagnostics: 'Use $acknowledge on the CarePlan: it says so for the unit of your commission.',
      },
    ];
  },
};

const hsa = (value: string) => ({ system: identifierSystems.hsaId, value });
