import type { CareTeam, Extension } from '@medplum/fhirtypes';
import type { DomainRule } from '@naravard/fhir';
import { extensions } from '../codes.ts';
import { isFastKontakt, isTeam, uppdragOf } from './care-team.ts';
import { careTeamRule, error, warning } from './contact-rule.ts';

export const uppdrag: DomainRule = careTeamRule({
  id: 'careteam-uppdrag',
  citation:
    'God och nära vård, joint plan of Region Halland and its municipalities (2025), row 1a: what each contact does',
  sentence: 'a fast kontakt says in a sentence to the patient what this person is there for',
  sv: 'Skriv med en mening vad den fasta kontakten hjälper till med.',
  about: { is: isFastKontakt, whenEnded: 'in-use' },
  check: (team) =>
    uppdragOf(team)
      ? []
      : [
          error(
            'CareTeam.extension',
            `Add the extension ${extensions.uppdrag} with a valueString, as "Ordnar hjälpen hemma så att den passar din vardag."`,
            'Skriv med en mening till patienten vad den fasta kontakten hjälper till med.',
          ),
        ],
});

/** So that it can be told who was responsible on a day. */
export const endedWhen: DomainRule = careTeamRule({
  id: 'careteam-slutdatum',
  citation: 'Inera TKB Fasta kontakter 1.0 RC2: period 1..1',
  sentence: 'a fast kontakt that is inactive says when it ended',
  sv: 'Ange när den fasta kontakten avslutades.',
  about: { is: isFastKontakt, whenEnded: 'also-ended' },
  check: ({ status, period }) =>
    status !== 'inactive' || period?.end
      ? []
      : [
          warning(
            'CareTeam.period.end',
            'Give the end: without it nobody finds out until when this contact was responsible.',
            'Ange vilken dag den fasta kontakten avslutades.',
          ),
        ],
});

/**
 * `note` is for the patient to read; what is not is a resource of its own, which access keeps from patients. No resource is shown
 * but for some elements of it, so that none is shown by mistake.
 */
export const noInternalNote: DomainRule = careTeamRule({
  id: 'careteam-intern-anteckning',
  citation: 'Inera TKB Fasta kontakter 1.0 RC2: internalNotes never reach patient or ombud',
  sentence: 'an internal note is a Communication of its own, and no element of a fast kontakt or team',
  sv: 'Interna anteckningar skrivs för sig, inte i den fasta kontakten.',
  about: { is: (each): each is CareTeam => isFastKontakt(each) || isTeam(each), whenEnded: 'also-ended' },
  check(team) {
    const { note = [], participant = [] } = team;
    const places = [
      ['CareTeam.extension', team.extension],
      ...participant.map(
        ({ extension }, at) => [`CareTeam.participant[${at}].extension`, extension] as const,
      ),
      ...note.map(({ extension }, at) => [`CareTeam.note[${at}].extension`, extension] as const),
    ] as const;
    return places.filter(([, extension]) => extension?.some(isInternal)).map(([place]) => refused(place));
  },
});

/** By the last part of its URL, `.../intern-anteckning` or `.../internalNotes`, or by a code that says so. */
const isInternal = ({ url, valueCode, valueCoding }: Extension): boolean =>
  /[/#]intern(al)?-?(anteckning|note)[^/]*$/i.test(url ?? '') ||
  [valueCode, valueCoding?.code].some((code) => code === 'internal-note' || code === 'intern-anteckning');

const refused = (place: string) =>
  error(
    place,
    'note and extensions are for the patient to read: write a Communication of category intern-anteckning about the CareTeam, with the security label internal-note.',
    'Den här anteckningen skulle patienten se. Skriv den som en intern anteckning.',
  );
