import type {
  CareTeam,
  HealthcareService,
  Organization,
  Practitioner,
  PractitionerRole,
} from '@medplum/fhirtypes';
import { systems } from '@naravard/care';
import { always, phone } from '../sandbox/demo/phone.ts';
import {
  careActor,
  healthActor,
  hsaOf,
  type Municipality,
  municipalities,
  numberOf,
  REGION,
  type StaffRole,
  staffing,
  unitIds,
} from './halland.ts';
import { familyNames, mensNames, womensNames } from './names.ts';
import { Random } from './random.ts';

/** When somebody last called the numbers of the teams. */
const CHECKED = '2026-10-12';

type Registered = Organization | Practitioner | PractitionerRole | HealthcareService;

const POSTS: Record<StaffRole, string> = {
  lakare: 'Specialistläkare i allmänmedicin',
  dsk: 'Distriktssköterska',
  ssk: 'Sjuksköterska',
  usk: 'Undersköterska',
};

const identifier = (id: string) => [{ system: 'urn:oid:1.2.752.29.4.19', value: hsaOf(id) }];

const organisation = (id: string, name: string, partOf?: string): Organization => ({
  resourceType: 'Organization',
  id,
  identifier: identifier(id),
  active: true,
  name,
  ...(partOf && { partOf: { reference: `Organization/${partOf}` } }),
});

/** Organisations, services, staff and roles that the patients of the seed point at; about 1,300 resources. */
export function register(seed: number): Registered[] {
  const random = new Random(seed, -2);
  return [
    organisation(REGION, 'Region Halland'),
    ...municipalities.flatMap((town) => townRegister(town, random)),
  ];
}

/** The teams of the hemsjukvård, which belong to the municipality's vårdgivare. */
export function teams(town: Municipality): CareTeam[] {
  return numbers(town.teams).map((number) => ({
    resourceType: 'CareTeam',
    id: `${unitIds.hemsjukvard(town, number)}-team`,
    status: 'active',
    category: [{ coding: [{ system: systems.careTeamType, code: 'team' }] }],
    name: `Hemsjukvården ${town.town} ${number}`,
    participant: numbers(staffing.hemsjukvard.ssk).map((at) => ({
      member: {
        reference: `PractitionerRole/${unitIds.staff(unitIds.hemsjukvard(town, number), 'ssk', at)}`,
      },
    })),
    managingOrganization: [{ reference: `Organization/${unitIds.hemsjukvard(town, number)}` }],
    telecom: [phone(numberOf(unitIds.hemsjukvard(town, number)), always(), CHECKED)],
  }));
}

function townRegister(town: Municipality, random: Random): Registered[] {
  const vardcentraler = numbers(town.vardcentraler).flatMap((number) => {
    const id = unitIds.vardcentral(town, number);
    return [
      organisation(id, `Vårdcentralen ${town.town} ${number}`, REGION),
      ...staff(id, staffing.vardcentral, random),
    ];
  });
  const groups = numbers(town.teams).flatMap((number) => {
    const nurses = unitIds.hemsjukvard(town, number);
    const carers = unitIds.hemtjanst(town, number);
    return [
      organisation(nurses, `Hemsjukvården ${town.town} ${number}`, healthActor(town)),
      onCall(nurses, town, number),
      ...staff(nurses, staffing.hemsjukvard, random),
      organisation(carers, `Hemtjänsten ${town.town} ${number}`, careActor(town)),
      ...staff(carers, staffing.hemtjanst, random),
    ];
  });
  return [
    organisation(healthActor(town), `${town.name}, hälso- och sjukvård`),
    organisation(careActor(town), `${town.name}, socialtjänst`),
    ...vardcentraler,
    ...groups,
  ];
}

const onCall = (unit: string, town: Municipality, number: number): HealthcareService => ({
  resourceType: 'HealthcareService',
  id: `${unit}-jour`,
  active: true,
  providedBy: { reference: `Organization/${unit}` },
  name: `Sjuksköterska dygnet runt, ${town.town} ${number}`,
  telecom: [{ system: 'phone', value: numberOf(unit) }],
  availableTime: [{ daysOfWeek: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'], allDay: true }],
});

function staff(
  unit: string,
  posts: Partial<Record<StaffRole, number>>,
  random: Random,
): (Practitioner | PractitionerRole)[] {
  return (Object.entries(posts) as [StaffRole, number][]).flatMap(([role, count]) =>
    numbers(count).flatMap((number) => employee(unit, role, number, random)),
  );
}

function employee(
  unit: string,
  role: StaffRole,
  number: number,
  random: Random,
): [Practitioner, PractitionerRole] {
  const id = unitIds.staff(unit, role, number);
  const given = random.pick(random.chance(0.75) ? womensNames : mensNames);
  const family = random.pick(familyNames);
  return [
    {
      resourceType: 'Practitioner',
      id,
      identifier: identifier(id),
      active: true,
      name: [{ use: 'official', family, given: [given], text: `${given} ${family}` }],
    },
    {
      resourceType: 'PractitionerRole',
      id,
      active: true,
      practitioner: { reference: `Practitioner/${id}`, display: `${given} ${family}` },
      organization: { reference: `Organization/${unit}` },
      code: [{ text: POSTS[role] }],
    },
  ];
}

const numbers = (count: number): number[] => Array.from({ length: count }, (_, at) => at + 1);
