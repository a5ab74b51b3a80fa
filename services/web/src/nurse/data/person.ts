import type { Patient } from '../../api/fhir.ts';

/** A line of a list: enough to know the person from another. */
export interface ListedPerson {
  readonly id: string;
  readonly name: string;
  readonly born: string | null;
  readonly address: string | null;
  readonly protectedIdentity: boolean;
  readonly deceased: boolean;
}

/** Elements that `listedPerson` reads; `deceased` stands for both of its forms. */
export const personElements = 'name,birthDate,address,deceased';

/** OSL (2009:400) 22 kap 1 §; codes of the HL7 Sweden base profiles. */
const protectedLabels = ['sekretessmarkering', 'skyddadFolkbokforing'];

export function listedPerson(patient: Patient): ListedPerson {
  const { id = '', name = [], birthDate = null, address = [] } = patient;
  const official = name.find(({ use }) => use === 'official') ?? name[0];
  const spelled = [...(official?.given ?? []), official?.family].filter(Boolean).join(' ');
  const home = address[0];
  const street = [...(home?.line ?? []), home?.city].filter(Boolean).join(', ');
  return {
    id,
    name: official?.text || spelled || 'Namn saknas',
    born: birthDate,
    address: home ? home.text || street || null : null,
    protectedIdentity: (patient.meta?.security ?? []).some(({ code = '' }) => protectedLabels.includes(code)),
    deceased: patient.deceasedBoolean === true || patient.deceasedDateTime !== undefined,
  };
}
