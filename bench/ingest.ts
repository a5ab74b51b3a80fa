import { patientBundle, transaction } from '@naravard/all-in-one/seed';
import pg from 'pg';
import { register } from '../services/all-in-one/src/seed/register.ts';
import type { Loaded } from './operations.ts';

interface Target {
  service: string;
  /** Database of the floor, filled with the same resources. */
  floor: string;
  token: string;
  patients: number;
  /** CPU milliseconds of the service and PostgreSQL so far. */
  cpu(): number;
}

interface Sent {
  type: string;
  id: string;
  patient: string | null;
  starts: string | null;
  body: string;
}

const seed = 1;
const width = 8;

/** Loads the register and the patients through transactions, prints the rate, and copies all to the floor's table. */
export async function ingest(target: Target): Promise<Loaded> {
  const sent: Sent[] = [];
  const send = async (bundle: ReturnType<typeof transaction>) => {
    const answer = await fetch(`${target.service}/fhir`, {
      method: 'POST',
      headers: { authorization: `Bearer ${target.token}`, 'content-type': 'application/fhir+json' },
      body: JSON.stringify(bundle),
    });
    if (!answer.ok)
      throw new Error(`ingest answered ${answer.status}: ${(await answer.text()).slice(0, 500)}`);
    await answer.text();
    for (const { resource } of bundle.entry ?? []) sent.push(row(resource as unknown as Described));
  };
  const registered = register(seed);
  for (let at = 0; at < registered.length; at += 500) await send(transaction(registered.slice(at, at + 500)));
  const [before, cpu, start] = [sent.length, target.cpu(), performance.now()];
  let next = 0;
  const worker = async () => {
    while (next < target.patients) await send(patientBundle(seed, next++));
  };
  await Promise.all(Array.from({ length: width }, worker));
  const resources = sent.length - before;
  const ms = performance.now() - start;
  console.log(
    `ingest ${resources} resources of ${target.patients} patients by transaction in ${(ms / 1000).toFixed(1)} s: ` +
      `${Math.round((resources * 1000) / ms)}/s, CPU ${Math.round(((target.cpu() - cpu) * 1000) / resources)} us each`,
  );
  await fillFloor(target.floor, sent);
  return loadedOf(sent);
}

interface Described {
  resourceType: string;
  id: string;
  subject?: { reference: string };
  period?: { start: string };
}

const row = (resource: Described): Sent => ({
  type: resource.resourceType,
  id: resource.id,
  patient: resource.subject?.reference.slice('Patient/'.length) ?? null,
  starts: resource.period?.start ?? null,
  body: JSON.stringify(resource),
});

async function fillFloor(url: string, sent: readonly Sent[]): Promise<void> {
  const pool = new pg.Pool({ connectionString: url, max: 1 });
  for (let at = 0; at < sent.length; at += 1000) {
    const rows = sent.slice(at, at + 1000);
    const columns = [
      rows.map(({ type, id }) => `${type}-${id}`),
      rows.map(({ type }) => type),
      rows.map(({ patient }) => patient),
      rows.map(({ starts }) => starts),
      rows.map(({ body }) => body),
    ];
    await pool.query(
      `insert into bare (id, type, patient, starts, body)
select case when type = 'CarePlan' then substr(id, 10) else id end, type, patient, starts, body
from unnest($1::text[], $2::text[], $3::text[], $4::timestamptz[], $5::text[]) as s(id, type, patient, starts, body) on conflict do nothing`,
      columns,
    );
  }
  await pool.query('analyze bare');
  await pool.end();
}

function loadedOf(sent: readonly Sent[]): Loaded {
  const template = sent.find(({ type }) => type === 'Encounter')?.body ?? '{}';
  return {
    patients: sent.filter(({ type }) => type === 'Patient').map(({ id }) => id),
    plans: sent.filter(({ type }) => type === 'CarePlan').map(({ id, body }) => ({ id, text: body })),
    encounter: (patient) => {
      const { id: _, ...encounter } = JSON.parse(template);
      return JSON.stringify({ ...encounter, subject: { reference: `Patient/${patient}` } });
    },
    changed: (text, n) => JSON.stringify({ ...JSON.parse(text), title: `Behandlingsplan ${n}` }),
  };
}
