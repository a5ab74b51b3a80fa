/** Small valid resources; `over` replaces members. */
export const patient = (over: object = {}) => ({
  resourceType: 'Patient',
  active: true,
  name: [{ family: 'Testberg', given: ['Astrid'] }],
  ...over,
});

export const careTeam = (subject: string, over: object = {}) => ({
  resourceType: 'CareTeam',
  status: 'active',
  name: 'Fast vårdkontakt',
  subject: { reference: subject },
  ...over,
});

export const encounter = (subject: string, start: string, over: object = {}) => ({
  resourceType: 'Encounter',
  status: 'finished',
  class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'HH' },
  subject: { reference: subject },
  period: { start, end: start },
  ...over,
});

export const observation = (value: string, over = '') =>
  `{"resourceType":"Observation","status":"final","code":{"text":"Vikt"},"valueQuantity":{"value":${value},"unit":"kg"}${over}}`;

export const bundle = (type: 'batch' | 'transaction', entry: object[]) => ({
  resourceType: 'Bundle',
  type,
  entry,
});

export const post = (resource: { resourceType: string }, fullUrl?: string, request: object = {}) => ({
  ...(fullUrl && { fullUrl }),
  resource,
  request: { method: 'POST', url: resource.resourceType, ...request },
});
