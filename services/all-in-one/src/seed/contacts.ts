import type { CareTeam } from '@medplum/fhirtypes';
import { contactType, extensions, systems } from '@naravard/care';
import { officeHours, phone } from '../sandbox/demo/phone.ts';
import { type Case, type Contact, dayBefore, type Writer } from './case.ts';
import { numberOf, type StaffRole, staffing, unitIds } from './halland.ts';

/** What each type of fast kontakt is there for, as it is told to the patient. */
const UPPDRAG = {
  '1': 'Besöker dig hemma och följer hur du mår.',
  '2': 'Ansvarar för din medicinska behandling hos vårdcentralen.',
  '3': 'Ordnar hjälpen hemma så att den passar din vardag.',
  '4': 'Håller ihop din vård och kallar till möten om din plan.',
} as const;

/** Everybody has a fast läkarkontakt; hemsjukvård and hemtjänst bring theirs, three of ten have a samordnare. */
export function contacts(person: Case): Contact[] {
  const { random, vardcentral, hemsjukvard, hemtjanst } = person;
  const found = [contact(person, 'region', '2', vardcentral, 'lakare', staffing.vardcentral.lakare)];
  if (random.chance(0.3))
    found.push(contact(person, 'region', '4', vardcentral, 'dsk', staffing.vardcentral.dsk));
  if (hemsjukvard) {
    found.push(contact(person, 'halsoOchSjukvard', '1', hemsjukvard, 'ssk', staffing.hemsjukvard.ssk));
  }
  if (hemtjanst) found.push(contact(person, 'omsorg', '3', hemtjanst, 'usk', staffing.hemtjanst.usk));
  return found;
}

function contact(
  { id, random, anchor }: Case,
  writer: Writer,
  kind: keyof typeof UPPDRAG,
  unit: string,
  post: StaffRole,
  staff: number,
): Contact {
  const role = `PractitionerRole/${unitIds.staff(unit, post, random.whole(1, staff))}`;
  const display = contactType(kind)?.display ?? '';
  const team: CareTeam = {
    resourceType: 'CareTeam',
    id: `${id}-k${kind}`,
    extension: [{ url: extensions.uppdrag, valueString: UPPDRAG[kind] }],
    status: 'active',
    category: [{ coding: [{ system: systems.careTeamType, code: 'fast-kontakt' }] }],
    name: display,
    subject: { reference: `Patient/${id}` },
    period: { start: dayBefore(anchor, random.whole(30, 1200)) },
    participant: [
      {
        ...(kind === '1' && {
          extension: [{ url: extensions.viaTeam, valueReference: { reference: `CareTeam/${unit}-team` } }],
        }),
        role: [{ coding: [{ system: systems.fastKontakt, code: kind, display }] }],
        member: { reference: role },
      },
    ],
    managingOrganization: [{ reference: `Organization/${unit}` }],
    telecom: [phone(numberOf(unit), officeHours(), dayBefore(anchor, 20))],
  };
  return { writer, role, team };
}
