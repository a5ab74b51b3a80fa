import type { Resource } from '@medplum/fhirtypes';
import { labelledAs } from '../labelled-as.ts';
import type { Composed } from './compose.ts';
import { referenceOf } from './known-resources.ts';
import { planNarrative } from './markup.ts';
import type { SamordnadPlan } from './samordnad-plan.ts';
import { type PlanSection, sectionsOf } from './sections.ts';
import { timeInWords } from './swedish-time.ts';

const sectionSystem = 'https://naravard.se/fhir/CodeSystem/samordnad-plan-avsnitt';

export interface DocumentOptions {
  /** UUID of this document. */
  readonly id: string;
  /** The FHIR base, without a slash at its end. */
  readonly base: string;
  /** The text of one of the composed resources; JSON.stringify unless given. */
  readonly textOf?: (resource: object) => string;
}

/**
 * The plan as a document: JSON of a Bundle with the Composition first, then the Patient, what the sections are about, and who
 * and where that refers to. http://hl7.org/fhir/R4/documents.html
 */
export function planDocument({ plan, resources }: Composed, options: DocumentOptions): string {
  const { id, base, textOf = JSON.stringify } = options;
  const sections = sectionsOf(plan);
  const known = new Map(resources.map((each) => [referenceOf(each as Resource), each]));
  const named = [plan.patient.reference, ...sections.flatMap(({ references }) => references)];
  const entries = [...reached(named, known)].map(
    (each) => `{"fullUrl":${JSON.stringify(`${base}/${each}`)},"resource":${textOf(known.get(each) ?? {})}}`,
  );
  const composition = JSON.stringify({
    fullUrl: `urn:uuid:${id}`,
    resource: compositionOf(plan, sections, known, base),
  });
  const head = JSON.stringify({
    resourceType: 'Bundle',
    language: 'sv',
    identifier: { system: 'urn:ietf:rfc:3986', value: `urn:uuid:${id}` },
    type: 'document',
    timestamp: plan.at,
  });
  return `${head.slice(0, -1)},"entry":[${[composition, ...entries].join(',')}]}`;
}

/** What is named and is there, and what that refers to in turn. */
function reached(named: readonly string[], known: ReadonlyMap<string, object>): Set<string> {
  const found = new Set<string>();
  const visit = (value: unknown, name: string): void => {
    if (typeof value === 'string') {
      if (name === 'reference') add(value);
    } else if (Array.isArray(value)) {
      for (const each of value) visit(each, name);
    } else if (typeof value === 'object' && value !== null) {
      for (const [member, each] of Object.entries(value)) visit(each, member);
    }
  };
  const add = (reference: string): void => {
    const resource = found.has(reference) ? undefined : known.get(reference);
    if (!resource) return;
    found.add(reference);
    visit(resource, '');
  };
  for (const each of named) add(each);
  return found;
}

function compositionOf(
  plan: SamordnadPlan,
  sections: readonly PlanSection[],
  known: ReadonlyMap<string, object>,
  base: string,
): object {
  const { patient, at, form } = plan;
  const refer = (reference: string) => ({ reference: `${base}/${reference}` });
  return {
    resourceType: 'Composition',
    ...labelledAs(known.get(patient.reference) ?? {}),
    language: 'sv',
    text: { status: 'generated', div: planNarrative({ title: titleOf(plan), rows: [] }) },
    status: 'final',
    type: {
      coding: [{ system: 'http://loinc.org', code: '18776-5', display: 'Plan of care note' }],
      text: 'Samordnad plan',
    },
    subject: refer(patient.reference),
    date: at,
    author: [{ display: 'naravard' }],
    title: titleOf(plan),
    ...(form === 'patient' && { confidentiality: 'N' }),
    section: sections.map((each) => {
      const entry = each.references.filter((reference) => known.has(reference)).map(refer);
      return {
        title: each.title,
        code: { coding: [{ system: sectionSystem, code: each.code }] },
        text: { status: 'generated', div: planNarrative(each) },
        ...(entry.length && { entry }),
      };
    }),
  };
}

/** `Samordnad plan för Astrid Testberg, torsdag 12 november 2026 kl. 09.00`. */
export const titleOf = ({ patient, at }: SamordnadPlan): string =>
  [`Samordnad plan${patient.name === null ? '' : ` för ${patient.name}`}`, timeInWords(at)].join(', ');
