import type { CodeableConcept, Coding, Identifier, Reference } from '@medplum/fhirtypes';

/** Base of the code systems and extensions that naravard defines itself. */
export const OWN = 'https://naravard.se/fhir';

const INERA = 'https://terminologitjansten.inera.se/inera-kodverksforvaltning/kodverk';

/** Code systems by the names used in the demo; sources are given in docs/glossary.md. */
export const systems = {
  careTeamType: 'https://fhir.inera.se/ig/careteam/CodeSystem/typ-av-careteam-cs',
  fastKontakt: `${INERA}/kv_typ_av_fast_kontakt`,
  vardkontaktTyp: `${INERA}/kv_vardkontakttyp`,
  planType: 'https://fhir.inera.se/CodeSystem/typeofcareplan-cs',
  ownPlanType: `${OWN}/CodeSystem/plantyp`,
  ownVardkontakt: `${OWN}/CodeSystem/vardkontakt`,
  ownTask: `${OWN}/CodeSystem/utskrivningsmeddelande`,
  insats: `${OWN}/CodeSystem/insats`,
  encounterClass: 'http://terminology.hl7.org/CodeSystem/v3-ActCode',
  icd10se: 'http://hl7.org/fhir/sid/icd-10-se',
  hsaId: 'urn:oid:1.2.752.29.4.19',
  personnummer: 'http://electronichealth.se/identifier/personnummer',
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
