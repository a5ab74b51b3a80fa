import { systems } from './codes.ts';

const own = 'https://naravard.se/fhir/StructureDefinition/';
const base = 'http://hl7.se/fhir/ig/base/StructureDefinition/';

/** What puts a resource of a type under a profile: a coding (`system|code`) in one of its elements. */
interface Coded {
  readonly element: 'category' | 'type';
  readonly profiles: Readonly<Record<string, string>>;
}

const coded: Readonly<Record<string, Coded>> = {
  CareTeam: {
    element: 'category',
    profiles: {
      [`${systems.careTeamType}|fast-kontakt`]: 'fast-kontakt',
      [`${systems.careTeamType}|team`]: 'team',
    },
  },
  CarePlan: {
    element: 'category',
    profiles: {
      [`${systems.ownPlanType}|behandlingsplan`]: 'behandlingsplan',
      [`${systems.planType}|SIP`]: 'sip',
      [`${systems.planType}|VP`]: 'vardplan',
      [`${systems.planType}|GP`]: 'genomforandeplan',
      [`${systems.planType}|RP`]: 'rehabplan',
      [`${systems.planType}|HP`]: 'rehabplan',
    },
  },
  Encounter: {
    element: 'type',
    profiles: {
      [`${systems.ownVardkontakt}|hembesok`]: 'hembesok',
      [`${systems.ownVardkontakt}|hemsjukvardsbesok`]: 'hemsjukvardsbesok',
      [`${systems.ownVardkontakt}|videokontakt`]: 'distanskontakt',
      [`${systems.ownVardkontakt}|telefonkontakt`]: 'distanskontakt',
      [`${systems.ownVardkontakt}|chattkontakt`]: 'distanskontakt',
      [`${systems.ownVardkontakt}|vardtillfalle`]: 'vardtillfalle',
    },
  },
};

/** Profiles that a resource is under when it says so in `meta.profile` alone, with their type. */
const swedish = {
  patient: ['Patient', 'SEBasePatient'],
  practitioner: ['Practitioner', 'SEBasePractitioner'],
  'practitioner-role': ['PractitionerRole', 'SEBasePractitionerRole'],
  organization: ['Organization', 'SEBaseOrganization'],
} as const;

/** Profiles by what `meta.profile` may name, of each type: ours, and hl7se.fhir.base 1.1.0, which ours are compatible with. */
const claimed: ReadonlyMap<string, string> = new Map([
  ...Object.entries(coded).flatMap(([type, { profiles }]) =>
    Object.values(profiles).map((id) => [`${type} ${own}${id}`, id] as const),
  ),
  ...Object.entries(swedish).flatMap(([id, [type, name]]) => [
    [`${type} ${own}${id}`, id] as const,
    [`${type} ${base}${name}`, id] as const,
  ]),
]);

interface Profiled {
  readonly resourceType?: string;
  readonly meta?: { readonly profile?: readonly string[] };
  readonly category?: unknown;
  readonly type?: unknown;
}

/**
 * Canonicals of the profiles of the guide that a resource is under: by its category or type, and by `meta.profile`, where
 * other canonicals, versions and profiles of other types are let be. A behandlingsplan is a vårdplan in Inera's list; it is
 * under its own profile, which asks for no less.
 */
export function profileFor(resource: object): string[] {
  const { resourceType: type = '', meta, ...elements } = resource as Profiled;
  const by = Object.hasOwn(coded, type) ? coded[type] : undefined;
  const found = new Set([
    ...(by ? codingsOf(elements[by.element]).flatMap((coding) => by.profiles[coding] ?? []) : []),
    ...listOf(meta?.profile).flatMap((canonical) => claimed.get(`${type} ${unversioned(canonical)}`) ?? []),
  ]);
  if (found.has('behandlingsplan')) found.delete('vardplan');
  return [...found].map((id) => `${own}${id}`);
}

const listOf = <T>(list: readonly T[] | undefined): readonly T[] => (Array.isArray(list) ? list : []);

const unversioned = (canonical: unknown): string => String(canonical).replace(/\|(?:0\.1\.0|1\.1\.0)$/, '');

function codingsOf(concepts: unknown): string[] {
  return listOf(concepts as { coding?: { system?: string; code?: string }[] }[]).flatMap((concept) =>
    listOf(concept?.coding).map((coding) => `${coding?.system}|${coding?.code}`),
  );
}
