import { emergencyGrounds, type Ground, grounds, type Refusal, refusals } from '@naravard/access';
import type { ProblemKind } from '@naravard/fhir';

/** Reasons of audit rows beside those of the decision: why the log was read, and what a statement found. */
const ownSections = {
  'log-review': 'PDL 4:3, SVOD 4:4',
  'own-log': 'SVOD 4:2, PDL 8:5',
  'shown-before': 'none',
  'person-match': 'none',
  'person-merge': 'none',
  'svod-status': 'SVOD 2:4, 2:5',
  'block-officer': 'PDL 4:5, SVOD 3:5',
  destruction: 'PDL 8:4',
  untimely: 'none',
  absent: 'none',
  'out of scope': 'none',
  'no match': 'none',
} as const;

type Own = keyof typeof ownSections;

/** Whose data it is, as the reader of the words sees it. */
export type Voice = 'patient' | 'guardian' | 'staff';

/** `{samtycke}` and `{person}` are put into the voice. Plain Swedish: the person reads it. */
const words: Readonly<Record<Ground | Refusal | Own, string>> = {
  'own-unit': 'enheten deltar i vården och har själv skrivit uppgifterna',
  'same-provider': 'en annan enhet hos samma vårdgivare som deltar i vården',
  'inner-block-lifted': 'spärren var hävd',
  'person-data': 'enheten deltar i vården eller omsorgen och behövde personuppgifterna',
  'own-emergency': 'nödöppning utan registrerad relation: fara för liv eller allvarlig risk för hälsan',
  'own-unit-omsorg': 'enheten ger omsorgen och har själv skrivit uppgifterna',
  'same-omsorgsgivare': 'en annan enhet hos samma omsorgsgivare',
  'svod-consent': 'sammanhållen vård- och omsorgsdokumentation med {samtycke}',
  'svod-child': 'sammanhållen vård- och omsorgsdokumentation för ett barn som inte kan samtycka själv',
  'svod-incapacity': 'sammanhållen vård- och omsorgsdokumentation när personen inte kan ta ställning',
  'svod-emergency': 'nödöppning: fara för liv eller allvarlig risk för hälsan',
  'omsorg-consent': 'omsorgens läsning i sammanhållen vård- och omsorgsdokumentation med {samtycke}',
  'omsorg-incapacity': 'omsorgens läsning när personen inte kan ta ställning',
  'patient-self': '{person} läste själv',
  'young-person-exception': '{person} läste själv enligt enhetens beslut',
  'guardian-under-13': 'vårdnadshavare till barn under 13 år',
  'guardian-exception': 'vårdnadshavare enligt enhetens beslut',
  'system-own-organisation': 'organisationens eget journalsystem',
  directory: 'katalogen över vård och omsorg, som är öppen för alla',
  'own-unit-no-patient': 'enhetens egna uppgifter som inte rör någon patient',
  'time-unknown': 'tiden gick inte att läsa',
  'other-facts': 'uppgifterna rörde en annan person',
  'no-patient': 'uppgiften rör ingen känd person',
  'no-custodian': 'ingen organisation ansvarar för uppgiften',
  purpose: 'uppdraget är inte för vård och behandling',
  'no-inner-relation': 'enheten deltar inte i vården',
  'inner-blocked': 'uppgiften är spärrad mot andra enheter',
  'shows-block': 'uppgiften visar vem som har spärrat',
  'outside-svod': 'uppgiften ingår inte i sammanhållen vård- och omsorgsdokumentation',
  'not-joined': 'organisationen deltar inte i sammanhållen vård- och omsorgsdokumentation',
  'not-informed': 'personen har inte informerats',
  'outer-blocked': 'uppgiften är spärrad mot andra vårdgivare',
  'ask-the-blocker': 'uppgiften är spärrad; den som har spärrat måste tillfrågas',
  'no-patient-relation': 'ingen aktuell patientrelation',
  'no-consent': 'inget samtycke',
  'no-insats': 'ingen aktuell insats eller utredning',
  'no-omsorg-consent': 'inget samtycke',
  deceased: 'personen är registrerad som avliden',
  'another-person': 'uppgiften rör en annan person',
  'not-for-patient': 'uppgiften visas inte för patienten själv',
  'internal-note': 'anteckning mellan personal',
  'available-by-2-6': 'uppgiften gjordes tillgänglig när personen inte kunde ta ställning',
  'age-unknown': 'åldern är inte känd',
  'under-16': 'personen är under 16 år',
  'no-guardian': 'inte längre ombud eller vårdnadshavare',
  'guardian-from-13': 'barnet har fyllt 13 år',
  'guardian-protected-identity': 'barnet har skyddade personuppgifter',
  'adult-proxy': 'ombud för en vuxen har inte åtkomst',
  'system-other-organisation': 'systemet tillhör en annan organisation',
  administrator: 'administratörer har inte åtkomst till patientuppgifter',
  'log-review': 'kontroll av loggen',
  'own-log': 'egen läsning av loggen',
  'person-match': 'den som frågade hade personnumret',
  'person-merge': 'två registreringar av samma person',
  'svod-status': 'att det finns uppgifter hos andra, inte vad eller hos vem',
  'block-officer': 'behörig att häva spärrar',
  destruction: 'beslut av Inspektionen för vård och omsorg',
  untimely: 'uppgiven tid är för gammal eller har inte varit',
  'shown-before': 'läst utan uppkoppling; uppgiften hade visats tidigare',
  absent: 'uppgiften finns inte',
  'out of scope': 'ingen behörighet',
  'no match': 'inget hittades',
};

