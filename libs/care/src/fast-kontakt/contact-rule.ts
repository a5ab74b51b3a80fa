import type { CareTeam } from '@medplum/fhirtypes';
import type { DomainRule, Finding, Found, StagedResource } from '@naravard/fhir';

/** How one finds what a rule about CareTeams looks at; `in-use` leaves out what has ended, so that old contacts can be ended. */
export interface About {
  readonly is: (resource: object) => resource is CareTeam;
  readonly whenEnded: 'in-use' | 'also-ended';
}

type Check = (team: CareTeam, staged: StagedResource, found: Found) => readonly Finding[];

interface Rule extends Omit<DomainRule, 'needs' | 'check'> {
  readonly about: About;
  readonly needs?: (team: CareTeam, found: Found, staged: StagedResource) => readonly string[];
  readonly check: Check;
}

/** A rule about CareTeams of one sort. What was entered in error is asked nothing: it is only to be marked so. */
export function careTeamRule({ about, needs, check, ...said }: Rule): DomainRule {
  const asked = (resource: object): resource is CareTeam =>
    about.is(resource) &&
    resource.status !== 'entered-in-error' &&
    (about.whenEnded === 'also-ended' || resource.status !== 'inactive');
  return {
    ...said,
    ...(needs && {
      needs: (staged, found) => (asked(staged.resource) ? needs(staged.resource, found, staged) : []),
    }),
    check: (staged, found) => (asked(staged.resource) ? check(staged.resource, staged, found) : []),
  };
}

type Said = readonly [expression: string, diagnostics: string, sv: string];

export const error = (...[expression, diagnostics, sv]: Said): Finding => ({
  severity: 'error',
  expression,
  diagnostics,
  sv,
});

export const warning = (...said: Said): Finding => ({ ...error(...said), severity: 'warning' });
