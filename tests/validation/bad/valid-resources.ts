/** One fault: what it is, the resource with it, and the one finding that is expected. */
export interface BadResource {
  fault: string;
  resource: unknown;
  expression: string | undefined;
  /** Part of the diagnostics, where the expression alone does not tell why. */
  says?: string;
}

type Change = Record<string, unknown>;

/** A copy of the resource with some elements replaced; undefined takes one away. */
const changed = (resource: Change, change: Change): Change =>
  Object.fromEntries(Object.entries({ ...resource, ...change }).filter(([, value]) => value !== undefined));

const maker =
  (resource: Change) =>
  (change: Change = {}): Change =>
    changed(resource, change);

export const patient = maker({ resourceType: 'Patient', name: [{ family: 'Berg', given: ['Elsa'] }] });
export const carePlan = maker({
  resourceType: 'CarePlan',
  status: 'active',
  intent: 'plan',
  subject: { reference: 'Patient/p1' },
});
export const careTeam = maker({ resourceType: 'CareTeam', subject: { reference: 'Patient/p1' } });
export const encounter = maker({
  resourceType: 'Encounter',
  status: 'planned',
  class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'HH' },
});
export const observation = maker({ resourceType: 'Observation', status: 'final', code: { text: 'Vikt' } });
export const task = maker({ resourceType: 'Task', status: 'requested', intent: 'order' });
export const goal = maker({
  resourceType: 'Goal',
  lifecycleStatus: 'active',
  description: { text: 'Bo hemma' },
  subject: { reference: 'Patient/p1' },
});
export const condition = maker({
  resourceType: 'Condition',
  clinicalStatus: {
    coding: [{ system: 'http://terminology.hl7.org/CodeSystem/condition-clinical', code: 'active' }],
  },
  subject: { reference: 'Patient/p1' },
});
export const bundle = maker({ resourceType: 'Bundle', type: 'collection' });
export const xhtml = (inside: string): string => `<div xmlns="http://www.w3.org/1999/xhtml">${inside}</div>`;
export const narrated = (div: unknown): Change => patient({ text: { status: 'generated', div } });
export const extended = (...extension: unknown[]): Change => patient({ extension });
