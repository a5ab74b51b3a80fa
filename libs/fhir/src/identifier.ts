import { nationalNumber } from './national-number.ts';

/**
 * The identifier systems of the HL7 Sweden base profiles (hl7se.fhir.base 1.1.0), which are the ones we return. Inera's
 * service contracts (RIV-TA) use OIDs of their own for the same values: `aliases` below.
 */
export const identifierSystems = {
  personnummer: 'http://electronichealth.se/identifier/personnummer',
  samordningsnummer: 'http://electronichealth.se/identifier/samordningsnummer',
  reservnummer: 'http://electronichealth.se/identifier/nationelltReservnummer',
  hsaId: 'urn:oid:1.2.752.29.4.19',
  organisationsnummer: 'urn:oid:2.5.4.97',
} as const;

/** The systems of the numbers of persons. */
export const personNumberSystems: readonly string[] = [
  identifierSystems.personnummer,
  identifierSystems.samordningsnummer,
  identifierSystems.reservnummer,
];

type Swedish = keyof typeof identifierSystems;

const aliases: Readonly<Record<Swedish, readonly string[]>> = {
  personnummer: ['1.2.752.129.2.1.3.1'],
  samordningsnummer: ['1.2.752.129.2.1.3.3'],
  reservnummer: ['1.2.752.74.9.1'],
  hsaId: ['1.2.752.29.4.19', '1.2.752.129.2.1.4.1'],
  organisationsnummer: ['2.5.4.97'],
};

const kinds: ReadonlyMap<string, Swedish> = new Map(
  (Object.keys(identifierSystems) as Swedish[]).flatMap((kind) => [
    [identifierSystems[kind], kind] as const,
    ...aliases[kind].flatMap((oid) => [[oid, kind] as const, [`urn:oid:${oid}`, kind] as const]),
  ]),
);

/**
 * One form for every accepted way of writing a Swedish identifier, so that stored and searched values meet: the system
 * of the base profiles, twelve digits, upper case. A system that is not Swedish, and a value that does not have the
 * form of its kind, come back as they are: whether they are valid is for validation to say. An empty system is null.
 *
 * A number of ten digits is read as that of a person below a hundred at `now` (ms since 1970), unless a `+` says otherwise.
 */
export function canonicalIdentifier(
  system: string | null | undefined,
  value: string,
  now: number = Date.now(),
): { system: string | null; value: string } {
  if (!system) return { system: null, value };
  const kind = kinds.get(system);
  return kind
    ? { system: identifierSystems[kind], value: canonicalValue(kind, value, now) }
    : { system, value };
}

/**
 * Whether an identifier in canonical form is a personnummer, a samordningsnummer (folkbokföringslagen 1991:481, 18 and 18 a §§)
 * or a reservnummer by its form; the check digit is not looked at.
 */
export function isPersonNumber({ system, value }: { system: string | null; value: string }): boolean {
  switch (system) {
    case identifierSystems.personnummer:
    case identifierSystems.samordningsnummer:
      return /^\d{12}$/.test(value) && nationalNumber(value, Date.now()) === value;
    case identifierSystems.reservnummer:
      return reserveForm.test(value);
    default:
      return false;
  }
}

const reserveForm = /^[0-9]{8}[0-9A-Z]{4}$/;

function canonicalValue(kind: Swedish, value: string, now: number): string {
  switch (kind) {
    case 'personnummer':
    case 'samordningsnummer':
      return nationalNumber(value, now) ?? value;
    case 'reservnummer': {
      const reserve = value.trim().toUpperCase().replace('-', '');
      return reserveForm.test(reserve) ? reserve : value;
    }
    case 'hsaId':
      return value.trim().toUpperCase();
    case 'organisationsnummer': {
      // Twelve digits are the ten with the century mark 16 that Skatteverket puts before a legal person's number.
      const match = /^(?:16)?(\d{6})-?(\d{4})$/.exec(value.trim());
      return match ? `${match[1]}${match[2]}` : value;
    }
    default:
      return kind satisfies never;
  }
}
