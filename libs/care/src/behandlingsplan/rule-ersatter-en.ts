import type { CarePlan } from '@medplum/fhirtypes';
import type { DomainRule, Finding } from '@naravard/fhir';
import { keyOf, keysOf } from '../reference-key.ts';
import { headOf, isBehandlingsplan } from './plan.ts';

/** Versions of a plan replace each other: the former ends when the next becomes active, and not before. */
export const ersatterEn: DomainRule = {
  id: 'behandlingsplan-ersatter-en',
  citation:
    'patientdatalagen (2008:355) 3 kap. 6 §; http://hl7.org/fhir/R4/careplan-definitions.html#CarePlan.replaces',
  sentence: 'a behandlingsplan replaces at most one, of the same patient, which ends when it becomes active',
  sv: 'En ny behandlingsplan ersätter en tidigare, som upphör när den nya börjar gälla.',
  needs: ({ resource }) => (isBehandlingsplan(resource) ? keysOf(resource.replaces) : []),
  check({ resource }, found) {
    if (!isBehandlingsplan(resource) || !resource.replaces?.length) return [];
    if (resource.replaces.length > 1)
      return [error('Replace one plan only.', 'En plan ersätter bara en annan.')];
    const former = found(keysOf(resource.replaces)[0] ?? '');
    if (!former || !isBehandlingsplan(former) || keyOf(former.subject) !== keyOf(resource.subject)) {
      return [
        error(
          'What is replaced must be a behandlingsplan of the same patient that you can read: make the next one with $revise.',
          'Planen som ersätts ska vara samma patients behandlingsplan.',
        ),
      ];
    }
    return overlaps(resource, former) ? [error(...endFirst)] : [];
  },
};

/** Parts are in force as long as their head is. */
const overlaps = (plan: CarePlan, former: CarePlan): boolean =>
  headOf(plan) === undefined && plan.status === 'active' && former.status === 'active';

const endFirst = [
  'The plan that is replaced is still active: use $activate, which ends it as this one begins.',
  'Den tidigare planen gäller fortfarande. Aktivera den nya med $activate.',
] as const;

const error = (diagnostics: string, sv: string): Finding => ({
  severity: 'error',
  expression: 'CarePlan.replaces',
  diagnostics,
  sv,
});
