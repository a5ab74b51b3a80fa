import { patientRecords } from '@naravard/all-in-one/seed';
import type { Claims } from '../services/all-in-one/src/sandbox/personas.ts';
import { unitsOf } from '../services/all-in-one/src/seed/patient-records.ts';
import { isShared, nurseOf, patientId, seed } from './callers.ts';

/** A search of the bench over seeded patients; `n` tells one request from the next. */
export interface Search {
  name: string;
  /** Bound to one patient: its time must not grow with the number of patients. */
  bound: boolean;
  path(n: number): string;
  /** Who asks. */
  nurse(n: number): Claims;
}

function personnummer(n: number): string {
  const patient = patientRecords(seed, n).region.find((each) => each.resourceType === 'Patient');
  return patient?.identifier?.[0]?.value ?? '';
}

const UNIT = 'Organization/falkenberg-vc1';
const NURSE = 'PractitionerRole/falkenberg-hsv1-ssk1';

/** Within one of `patients`, as a nurse of the patient asks. */
export function patientSearches(patients: number): Search[] {
  // In no order that a cache would like; a few, since each has to be made.
  const numbers = Array.from({ length: Math.min(200, patients) }, (_, n) =>
    sharedFrom((n * 7919) % patients, patients),
  );
  const personnummers = numbers.map(personnummer);
  const patientAt = (n: number) => numbers[n % numbers.length] ?? 0;
  const any = (n: number) => patientId(patientAt(n));
  const number = (n: number) => personnummers[n % numbers.length] ?? '';
  const nurse = (n: number) => nurseOf(patientAt(n));
  const search = (name: string, path: (n: number) => string): Search => ({ name, bound: true, path, nurse });
  return [
    search('CareTeam by patient', (n) => `CareTeam?patient=${any(n)}`),
    search(
      'Encounter by patient and date, sorted',
      (n) => `Encounter?patient=${any(n)}&date=ge2025-01-01&_sort=-date`,
    ),
    search('include: plan with teams', (n) => `CarePlan?patient=${any(n)}&_include=CarePlan:care-team`),
    search(
      'include: team with roles and people',
      (n) =>
        `CareTeam?patient=${any(n)}&_include=CareTeam:participant&_include:iterate=PractitionerRole:practitioner`,
    ),
    search('chain: CareTeam by personnummer', (n) => `CareTeam?patient.identifier=${number(n)}`),
    search(
      '_has: patient with an active plan',
      (n) => `Patient?_id=${any(n)}&_has:CarePlan:patient:status=active`,
    ),
    search(
      'revinclude: patient with teams and plans',
      (n) => `Patient?_id=${any(n)}&_revinclude=CareTeam:patient&_revinclude=CarePlan:patient`,
    ),
    search('count: Encounter by patient', (n) => `Encounter?patient=${any(n)}&_summary=count`),
    search('compartment: plans', (n) => `Patient/${any(n)}/CarePlan`),
  ];
}

/** The next patient of whom a nurse sees all. */
function sharedFrom(start: number, patients: number): number {
  for (let n = start; n < start + patients; n++) if (isShared(n % patients)) return n % patients;
  return start;
}

/** A nurse of the first unit of the hemsjukvård in Falkenberg: finds the patients of that unit. */
export function falkenbergNurse(): Claims {
  for (let n = 0; ; n++) if (unitsOf(seed, n).halsoOchSjukvard === 'falkenberg-hsv1') return nurseOf(n);
}

const overType = (name: string, path: string): Search => ({
  name,
  bound: false,
  path: () => path,
  nurse: falkenbergNurse,
});

/** Each over a whole type, with one parameter: rare and common values, first and last rows. */
export const typeSearches: readonly Search[] = [
  'Encounter?status=finished',
  'Encounter?status=planned',
  'Encounter?status=in-progress',
  'Encounter?class=IMP',
  'Encounter?type=hembesok',
  'Encounter?date=2026-10-01',
  'Encounter?date=ge2026-11-01',
  'Encounter?date=gt2030',
  'Encounter?date=lt2020',
  `Encounter?service-provider=${UNIT}`,
  `Encounter?participant=${NURSE}`,
  'Encounter?_lastUpdated=gt2020-01-01',
  'Encounter?_sort=-date',
  'CareTeam?status=active',
  'CareTeam?category=fast-kontakt',
  'CareTeam?role=1',
  `CareTeam?participant=${NURSE}`,
  'CarePlan?status=completed',
  'CarePlan?category=SIP',
  'CarePlan?date=2026-10-01',
  'CarePlan?_text=behandlingsplan',
  'CarePlan?_content=andas',
  'Patient?name=Anna',
  'Patient?family=Zzz',
  'Patient?name:contains=nna',
  'Patient?birthdate=1940',
  'Patient?gender=female',
  'Patient?address-city=Halmstad',
].map((path) => overType(path, path));

/** Related resources over a whole type. */
export const relationSearches: readonly Search[] = [
  'Encounter?service-provider.name=Vårdcentralen',
  'Encounter?service-provider.name=Zz',
  'CareTeam?patient.name=Anna',
  'CareTeam?participant:PractitionerRole.organization=Organization/falkenberg-hsv1',
  'Patient?_has:Encounter:patient:status=planned',
  'Patient?_has:CarePlan:patient:category=SIP',
  'CarePlan?status=active&_include=CarePlan:patient&_include=CarePlan:care-team',
  'Organization?_id=falkenberg-vc1&_revinclude=Encounter:service-provider',
  'CarePlan?category=SIP&_summary=count',
].map((path) => overType(path, path));
