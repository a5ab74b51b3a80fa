import { patientRecords, transaction } from '@naravard/all-in-one/seed';
import pg from 'pg';
import type { Claims } from '../services/all-in-one/src/sandbox/personas.ts';
import { journalOf, registerBatches } from '../services/all-in-one/src/seed/batches.ts';
import { isShared, nurseOf, patientId, seed } from './callers.ts';
import type { Loaded, SharedCase } from './operations.ts';

interface Target {
  service: string;
  /** Database of the floor, filled with the same resources. */
  floor: string;
  tokenOf(claims: Claims): Promise<string>;
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

type Resources = Parameters<typeof transaction>[0];

const width = 8;
const writers = ['region', 'halsoOchSjukvard', 'omsorg'] as const;

/**
 * Loads the register and the patients through transactions, each of one patient by one organisation, prints the rate, and
 * copies all to the floor's table.
 */
export async function ingest(target: Target): Promise<Loaded> {
  const sent: Sent[] = [];
  const send = async (writer: Claims, resources: Resources) => {
    const answer = await fetch(`${target.service}/fhir`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${await target.tokenOf(writer)}`,
        'content-type': 'application/fhir+json',
      },
      body: JSON.stringify(transaction(resources)),
    });
    if (!answer.ok)
      throw new Error(`ingest answered ${answer.status}: ${(await answer.text()).slice(0, 500)}`);
    await answer.text();
    for (const resource of resources) sent.push(row(resource as unknown as Described));
  };
  for (const { writer, resources } of registerBatches(seed)) await send(writer, resources);
  const [before, cpu, start] = [sent.length, target.cpu(), performance.now()];
  let next = 0;
  const worker = async () => {
    while (next < target.patients) {
      const n = next++;
      const records = patientRecords(seed, n);
      for (const writer of writers) {
        if (records[writer].length) await send(journalOf(seed, n, writer), records[writer]);
      }
    }
  };
  await Promise.all(Array.from({ length: width }, worker));
  const resources = sent.length - before;
  const ms = performance.now() - start;
  console.log(
    `ingest ${resources} resources of ${target.patients} patients by transaction in ${(ms / 1000).toFixed(1)} s: ` +
      `${Math.round((resources * 1000) / ms)}/s, CPU ${Math.round(((target.cpu() - cpu) * 1000) / resources)} us each`,
  );
  await fillFloor(target.floor, sent);
  return loadedOf(target, sent);
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

/** Who is asked about: patients whom a nurse of the hemsjukvård sees all of, so that no answer is empty for want of rights. */
async function loadedOf({ tokenOf, patients }: Target, sent: readonly Sent[]): Promise<Loaded> {
  const plans = new Map(sent.filter(({ type }) => type === 'CarePlan').map(({ id, body }) => [id, body]));
  const numbers = Array.from({ length: patients }, (_, n) => n).filter(isShared);
  const cases = await Promise.all(
    numbers.map(async (n): Promise<SharedCase> => {
      const patient = patientId(n);
      const own = `${patient}-vp-hsv`;
      return {
        patient,
        token: await tokenOf(nurseOf(n)),
        own: { id: own, text: plans.get(own) ?? '' },
        others: `${patient}-vp-head`,
      };
    }),
  );
  const template = sent.find(({ type }) => type === 'Encounter')?.body ?? '{}';
  return {
    cases,
    encounter: (patient) => {
      const { id: _, ...encounter } = JSON.parse(template);
      return JSON.stringify({ ...encounter, subject: { reference: `Patient/${patient}` } });
    },
    changed: (text, n) => JSON.stringify({ ...JSON.parse(text), title: `Behandlingsplan ${n}` }),
  };
}
