import type { DomainRule, Finding } from '@naravard/fhir';
import { extensions } from '../codes.ts';
import { extensionOf, extensionPath } from '../extension-reader.ts';
import { isHiddenFromPatient } from './hidden-from-patient.ts';
import { headOf, isBehandlingsplan } from './plan.ts';

/** What is said to be hidden is hidden: the patient's access goes by the security label alone. */
export const synlig: DomainRule = {
  id: 'behandlingsplan-synlig',
  citation: 'patientdatalagen (2008:355) 5 kap. 5 §; HL7 v3-ActCode NOPAT',
  sentence:
    'a behandlingsplan that the patient does not see has the security label NOPAT, and so have its parts; one that the patient sees has not',
  sv: 'Det som står om att patienten ser planen stämmer med hur den är märkt.',
  needs: ({ resource }) => (isBehandlingsplan(resource) ? [headOf(resource) ?? []].flat() : []),
  check({ resource }, found) {
    if (!isBehandlingsplan(resource)) return [];
    const stated = extensionOf(resource, extensions.synligForPatient)?.valueBoolean;
    const isHidden = isHiddenFromPatient(resource);
    const head = found(headOf(resource) ?? '');
    const isOfHidden = head !== undefined && isBehandlingsplan(head) && isHiddenFromPatient(head);
    if (stated === isHidden) return [differs];
    return isOfHidden && !isHidden ? [ofHidden] : [];
  },
};

const differs: Finding = {
  severity: 'error',
  expression: extensionPath('CarePlan', extensions.synligForPatient),
  diagnostics:
    'synlig-for-patient and the label NOPAT in meta.security must agree: state false with the label, or true without it.',
  sv: 'Planen är märkt på ett sätt och beskriven på ett annat. Ange om patienten ska se den.',
};

const ofHidden: Finding = {
  severity: 'error',
  expression: 'CarePlan.meta.security',
  diagnostics: 'The plan that this is a part of is kept from the patient: add the label NOPAT to its part.',
  sv: 'Patienten ser inte planen. Då ska inte heller delen visas.',
};