/** What a request failed by, where no decision was made. */
const failures: Partial<Record<ProblemKind, string>> = {
  forbidden: 'ingen behörighet',
  'not-found': 'uppgiften finns inte',
  deleted: 'uppgiften är borttagen',
  'multiple-matches': 'villkoret träffade flera uppgifter',
  'stale-version': 'uppgiften hade ändrats',
  invalid: 'innehållet gick inte att spara',
  unprocessable: 'innehållet gick inte att spara',
  'business-rule': 'en regel i tjänsten hindrade det',
  unavailable: 'tjänsten var inte tillgänglig',
  internal: 'ett internt fel',
};

const samtycke: Record<Voice, string> = {
  patient: 'ditt samtycke',
  guardian: 'barnets eller vårdnadshavarens samtycke',
  staff: 'patientens samtycke',
};
const person: Record<Voice, string> = { patient: 'du', guardian: 'barnet', staff: 'patienten' };

const sections: Readonly<Record<string, string>> = { ...refusals, ...grounds, ...ownSections };

/** One code of an audit row's reason in plain Swedish; undefined for a code that is none of the lists. */
export function wordsOf(code: string, voice: Voice): string | undefined {
  const text: string | undefined = words[code as keyof typeof words] ?? failures[code as ProblemKind];
  return text?.replace('{samtycke}', samtycke[voice]).replace('{person}', person[voice]);
}

/** Law and "chapter:section" of a code; undefined where no law is behind it. */
export function sectionOf(code: string): string | undefined {
  const section = sections[code];
  return section === 'none' ? undefined : section;
}

/** The codes of a row's reason. Grounds never hold a space; other reasons are one text. */
export const codesOf = (reason: string): readonly string[] =>
  reason in sections ? [reason] : reason.split(' ').filter((code) => code !== '');

/** Whether a nödöppning opened, alone or beside other grounds. */
export const isByOpening = (codes: readonly string[]): boolean =>
  emergencyGrounds.some((ground) => codes.includes(ground));

/** `sammanhållen ... med patientens samtycke (SVOD 3:1)`, several separated by semicolons. */
export const explained = (codes: readonly string[], voice: Voice): string =>
  codes
    .map((code) => {
      const section = sectionOf(code);
      return `${wordsOf(code, voice) ?? code}${section ? ` (${section})` : ''}`;
    })
    .join('; ');
