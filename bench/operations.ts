import type { Requested } from './load.ts';

/** An operation of the bench: what is asked of the service and of the floor, and the least share that is a goal. */
export interface Operation {
  name: string;
  /** Goal: our requests a second as a share of the floor's. */
  goal: number;
  ours(): Requested;
  floor(): Requested;
}

/** A patient of whom one nurse sees all. */
export interface SharedCase {
  patient: string;
  /** Of the nurse. */
  token: string;
  /** The plan that the nurse's unit wrote. */
  own: { id: string; text: string };
  /** Id of the plan that another organisation wrote, which the nurse sees by consent. */
  others: string;
}

/** What was loaded and may be asked for. */
export interface Loaded {
  cases: readonly SharedCase[];
  encounter: (patient: string) => string;
  /** A CarePlan's text that differs from the last one of its id. */
  changed: (text: string, n: number) => string;
}

const since = '2025-01-01';

/** What is asked in the name of the nurse of a case. */
const asNurse = ({ token }: SharedCase, asked: Requested): Requested => ({
  ...asked,
  headers: { ...asked.headers, authorization: `Bearer ${token}` },
});

const get = (path: string): Requested => ({ method: 'GET', path });
const post = (path: string, body: string): Requested => ({ method: 'POST', path, body });

/** A question that only reads, of the service; `goal` is the most that access may cost, as a ratio of p50. */
export interface Question {
  name: string;
  goal: number;
  ask(of: SharedCase): Requested;
}

const question = (name: string, goal: number, path: (of: SharedCase) => string): Question => ({
  name,
  goal,
  ask: (of) => asNurse(of, get(`/fhir/${path(of)}`)),
});

const questions = {
  own: question('read own CarePlan', 1.25, ({ own }) => `CarePlan/${own.id}`),
  others: question("read another's CarePlan by consent", 1.25, ({ others }) => `CarePlan/${others}`),
  teams: question('CareTeam by patient', 1.3, ({ patient }) => `CareTeam?patient=Patient/${patient}`),
  visits: question(
    'Encounter by patient and date, sorted',
    1.3,
    ({ patient }) => `Encounter?patient=Patient/${patient}&date=ge${since}&_sort=-date`,
  ),
};

/** What the price of access is measured on. */
export const pricedQuestions: readonly Question[] = Object.values(questions);

/** Goes through the cases so that no two requests are the same by chance. */
export function inTurn<Item>(items: readonly Item[]): () => Item {
  let n = 0;
  return () => items[n++ % items.length] as Item;
}

/** The operations that are measured beside the floor, in the name of a nurse. */
export function operations({ cases, encounter, changed }: Loaded): Operation[] {
  const next = inTurn(cases);
  // Made beforehand: the generator shares the cores with what it measures.
  const encounters = inTurn(
    Array.from({ length: 1000 }, () => {
      const of = next();
      return asNurse(of, post('/Encounter', encounter(of.patient)));
    }),
  );
  const tens = inTurn(Array.from({ length: 100 }, () => tenOf(next(), encounter)));
  return [
    {
      name: 'read CarePlan',
      goal: 0.6,
      ours: () => questions.own.ask(next()),
      floor: () => get(`/CarePlan/${next().own.id}`),
    },
    {
      name: questions.teams.name,
      goal: 0.6,
      ours: () => questions.teams.ask(next()),
      floor: () => get(`/CareTeam?patient=${next().patient}`),
    },
    {
      name: questions.visits.name,
      goal: 0.6,
      ours: () => questions.visits.ask(next()),
      floor: () => get(`/Encounter?patient=${next().patient}&since=${since}`),
    },
    {
      name: 'create Encounter',
      goal: 0.5,
      ours: () => ({ ...encounters(), path: '/fhir/Encounter' }),
      floor: encounters,
    },
    {
      name: 'update CarePlan with If-Match',
      goal: 0.45,
      ours: updates(next, changed),
      floor: () => post('/CarePlan', next().own.text),
    },
    {
      name: 'transaction of 10',
      goal: 0.7,
      ours: () => ({ ...tens(), path: '/fhir' }),
      floor: tens,
    },
  ];
}

/** As a journal system sends them: one transaction is about one patient. */
function tenOf(of: SharedCase, encounter: Loaded['encounter']): Requested {
  const one = JSON.parse(encounter(of.patient));
  const entry = Array.from({ length: 10 }, () => ({
    resource: one,
    request: { method: 'POST', url: 'Encounter' },
  }));
  return asNurse(of, post('/', JSON.stringify({ resourceType: 'Bundle', type: 'transaction', entry })));
}

function updates(next: () => SharedCase, changed: Loaded['changed']): () => Requested {
  const versions = new Map<string, number>();
  return () => {
    const of = next();
    const { id, text } = of.own;
    const version = (versions.get(id) ?? 0) + 1;
    versions.set(id, version);
    const headers = { 'if-match': `W/"${version}"` };
    return asNurse(of, {
      method: 'PUT',
      path: `/fhir/CarePlan/${id}`,
      body: changed(text, version),
      headers,
    });
  };
}
