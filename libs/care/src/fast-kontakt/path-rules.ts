import type { CareTeam, ContactPoint, PractitionerRole } from '@medplum/fhirtypes';
import type { DomainRule, Found } from '@naravard/fhir';
import { isFastKontakt, isTeam, memberOf, viaTeamsOf } from './care-team.ts';
import { careTeamRule, error } from './contact-rule.ts';

/**
 * The levels on which a contact can be reached. A rule finds what is referred to: so of the unit its own numbers and those of the
 * services that the role names, and not the services that name the unit.
 */
export const contactPath: DomainRule = careTeamRule({
  id: 'careteam-kontaktvag',
  citation:
    'Inera TKB Fasta kontakter 1.0 RC2: contact through person, team or unit, at least one level filled',
  sentence:
    'a fast kontakt can be reached: by its own telecom, its team, its PractitionerRole, a HealthcareService of that role, or its unit',
  sv: 'Det ska gå att nå den fasta kontakten: direkt, genom teamet eller genom enheten.',
  about: { is: isFastKontakt, whenEnded: 'in-use' },
  needs: (team, found) => (reachable(team) ? [] : pathHolders(team, found)),
  check(team, _staged, found) {
    if (reachable(team) || pathHolders(team, found).some((each) => reachable(found(each)))) return [];
    return [
      error(
        'CareTeam.telecom',
        'Give a telecom here, or one on the team (viaTeam), the PractitionerRole, a HealthcareService that it names, or the managingOrganization.',
        'Ange hur man når den fasta kontakten, till exempel ett telefonnummer.',
      ),
    ];
  },
});

/** What the contact is reached through, and, once the role is found, the services that it names. */
function pathHolders(team: CareTeam, found: Found): string[] {
  const member = memberOf(team);
  const role = member === undefined ? undefined : (found(member) as Partial<PractitionerRole> | undefined);
  return [
    ...viaTeamsOf(team),
    ...(member === undefined ? [] : [member]),
    ...(team.managingOrganization ?? []).flatMap(({ reference }) => reference ?? []),
    ...(role?.healthcareService ?? []).flatMap(({ reference }) => reference ?? []),
  ];
}

const reachable = (holder: object | undefined): boolean =>
  ((holder as { telecom?: ContactPoint[] } | undefined)?.telecom ?? []).some(isUsable);

const isUsable = ({ value, use }: ContactPoint): boolean => value !== undefined && use !== 'old';

const isContactOrTeam = (resource: object): resource is CareTeam =>
  isFastKontakt(resource) || isTeam(resource);

const dialled = ['phone', 'sms', 'fax', 'pager'];

export const numberForm: DomainRule = careTeamRule({
  id: 'careteam-nummer',
  citation: 'ITU-T E.164: a number has at most 15 digits',
  sentence: 'a number to call has 3 to 15 digits, with +, spaces and hyphens at most',
  sv: 'Ett telefonnummer består av siffror, mellanslag och bindestreck, och kan börja med plus.',
  about: { is: isContactOrTeam, whenEnded: 'in-use' },
  check: ({ telecom = [] }) =>
    telecom.flatMap(({ system, value }, at) =>
      value === undefined || !dialled.includes(system ?? '') || hasNumberForm(value)
        ? []
        : [
            error(
              `CareTeam.telecom[${at}].value`,
              'Write the number with digits, spaces and hyphens, for example 0346-88 60 00; hours and names have places of their own.',
              'Skriv bara numret, till exempel 0346-88 60 00.',
            ),
          ],
    ),
});

const hasNumberForm = (value: string): boolean =>
  /^\+?\d[\d -]*$/.test(value.trim()) && /^\d{3,15}$/.test(value.replace(/\D/g, ''));

export const reachableTeam: DomainRule = careTeamRule({
  id: 'careteam-team',
  citation: 'Inera CareTeam IG 0.9, RIVManagingTeam',
  sentence: 'a team has a name and a telecom',
  sv: 'Ett team ska ha ett namn och ett telefonnummer.',
  about: { is: isTeam, whenEnded: 'in-use' },
  check: (team) => [
    ...(team.name?.trim() ? [] : [error('CareTeam.name', 'Give the team a name.', 'Ange vad teamet heter.')]),
    ...(reachable(team)
      ? []
      : [
          error(
            'CareTeam.telecom',
            'Give the team a telecom with a value.',
            'Ange hur man når teamet, till exempel ett telefonnummer.',
          ),
        ]),
  ],
});
