import type { DomainRule, Finding } from '@naravard/fhir';
import { keyOf } from '../reference-key.ts';
import { headOf, isBehandlingsplan } from './plan.ts';

/**
 * A part is written by its own organisation and belongs to one head. A head that the writer may not see is not looked at: a
 * system keeps its own organisation's records.
 */
export const delplan: DomainRule = {
  id: 'behandlingsplan-delplan',
  citation: 'patientdatalagen (2008:355) 5 kap. 4 §; HFD 2017:67',
  sentence: 'a part of a behandlingsplan is of one head, which is of the same patient and no part itself',
  sv: 'En del hör till en behandlingsplan för samma patient.',
  needs: ({ resource }) => (isBehandlingsplan(resource) ? [headOf(resource) ?? []].flat() : []),
  check({ resource }, found) {
    if (!isBehandlingsplan(resource) || !resource.partOf?.length) return [];
    const head = headOf(resource);
    if (head === undefined || resource.partOf.length > 1) return [notOfOne];
    const whole = found(head);
    if (!whole) return [];
    const fits =
      isBehandlingsplan(whole) &&
      headOf(whole) === undefined &&
      keyOf(whole.subject) === keyOf(resource.subject);
    return fits ? [] : [notOfOne];
  },
};

const notOfOne: Finding = {
  severity: 'error',
  expression: 'CarePlan.partOf',
  diagnostics: 'Refer to one CarePlan here: the head of a behandlingsplan of the same patient.',
  sv: 'Delen ska höra till en behandlingsplan för samma patient.',
};
