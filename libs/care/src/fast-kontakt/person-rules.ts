import type { PractitionerRole } from '@medplum/fhirtypes';
import type { DomainRule } from '@naravard/fhir';
import { isFastKontakt, memberOf, typeReferredTo } from './care-team.ts';
import { careTeamRule, error } from './contact-rule.ts';

const about = { is: isFastKontakt, whenEnded: 'also-ended' } as const;

/** One CareTeam is one relation between the patient and one person. */
export const onePerson: DomainRule = careTeamRule({
  id: 'careteam-en-person',
  citation: 'Inera CareTeam IG 0.9, RIVCareManager.participant 1..1',
  sentence:
    'a fast kontakt is one person in a role: exactly one participant, whose member is a PractitionerRole',
  sv: 'En fast kontakt är en namngiven person.',
  about,
  check(team) {
    const { participant = [] } = team;
    if (participant.length !== 1) {
      return [
        error(
          'CareTeam.participant',
          'Name exactly one person: write one CareTeam of category fast-kontakt for each, and the team as a CareTeam of category team.',
          'Ange en enda person. Skriv en fast kontakt för varje person.',
        ),
      ];
    }
    if (typeReferredTo(memberOf(team)) === 'PractitionerRole') return [];
    return [
      error(
        'CareTeam.participant[0].member',
        'Refer to the person as PractitionerRole/id, which says at which unit and as what the person works.',
        'Ange personen i sin roll på enheten.',
      ),
    ];
  },
});

/** A role that nobody fills is no person. */
export const namedPerson: DomainRule = careTeamRule({
  id: 'careteam-namngiven-person',
  citation: 'Inera CareTeam IG 0.9, RIVCareManager: a relation between the patient and a named person',
  sentence: 'the PractitionerRole of a fast kontakt exists and says who the person is',
  sv: 'Den fasta kontakten ska vara en namngiven person som finns i katalogen.',
  about: { ...about, whenEnded: 'in-use' },
  needs: (team) => [memberOf(team) ?? []].flat(),
  check(team, _staged, found) {
    const reference = memberOf(team);
    // Roles of another server, and what is no role, are not looked up here.
    if (typeReferredTo(reference) !== 'PractitionerRole' || !reference?.startsWith('PractitionerRole/'))
      return [];
    const role = found(reference) as Partial<PractitionerRole> | undefined;
    if (role?.practitioner && role.active !== false) return [];
    return [
      error(
        'CareTeam.participant[0].member',
        'Refer to a PractitionerRole that is here, in use, and has a practitioner.',
        'Personen finns inte i katalogen, eller är inte i tjänst. Välj en annan person.',
      ),
    ];
  },
});
