import { keyOfActor } from '@naravard/access';
import type { TestApp } from '@naravard/testkit';
import type { Session } from './session.ts';
import { custodianOf, rowOf } from './told.ts';

interface AuditRow {
  request: string;
  patient: string | null;
  targets: string[];
  custodians: string[];
  reason: string;
  outcome: string;
}

/** What the audit tells of one patient: resources, whose they are, on what grounds. */
interface Disclosed {
  readonly resources: Set<string>;
  readonly custodians: Set<string>;
  readonly grounds: Set<string>;
}

/** Every request has left rows; those of disclosures tell exactly what was shown, of whom, and why the decision lets it. */
export async function checkAudit({ database }: TestApp, session: Session): Promise<void> {
  const { rows } = await database.pool.query<AuditRow>(
    'select request, patient, targets, custodians, reason, outcome::text from audit where request = any($1)',
    [session.requests],
  );
  const byRequest = Map.groupBy(rows, ({ request }) => request);
  session.same('requests that are audited', byRequest.keys(), session.requests);
  for (const { request, route, versions } of session.shown) {
    const told = toldBy(session, byRequest.get(request) ?? []);
    session.equal(`audit of ${route}`, printed(told), printed(shownBy(session, versions)));
  }
}

const add = (all: Map<string | null, Disclosed>, patient: string | null): Disclosed => {
  const known = all.get(patient) ?? { resources: new Set(), custodians: new Set(), grounds: new Set() };
  all.set(patient, known);
  return known;
};

/** What is about nobody, or about several, stands with the patient who was sought, where there is one. */
function toldBy({ visible }: Session, rows: readonly AuditRow[]): Map<string | null, Disclosed> {
  const all = new Map<string | null, Disclosed>();
  for (const { patient, targets, custodians, reason } of rows.filter(
    ({ outcome, targets }) => outcome === '0' && targets.length,
  )) {
    const about = targets.some((target) => visible.of(withoutVersion(target))?.patient !== null);
    const one = add(all, about ? patient : null);
    for (const target of targets) one.resources.add(withoutVersion(target));
    for (const custodian of custodians) one.custodians.add(custodian);
    for (const ground of reason.split(' ')) one.grounds.add(ground);
  }
  return all;
}

function shownBy({ visible }: Session, versions: readonly string[]): Map<string | null, Disclosed> {
  const all = new Map<string | null, Disclosed>();
  for (const each of versions) {
    const doc = visible.of(withoutVersion(each));
    if (!doc) continue;
    const version = /\/_history\/(\d+)$/.exec(each)?.[1];
    const number = version === undefined ? undefined : Number(version);
    const one = add(all, rowOf(doc, number).patient);
    one.resources.add(withoutVersion(each));
    const custodian = custodianOf(doc);
    if (custodian) one.custodians.add(keyOfActor(custodian));
    one.grounds.add(visible.decision(doc, number).reason);
  }
  return all;
}

const withoutVersion = (target: string): string => target.replace(/\/_history\/\d+$/, '');

const printed = (all: Map<string | null, Disclosed>): unknown =>
  [...all]
    .map(([patient, { resources, custodians, grounds }]) => [
      patient,
      [...resources].sort(),
      [...custodians].sort(),
      [...grounds].sort(),
    ])
    .sort((a, b) => (String(a[0]) < String(b[0]) ? -1 : 1));
