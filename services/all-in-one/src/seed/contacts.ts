import type { CareTeam } from '@medplum/fhirtypes';
import { type Case, type Contact, dayBefore, type Writer } from './case.ts';
import { type StaffRole, staffing, unitIds } from './halland.ts';

const KINDS = {
  '1': 'Fast vårdkontakt',
  '2': 'Fast läkarkontakt i primärvård',
  '3': 'Fast omsorgskontakt i hemtjänsten',
  '4': 'Fast vårdkontakt med övergripande samordningsansvar',
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
  kind: keyof typeof KINDS,
  unit: string,
  post: StaffRole,
  staff: number,
): Contact {
  const role = `PractitionerRole/${unitIds.staff(unit, post, random.whole(1, staff))}`;
  const team: CareTeam = {
    resourceType: 'CareTeam',
    id: `${id}-k${kind}`,
    status: 'active',
    category: [
      {
        coding: [
          { system: 'https://fhir.inera.se/ig/careteam/CodeSystem/typ-av-careteam-cs', code: 'fast-kontakt' },
        ],
      },
    ],
    name: KINDS[kind],
    subject: { reference: `Patient/${id}` },
    period: { start: dayBefore(anchor, random.whole(30, 1200)) },
    participant: [
      {
        role: [
          {
            coding: [
              {
                system:
                  'https://terminologitjansten.inera.se/inera-kodverksforvaltning/kodverk/kv_typ_av_fast_kontakt',
                code: kind,
                display: KINDS[kind],
              },
            ],
          },
        ],
        member: { reference: role },
      },
    ],
    managingOrganization: [{ reference: `Organization/${unit}` }],
  };
  return { writer, role, team };
}
