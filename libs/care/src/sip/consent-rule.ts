import { type DomainRule, type Finding, periodRange } from '@naravard/fhir';
import {
  type Coding,
  isInForce,
  isSipHead,
  type Reference,
  type SipElements,
  type SipExtension,
} from './elements.ts';
import { law } from './law.ts';

/** Codes of a Consent's category on which a SIP can be made, in https://naravard.se/fhir/CodeSystem/consent. */
const grounds: readonly string[] = ['sip-samtycke', 'saknar-beslutsformaga', 'barn-kan-inte-samtycka'];
const consentSystem = 'https://naravard.se/fhir/CodeSystem/consent';
const form = 'https://naravard.se/fhir/StructureDefinition/samtycke-form';

interface Consent {
  readonly status?: string;
  readonly category?: readonly { readonly coding?: readonly Coding[] }[];
  readonly patient?: Reference;
  readonly extension?: readonly SipExtension[];
  readonly provision?: {
    readonly type?: string;
    readonly period?: { readonly start?: string; readonly end?: string };
  };
}

/** Applies to a head that is in force: what is ended may stand without a consent that was taken back. */
export const sipSamtycke: DomainRule = {
  id: 'sip-samtycke',
  citation: law.consent,
  sentence:
    'a SIP in force rests on the recorded consent of the person, or on a documented finding that the person cannot take a stand or that a child cannot consent',
  sv: 'En SIP kräver att personen har samtyckt, eller att det är dokumenterat att personen inte kan ta ställning.',
  needs: ({ resource }) => (applies(resource) ? consentsOf(resource) : []),
  check({ resource, at }, found) {
    if (!applies(resource)) return [];
    const consents = consentsOf(resource).map((reference) => found(reference) as Consent | undefined);
    const standing = consents.find((each) => each && permits(each, resource, at));
    if (standing) return hasForm(standing) ? [] : [noForm];
    return [noConsent];
  },
};

const applies = (plan: SipElements): boolean => isSipHead(plan) && isInForce(plan);

const consentsOf = ({ supportingInfo = [] }: SipElements): string[] =>
  supportingInfo.flatMap(({ reference = '' }) => /^Consent\/[^/]+/.exec(reference)?.[0] ?? []);

function permits(consent: Consent, { subject }: SipElements, at: string): boolean {
  const { status, category = [], patient, provision } = consent;
  const codes = category.flatMap(({ coding = [] }) =>
    coding.flatMap(({ system, code = '' }) => (system === consentSystem ? [code] : [])),
  );
  const period = provision?.period;
  const limits = period === undefined ? { start: null, end: null } : periodRange(period);
  return (
    status === 'active' &&
    codes.some((code) => grounds.includes(code)) &&
    provision?.type === 'permit' &&
    patient?.reference === subject?.reference &&
    limits !== undefined &&
    (limits.start === null || limits.start <= at) &&
    (limits.end === null || at < limits.end)
  );
}

/** A finding has no form; an answer is given in one. */
const hasForm = ({ category = [], extension = [] }: Consent): boolean =>
  extension.some(({ url }) => url === form) ||
  !category.some(({ coding = [] }) => coding.some(({ code }) => code === 'sip-samtycke'));

const noConsent: Finding = {
  severity: 'error',
  expression: 'CarePlan.supportingInfo',
  diagnostics:
    'Refer in supportingInfo to the active Consent on which the SIP is made: sip-samtycke (Patient/[id]/$samtycke with kind sip), saknar-beslutsformaga or barn-kan-inte-samtycka, about this patient and standing now. Without one, end the plan with CarePlan/[id]/$sip-avslut.',
};

const noForm: Finding = {
  severity: 'warning',
  expression: 'CarePlan.supportingInfo',
  diagnostics: 'The consent does not say its form: record it with Patient/[id]/$samtycke (form).',
};
