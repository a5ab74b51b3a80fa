import type { CarePlan, MedicationRequest } from '@medplum/fhirtypes';
import type { DomainRule, Finding, Found } from '@naravard/fhir';
import { extensions, forsamring } from '../codes.ts';
import { extensionOf } from '../extension-reader.ts';
import { keyOf } from '../reference-key.ts';
import { isBehandlingsplan } from './plan.ts';

/** Also of drafts. An ordination that is kept elsewhere is pointed to by its identifier, and cannot be looked at. */
export const ordination: DomainRule = {
  id: 'behandlingsplan-ordination',
  citation: 'HSLF-FS 2017:37 om ordination och hantering av läkemedel',
  sentence: 'an ordination that a step points to is of the same patient, active and to be taken as needed',
  sv: 'Ordinationen som ett steg pekar på gäller patienten, är aktuell och är vid behov.',
  needs: ({ resource }) => ordinations(resource).map(({ reference }) => reference),
  check: ({ resource }, found) =>
    ordinations(resource)
      .filter(({ reference }) => !isValid(reference, resource as CarePlan, found))
      .map(({ expression }): Finding => notValid(expression)),
};

function ordinations(resource: object): { reference: string; expression: string }[] {
  if (!isBehandlingsplan(resource)) return [];
  return (resource.activity ?? []).flatMap((activity, index) => {
    const step = extensionOf(activity, extensions.forsamring);
    const reference = extensionOf(step, forsamring.ordination)?.valueReference?.reference;
    return reference === undefined ? [] : [{ reference, expression: `CarePlan.activity[${index}]` }];
  });
}

function isValid(reference: string, { subject }: CarePlan, found: Found): boolean {
  const request = found(reference) as MedicationRequest | undefined;
  if (request?.resourceType !== 'MedicationRequest' || request.status !== 'active') return false;
  const isAsNeeded = (request.dosageInstruction ?? []).some(
    ({ asNeededBoolean, asNeededCodeableConcept }) =>
      asNeededBoolean === true || asNeededCodeableConcept !== undefined,
  );
  return isAsNeeded && keyOf(request.subject) !== undefined && keyOf(request.subject) === keyOf(subject);
}

const notValid = (expression: string): Finding => ({
  severity: 'error',
  expression,
  diagnostics:
    'The ordination must be a MedicationRequest of this patient that you can read, active and as needed: point to one that is, or write "ring läkare".',
  sv: 'Steget pekar på en ordination som inte gäller. Peka på en aktuell ordination vid behov, eller skriv "ring läkare".',
});
