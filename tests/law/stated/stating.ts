import {
  keyOfActor,
  type LegalActor,
  type StaffCaller,
  type StatedFact,
  statedFacts,
  type Writer,
} from '@naravard/access';
import { createValidator, loadDefinitions, Problem } from '@naravard/fhir';
import { centre, homeHelp, homeNurse, kommun, kommunOmsorg, region, ward } from '../decisions/build.ts';

/**
 * Who writes in these tests: the callers of the decision's tables, as their tokens make writers of them. Staff do it through
 * an operation, where there is one.
 */
export const writerBy = (
  { commission: { organisation, unit, employee } }: StaffCaller,
  change: Partial<Writer> = {},
): Writer => ({
  kind: 'staff',
  id: employee,
  organisation: keyOfActor(organisation),
  unit,
  rights: [],
  operation: true,
  ...change,
});

export const systemOf = (organisation: LegalActor, unit: string | null = null): Writer => ({
  kind: 'system',
  id: 'journal',
  organisation: keyOfActor(organisation),
  unit,
  rights: [],
  operation: false,
});

export const byCentre = writerBy(centre);
export const byWard = writerBy(ward);
export const byHomeNurse = writerBy(homeNurse);
export const byHomeHelp = writerBy(homeHelp);
export const byOfficer = writerBy(ward, { id: 'SE0000000002-9001', rights: ['block-officer'] });
export const regionSystem = systemOf(region);
export const kommunSystem = systemOf(kommun);
export const omsorgSystem = systemOf(kommunOmsorg);
export const byAdministrator: Writer = { ...regionSystem, kind: 'administrator', id: 'admin' };
/** The person, at a unit of the region that an operation has found out; without one there is no organisation. */
export const byPatient: Writer = {
  kind: 'patient',
  id: 'astrid',
  organisation: null,
  unit: null,
  rights: [],
  operation: false,
};
export const byPatientAtCentre: Writer = {
  ...byPatient,
  organisation: keyOfActor(region),
  unit: centre.commission.unit,
  operation: true,
};
export const byGuardianAtCentre: Writer = { ...byPatientAtCentre, kind: 'guardian', id: 'karin' };

export const hsaSystem = 'urn:oid:1.2.752.29.4.19';
export const rivHsaSystem = 'urn:oid:1.2.752.129.2.1.4.1';
export const hsa = (value: string, system = hsaSystem) => ({ identifier: { system, value } });
export const astridsRecord = { reference: 'Patient/astrid' };

export const stated = (resource: object, writer: Writer): StatedFact[] =>
  statedFacts(resource, 'made', writer, 'https://care.example.se/fhir');

/** What kind of problem a resource is refused with and where; undefined when it is not. */
export function refused(resource: object, writer: Writer): { kind: string; expression?: string } | undefined {
  try {
    stated(resource, writer);
    return undefined;
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return { kind: error.kind, expression: error.findings[0]?.expression };
  }
}

/** Of a fact that states no more than it names. */
export const plain: Omit<StatedFact, 'kind'> = {
  patient: 'astrid',
  organisation: null,
  unit: null,
  person: null,
  during: { start: null, end: null },
  information: null,
  types: [],
  about: null,
  value: null,
  author: null,
};

const validator = createValidator(loadDefinitions());
/** Errors of R4, so that what the tests make is what could be sent. */
export const invalid = (resource: object): string[] =>
  validator(resource)
    .filter(({ severity }) => severity === 'error')
    .map(({ expression, diagnostics }) => `${expression}: ${diagnostics}`);
