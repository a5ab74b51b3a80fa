import type { Requested } from './load.ts';

/** An operation of the bench: what is asked of the service and of the floor, and the least share that is a goal. */
export interface Operation {
  name: string;
  /** Goal: our requests a second as a share of the floor's. */
  goal: number;
  ours(): Requested;
  floor(): Requested;
}

/** What was loaded and may be asked for. */
export interface Loaded {
  patients: readonly string[];
  plans: readonly { id: string; text: string }[];
  encounter: (patient: string) => string;
  /** A CarePlan's text that differs from the last one of its id. */
  changed: (text: string, n: number) => string;
}

const since = '2025-01-01';

/** The seven operations of the bench; `n` counts on so that no two requests are the same by chance. */
export function operations({ patients, plans, encounter, changed }: Loaded): Operation[] {
  let n = 0;
  const patient = () => patients[n++ % patients.length] as string;
  const plan = () => plans[n++ % plans.length] as Loaded['plans'][number];
  const get = (path: string): Requested => ({ method: 'GET', path });
  const post = (path: string, body: string): Requested => ({ method: 'POST', path, body });
  // Made beforehand: the generator shares the cores with what it measures.
  const encounters = Array.from({ length: 1000 }, () => encounter(patient()));
  const insert = () => post('/Encounter', encounters[n++ % encounters.length] as string);
  // As a journal system sends them: one transaction is about one patient.
  const tens = Array.from({ length: 100 }, () => {
    const one = JSON.parse(encounter(patient()));
    const entry = Array.from({ length: 10 }, () => ({
      resource: one,
      request: { method: 'POST', url: 'Encounter' },
    }));
    return JSON.stringify({ resourceType: 'Bundle', type: 'transaction', entry });
  });
  const ten = () => tens[n++ % tens.length] as string;
  const versions = new Map<string, number>();
  return [
    {
      name: 'read CarePlan',
      goal: 0.6,
      ours: () => get(`/fhir/CarePlan/${plan().id}`),
      floor: () => get(`/CarePlan/${plan().id}`),
    },
    {
      name: 'CareTeam by patient',
      goal: 0.6,
      ours: () => get(`/fhir/CareTeam?patient=Patient/${patient()}`),
      floor: () => get(`/CareTeam?patient=${patient()}`),
    },
    {
      name: 'Encounter by patient and date, sorted',
      goal: 0.6,
      ours: () => get(`/fhir/Encounter?patient=Patient/${patient()}&date=ge${since}&_sort=-date`),
      floor: () => get(`/Encounter?patient=${patient()}&since=${since}`),
    },
    {
      name: 'create Encounter',
      goal: 0.5,
      ours: () => ({ ...insert(), path: '/fhir/Encounter' }),
      floor: insert,
    },
    {
      name: 'update CarePlan with If-Match',
      goal: 0.45,
      ours: () => {
        const { id, text } = plan();
        const version = (versions.get(id) ?? 0) + 1;
        versions.set(id, version);
        const headers = { 'if-match': `W/"${version}"` };
        return { method: 'PUT', path: `/fhir/CarePlan/${id}`, body: changed(text, version), headers };
      },
      floor: () => post('/CarePlan', plan().text),
    },
    {
      name: 'transaction of 10',
      goal: 0.7,
      ours: () => post('/fhir', ten()),
      floor: () => post('/', ten()),
    },
  ];
}
