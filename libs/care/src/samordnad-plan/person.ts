import type { Address, Patient } from '@medplum/fhirtypes';
import { personNumberSystems } from '@naravard/fhir';
import { extensions } from '../codes.ts';
import { extensionOf } from '../extension-reader.ts';
import { isHeldAt } from './held-at.ts';

/** What who comes to the person has to know of where and how to meet. */
export interface PersonAtHome {
  readonly gender: string | null;
  readonly phones: readonly string[];
  /** `access`: portkod and key. */
  readonly address: { readonly text: string; readonly access: string | null } | null;
  readonly languages: readonly { readonly text: string; readonly interpreter: boolean }[];
  /** The last four characters of the personnummer, `…-9805`: with the date of birth enough to check who it is. */
  readonly identity: string | null;
}

/** http://hl7.org/fhir/R4/extension-patient-interpreterrequired.html */
const interpreterRequired = 'http://hl7.org/fhir/StructureDefinition/patient-interpreterRequired';

export function personAtHome(patient: Patient | undefined, at: string): PersonAtHome {
  const { gender = null, telecom = [], address = [], communication = [] } = patient ?? {};
  const lives = address.filter(({ use, period }) => use !== 'old' && isHeldAt(period, at));
  const interpreter = extensionOf(patient, interpreterRequired)?.valueBoolean === true;
  const languages = communication.flatMap(
    ({ language }) => language?.text ?? language?.coding?.[0]?.display ?? [],
  );
  return {
    gender,
    phones: telecom
      .filter(({ system, use, period }) => system === 'phone' && use !== 'old' && isHeldAt(period, at))
      .flatMap(({ value }) => value ?? []),
    address: addressOf(lives.find(({ use }) => use === 'home') ?? lives[0]),
    languages: (languages.length || !interpreter ? languages : ['Okänt språk']).map((text) => ({
      text,
      interpreter,
    })),
    identity: identityOf(patient),
  };
}

function addressOf(address: Address | undefined): PersonAtHome['address'] {
  if (address === undefined) return null;
  const { line = [], postalCode, city } = address;
  const place = [postalCode, city].filter(Boolean).join(' ');
  const text = address.text ?? [...line, place].filter(Boolean).join(', ');
  if (text === '') return null;
  return { text, access: extensionOf(address, extensions.tilltrade)?.valueString ?? null };
}

function identityOf({ identifier = [] }: Pick<Patient, 'identifier'> = {}): string | null {
  const numbers = personNumberSystems.flatMap((system) =>
    identifier.filter((each) => each.system === system),
  );
  const value = numbers.find((each) => each.use !== 'old' && each.value !== undefined)?.value;
  return value === undefined ? null : `…-${value.slice(-4)}`;
}
