import type { Reference, Resource } from '@medplum/fhirtypes';
import { type KnownResources, referenceOf } from './known-resources.ts';
import { planKind } from './plan-kind.ts';
import type { Change } from './samordnad-plan.ts';

/** Statuses of what is not in force any more; what was entered in error is not told of. */
const ended: readonly string[] = ['inactive', 'completed', 'revoked', 'cancelled', 'noshow', 'on-hold'];

/** What is told of a resource that has changed. */
interface Told {
  readonly title: string;
  readonly status: string | undefined;
  readonly by: Reference | undefined;
}

/** What was written after an instant of contacts, plans, goals and times, the latest first. */
export function changesSince(known: KnownResources, since: string, shown: ReadonlySet<string>): Change[] {
  const types = ['CareTeam', 'CarePlan', 'Goal', 'Appointment', 'Encounter'] as const;
  const changed = types
    .flatMap((type): Resource[] => known.of(type))
    .flatMap((resource) => {
      const when = resource.meta?.lastUpdated;
      const told = toldOf(resource);
      if (when === undefined || told === undefined || Date.parse(when) <= Date.parse(since)) return [];
      const kind = kindOf(told.status, resource.meta?.versionId);
      const reference = referenceOf(resource);
      // A plan that is not to be shown is not told of either; what has ended is in no section.
      if (kind === undefined || (kind !== 'avslutad' && !shown.has(reference))) return [];
      return [
        { reference, kind, title: told.title, unit: known.unitOf(told.by) ?? known.nameOf(told.by), when },
      ];
    });
  return changed.toSorted((a, b) => (a.when < b.when ? 1 : a.when > b.when ? -1 : 0));
}

function kindOf(status: string | undefined, version: string | undefined): Change['kind'] | undefined {
  if (status === undefined || status === 'entered-in-error' || status === 'draft') return undefined;
  if (ended.includes(status)) return 'avslutad';
  return version === '1' ? 'ny' : 'andrad';
}

function toldOf(resource: Resource): Told | undefined {
  switch (resource.resourceType) {
    case 'CareTeam':
      return {
        title: resource.name ?? 'Kontakt',
        status: resource.status,
        by: resource.managingOrganization?.[0],
      };
    case 'CarePlan':
      return {
        title: resource.title ?? planKind(resource).name,
        status: resource.status,
        by: resource.author,
      };
    case 'Goal':
      return {
        title: `Mål: ${resource.description?.text ?? ''}`,
        status: resource.lifecycleStatus,
        by: resource.expressedBy,
      };
    case 'Appointment':
      return {
        title: resource.description ?? resource.appointmentType?.text ?? 'Bokad tid',
        status: resource.status,
        by: resource.participant?.find(({ actor }) => actor?.reference?.startsWith('PractitionerRole/'))
          ?.actor,
      };
    case 'Encounter':
      return {
        title: resource.type?.[0]?.text ?? 'Besök',
        status: resource.status,
        by: resource.serviceProvider,
      };
    default:
      return undefined;
  }
}
