import type { CodeableConcept, Coding, Identifier, Reference } from '@medplum/fhirtypes';
import { systems as ofCare } from '@naravard/care';
import { identifierSystems } from '@naravard/fhir';

/** Base of the code systems and extensions that naravard defines itself. */
export const OWN = 'https://naravard.se/fhir';

/** Code systems by the names used in the demo: those of care, and the others; sources are given in docs/glossary.md. */
export const systems = {
  ...ofCare,
  access: `${OWN}/CodeSystem/access`,
  ownTask: `${OWN}/CodeSystem/utskrivningsmeddelande`,
  encounterClass: 'http://terminology.hl7.org/CodeSystem/v3-ActCode',
  icd10se: 'http://hl7.org/fhir/sid/icd-10-se',
  hsaId: identifierSystems.hsaId,
  personnummer: identifierSystems.personnummer,
} as const;

export const coding = (system: string, code: string, display: string): Coding => ({ system, code, display });

export const concept = (...codings: Coding[]): CodeableConcept => ({
  coding: codings,
  ...(codings[0]?.display && { text: codings[0].display }),
});

export const hsaIdentifier = (value: string): Identifier => ({ system: systems.hsaId, value });

export function ref<T extends Reference>(reference: string, display?: string): T {
  return { reference, ...(display && { display }) } as T;
}

/** http://hl7.se/fhir/ig/base: marks test data. */
export const DEMO: Coding = coding(systems.encounterClass, 'DEMO', 'Demo');
