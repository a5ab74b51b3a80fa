import type { CareTeam, PractitionerRole } from '@medplum/fhirtypes';
import { type ContactPath, contactPathsOf } from './contact-path.ts';

/**
 * The contact paths that count for a person at an instant, or at some time of [at, until), whatever else is among the resources:
 * the person's own fasta kontakter and teams, those that a plan names, the teams that they go via, and the services that a plan
 * or the member's role names or that are of their units.
 */
export function pathsAround(
  resources: readonly object[],
  named: readonly { readonly kontakt: string | null }[],
  at: string,
  until: string = at,
): ContactPath[] {
  const paths = contactPathsOf(resources, at, until);
  const known = new Map(
    (resources as readonly Known[]).map((each) => [`${each.resourceType}/${each.id}`, each]),
  );
  const isNamed = ({ id }: ContactPath): boolean => named.some(({ kontakt }) => kontakt === id);
  const isOwn = ({ id }: ContactPath): boolean => known.get(id)?.subject !== undefined;
  const isService = ({ kind }: ContactPath): boolean => kind === 'tjanst';
  const first = paths.filter((path) => !isService(path) && (isNamed(path) || isOwn(path)));
  const via = new Set(first.map(({ viaTeam }) => viaTeam));
  const teams = paths.filter((path) => first.includes(path) || via.has(path.id));
  const units = new Set(teams.map(({ organisation }) => organisation));
  const roles = teams.flatMap(({ id }) => known.get(id)?.participant ?? []).map(({ member }) => member);
  const services = new Set(
    roles
      .flatMap((role) => known.get(role?.reference ?? '')?.healthcareService ?? [])
      .map(({ reference }) => reference),
  );
  return paths.filter((path) =>
    isService(path)
      ? isNamed(path) || services.has(path.id) || (path.organisation !== null && units.has(path.organisation))
      : teams.includes(path),
  );
}

type Known = { readonly resourceType?: string; readonly id?: string } & Pick<
  Partial<CareTeam>,
  'subject' | 'participant'
> &
  Pick<Partial<PractitionerRole>, 'healthcareService'>;
