import {
  canonicalIdentifier,
  type DomainRule,
  type Finding,
  type IdentifierFault,
  identifierFault,
  identifierSystems,
  personNumberSystems,
} from '@naravard/fhir';

interface Identifier {
  readonly system?: string;
  readonly value?: string;
}

/** What to do about a fault: English, and plain Swedish. */
type Advice = Readonly<Record<IdentifierFault, { readonly en: string; readonly sv: string }>>;

/**
 * A person may be registered before any number is known (a newborn, an unconscious patient, a visitor): that is noted, and
 * not refused, since care must not wait for it.
 */
export const patientNumbers: DomainRule = {
  id: 'patient-personnummer',
  citation: 'folkbokföringslagen (1991:481), 18 and 18 a §§; SKV 704',
  sentence:
    'a personnummer, samordningsnummer (day + 60) or reservnummer is well formed, has its check digit and stands under its own system; a Patient without any is noted',
  sv: 'Personnummer, samordningsnummer och reservnummer ska vara rätt skrivna.',
  check(staged) {
    const broken = faultsOf(staged, personNumberSystems, {
      form: {
        en: 'This is no such number, or its date is not in the calendar: send twelve digits, yyyymmddnnnn (reservnummer: eight digits and four digits or letters).',
        sv: 'Numret har inte rätt form eller har ett datum som inte finns. Skriv det med tolv tecken.',
      },
      'check-digit': {
        en: 'The check digit does not agree with the others: read the number again.',
        sv: 'Numret stämmer inte. Kontrollera att alla siffror är rätt.',
      },
      sort: {
        en: 'This is a number of another sort: send it under the system of personnummer (day 1-31), samordningsnummer (day 61-91) or reservnummer (with letters).',
        sv: 'Numret är av en annan sort: personnummer, samordningsnummer eller reservnummer.',
      },
    });
    return hasNumber(staged.resource) ? broken : [...broken, unnumbered];
  },
};

const unnumbered: Finding = {
  severity: 'warning',
  expression: 'Patient.identifier',
  diagnostics:
    'There is no personnummer, samordningsnummer or reservnummer: add one when it is known, so that the person is found by it and registered once.',
  sv: 'Personen har inget personnummer, samordningsnummer eller reservnummer. Lägg till det när det är känt.',
};

const hasNumber = (resource: object): boolean =>
  identifiersOf(resource).some(({ system, value }) =>
    personNumberSystems.includes(canonicalIdentifier(system, value ?? '').system ?? ''),
  );

/** Whose data it is follows from the HSA-id, so one that nobody can have must not be stored; nothing is read out of its digits. */
export const hsaIdForm: DomainRule = {
  id: 'hsa-id-form',
  citation: 'Inera HSA, regler för HSA-id; HL7 Sweden base profiles 1.1.0',
  sentence:
    'an HSA-id is SE, ten digits (16 may stand before them), a hyphen and at least one letter or digit, at most 31 characters; it has no check digit',
  sv: 'Ett HSA-id ska vara rätt skrivet, till exempel SE2321000115-RH01.',
  check: (staged) =>
    faultsOf(staged, [identifierSystems.hsaId], {
      ...otherwise,
      form: {
        en: 'This is no HSA-id: send SE, ten digits, a hyphen and at least one letter or digit, at most 31 characters.',
        sv: 'HSA-id är inte rätt skrivet. Kontrollera det i HSA-katalogen.',
      },
    }),
};

export const organisationNumberForm: DomainRule = {
  id: 'organisationsnummer-form',
  citation: 'lagen (1974:174) om identitetsbeteckning för juridiska personer m.fl.',
  sentence:
    'an organisationsnummer is ten digits (16 may stand before them) of which the last is the check digit',
  sv: 'Ett organisationsnummer ska ha tio siffror och rätt kontrollsiffra.',
  check: (staged) =>
    faultsOf(staged, [identifierSystems.organisationsnummer], {
      ...otherwise,
      form: {
        en: 'This is no organisationsnummer: send ten digits.',
        sv: 'Organisationsnumret ska ha tio siffror.',
      },
    }),
};

const otherwise: Advice = {
  form: { en: 'The number is not well formed: read it again.', sv: 'Numret är inte rätt skrivet.' },
  'check-digit': {
    en: 'The check digit does not agree with the others: read the number again.',
    sv: 'Numret stämmer inte. Kontrollera att alla siffror är rätt.',
  },
  sort: { en: 'This is a number of another sort.', sv: 'Numret är av en annan sort.' },
};

/** One finding for each identifier under one of these systems that is not what the system says; it never repeats the value. */
function faultsOf(
  { type, resource }: { readonly type: string; readonly resource: object },
  systems: readonly string[],
  advice: Advice,
): Finding[] {
  return identifiersOf(resource).flatMap((identifier, index): Finding[] => {
    const { system } = canonicalIdentifier(identifier.system, identifier.value ?? '');
    if (identifier.value === undefined || !systems.includes(system ?? '')) return [];
    const fault = identifierFault(identifier);
    if (!fault) return [];
    const { en, sv } = advice[fault];
    return [{ severity: 'error', expression: `${type}.identifier[${index}].value`, diagnostics: en, sv }];
  });
}

const identifiersOf = (resource: object): readonly Identifier[] =>
  (resource as { identifier?: readonly Identifier[] }).identifier ?? [];
