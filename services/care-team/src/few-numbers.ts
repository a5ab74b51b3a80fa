import { canonicalIdentifier, type DomainRule, personNumberSystems } from '@naravard/fhir';

/** A person has one at a time, and seldom had more than one before. */
const most = 5;

/** Each number that a Patient has is kept from all other Patients (person-numbers.ts), so that nobody takes them by the thousand. */
export const fewNumbers: DomainRule = {
  id: 'patient-few-numbers',
  citation: 'folkbokföringslagen (1991:481), 18 §',
  sentence: `a Patient has at most ${most} each of personnummer, samordningsnummer and reservnummer`,
  sv: `En person har högst ${most} av varje sorts nummer.`,
  check({ resource }) {
    const { identifier = [] } = resource as { identifier?: { system?: string; value?: string }[] };
    const given = identifier.map(({ system, value = '' }) => canonicalIdentifier(system, value).system);
    if (personNumberSystems.every((system) => given.filter((each) => each === system).length <= most))
      return [];
    return [
      {
        severity: 'error',
        expression: 'Patient.identifier',
        diagnostics: `More than ${most} numbers of one sort: leave out those that are not of this person.`,
        sv: 'Så många nummer kan en person inte ha.',
      },
    ];
  },
};
