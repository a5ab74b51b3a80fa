import type { Bundle, BundleEntry, Resource } from '@medplum/fhirtypes';
import { access } from './access.ts';
import type { Case, Writer } from './case.ts';
import { contacts } from './contacts.ts';
import { encounters } from './encounters.ts';
import { GROUP, type Municipality, municipalityOf, unitIds } from './halland.ts';
import { conditions, goals, insats, patient } from './person.ts';
import { plans } from './plans.ts';
import { Random } from './random.ts';

/** The last day that the data knows of; a fixed one, so that a seed gives the same data on any day. */
export const ANCHOR = '2026-11-01';

/** One patient's resources by the organisation that writes them, hence their custodian. */
export type PatientRecords = Record<Writer, Resource[]>;

/** Patient `n` of a seed, about 25 resources. The same numbers give the same resources. */
export function patientRecords(seed: number, n: number, anchor: string = ANCHOR): PatientRecords {
  const person = caseOf(seed, n, Date.parse(anchor));
  const planned = plans(person);
  const met = encounters(person);
  const facts = access(person);
  const teamsOf = (writer: Writer) =>
    person.contacts.filter((each) => each.writer === writer).map(({ team }) => team);
  return {
    region: [
      patient(n, person),
      ...conditions(person),
      ...goals(person),
      ...teamsOf('region'),
      ...planned.region,
      ...met.region,
      ...facts.region,
    ],
    halsoOchSjukvard: [
      ...insats(person, person.hemsjukvard, 'HSJV'),
      ...teamsOf('halsoOchSjukvard'),
      ...planned.halsoOchSjukvard,
      ...met.halsoOchSjukvard,
      ...facts.halsoOchSjukvard,
    ],
    omsorg: [
      ...insats(person, person.hemtjanst, 'HTJ'),
      ...teamsOf('omsorg'),
      ...planned.omsorg,
      ...facts.omsorg,
    ],
  };
}

/** All of patient `n` as one transaction of PUTs: sending it again changes nothing. */
export function patientBundle(seed: number, n: number, anchor: string = ANCHOR): Bundle {
  const { region, halsoOchSjukvard, omsorg } = patientRecords(seed, n, anchor);
  return transaction([...region, ...halsoOchSjukvard, ...omsorg]);
}

/** A transaction that puts each resource at its own id. */
export function transaction(resources: readonly Resource[]): Bundle {
  return {
    resourceType: 'Bundle',
    type: 'transaction',
    entry: resources.map(
      (resource): BundleEntry => ({
        resource,
        request: { method: 'PUT', url: `${resource.resourceType}/${resource.id}` },
      }),
    ),
  };
}

/** The units of the group that patient `n` is of; who has no hemsjukvård or hemtjänst has none of them. */
export function unitsOf(seed: number, n: number): Record<Writer, string> {
  const town = municipalityOf(n);
  const random = new Random(seed, -3 - Math.floor(n / GROUP));
  return {
    region: unitIds.vardcentral(town, random.whole(1, town.vardcentraler)),
    halsoOchSjukvard: unitIds.hemsjukvard(town, random.whole(1, town.teams)),
    omsorg: unitIds.hemtjanst(town, random.whole(1, town.teams)),
  };
}

function caseOf(seed: number, n: number, anchor: number): Case {
  const random = new Random(seed, n);
  const town: Municipality = municipalityOf(n);
  const units = unitsOf(seed, n);
  const person = {
    id: `s${seed}-p${String(n).padStart(6, '0')}`,
    town,
    random,
    anchor,
    vardcentral: units.region,
    hemsjukvard: random.chance(0.65) ? units.halsoOchSjukvard : undefined,
    hemtjanst: random.chance(0.55) ? units.omsorg : undefined,
    unable: random.chance(0.04),
    contacts: [],
  };
  const sip = random.chance(0.66) && [person.hemsjukvard, person.hemtjanst].every(Boolean) && !person.unable;
  return { ...person, sip, contacts: contacts({ ...person, sip }) };
}
