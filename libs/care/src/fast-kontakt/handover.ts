import type { CareTeam, CareTeamParticipant, Communication } from '@medplum/fhirtypes';
import { identifierSystems } from '@naravard/fhir';
import { extensions, systems } from '../codes.ts';
import { extensionsOf } from '../extension-reader.ts';
import { labelledAs } from '../labelled-as.ts';
import { typeOf, uppdragOf } from './care-team.ts';
import { contactType } from './contact-types.ts';

/** When the next contact takes over. */
export interface Takeover {
  /** As it is written: a day, or an instant. */
  readonly text: string;
  /** Its first instant, ISO. */
  readonly start: string;
}

/** Who takes over, and what is written anew; what is left out is as with the contact before. */
export interface NextContact {
  /** `CareTeam/id` of the contact before. */
  readonly after: string;
  /** Id of the PractitionerRole. */
  readonly role: string;
  readonly name: string | undefined;
  /** Reference of the unit where the role is held. */
  readonly unit: string | undefined;
  readonly start: Takeover;
  readonly uppdrag: string | undefined;
  /** Telephone number at which this person is reached. */
  readonly phone: string | undefined;
}

const DAY = 24 * 3_600_000;

/** Of a date as it is written and its first instant; undefined for a year or a month, which say too little. */
export const takeoverAt = ({ text, start }: Takeover): Takeover | undefined =>
  text.length < 'YYYY-MM-DD'.length ? undefined : { text, start };

/**
 * The end of what is taken over from. The end of a FHIR Period is part of it (http://hl7.org/fhir/R4/datatypes.html#Period), so it
 * is the day or the millisecond before: both together are without gap and overlap.
 */
function endBefore({ text, start }: Takeover): string {
  const isDay = text.length === 'YYYY-MM-DD'.length;
  return isDay
    ? new Date(Date.parse(`${text}T00:00:00Z`) - DAY).toISOString().slice(0, text.length)
    : new Date(Date.parse(start) - 1).toISOString();
}

/** JSON Patch operations that end a contact; one that has not ended yet at `at`, ISO, stays active until it has. */
export function endingPatch({ period }: CareTeam, takeover: Takeover, at: string): object[] {
  const end = endBefore(takeover);
  return [
    period ? { op: 'add', path: '/period/end', value: end } : { op: 'add', path: '/period', value: { end } },
    ...(takeover.start <= at ? [{ op: 'replace', path: '/status', value: 'inactive' }] : []),
  ];
}

/**
 * The contact that takes over: the same type for the same patient. Numbers and notes were the other person's and are not
 * taken along; the team behind is, where the unit is the same.
 */
export function nextContact(before: CareTeam, next: NextContact): CareTeam {
  const { after, role, name, unit, start, phone } = next;
  const uppdrag = next.uppdrag ?? uppdragOf(before);
  const [place] = before.managingOrganization ?? [];
  const isSameUnit = unit === undefined || unit === place?.reference;
  const code = typeOf(before);
  const managing = isSameUnit ? place : { reference: unit };
  return {
    resourceType: 'CareTeam',
    ...labelledAs(before),
    extension: [
      ...(uppdrag === undefined ? [] : [{ url: extensions.uppdrag, valueString: uppdrag }]),
      { url: extensions.ersatter, valueReference: { reference: after } },
    ],
    status: 'active',
    ...(before.category && { category: before.category }),
    ...(name !== undefined && { name: `${contactType(code)?.display ?? 'Fast kontakt'}: ${name}` }),
    ...(before.subject && { subject: before.subject }),
    period: { start: start.text },
    participant: [participantAfter(before.participant?.[0], { role, name, isSameUnit })],
    ...(managing && { managingOrganization: [managing] }),
    ...(phone !== undefined && { telecom: [{ system: 'phone', value: phone }] }),
  };
}

function participantAfter(
  before: CareTeamParticipant | undefined,
  { role, name, isSameUnit }: { role: string; name: string | undefined; isSameUnit: boolean },
): CareTeamParticipant {
  const team = isSameUnit ? extensionsOf(before, extensions.viaTeam) : [];
  return {
    ...(team.length && { extension: team }),
    ...(before?.role && { role: before.role }),
    member: { reference: `PractitionerRole/${role}`, ...(name !== undefined && { display: name }) },
    ...(before?.onBehalfOf && { onBehalfOf: before.onBehalfOf }),
  };
}

/** What is said when a contact is handed over. */
export interface HandoverMessage {
  /** The contact before, and the reference of the next. */
  readonly before: CareTeam;
  readonly contacts: readonly [before: string, next: string];
  /** References of the two PractitionerRoles. */
  readonly recipients: readonly string[];
  /** HSA-id of who hands over. */
  readonly sender: string;
  /** ISO instant. */
  readonly sent: string;
  readonly reason: string;
  readonly message: string | undefined;
}

/** Between colleagues: a label keeps it from what the patient is shown of itself, and those of the contact hold for it. */
export const handoverMessage = (said: HandoverMessage): Communication => ({
  resourceType: 'Communication',
  ...labelledAs(said.before, { system: 'https://naravard.se/fhir/CodeSystem/access', code: 'internal-note' }),
  status: 'completed',
  category: [
    {
      coding: [
        { system: systems.communication, code: 'overlamning', display: 'Överlämning av fast kontakt' },
      ],
    },
  ],
  ...(said.before.subject && { subject: said.before.subject }),
  about: said.contacts.map((reference) => ({ reference })),
  sent: said.sent,
  recipient: said.recipients.map(
    (reference) => ({ reference }) as NonNullable<Communication['recipient']>[number],
  ),
  sender: {
    type: 'Practitioner',
    identifier: { system: identifierSystems.hsaId, value: said.sender },
  },
  payload: [
    { contentString: `Skäl: ${said.reason}` },
    ...(said.message === undefined ? [] : [{ contentString: said.message }]),
  ],
});
