import type { SipElements } from '@naravard/care';
import { identifierSystems } from '@naravard/fhir';
import { textOf } from '@naravard/rest';
import type { Stored, Transaction } from '@naravard/store';
import type { Made } from '../../writing.ts';

/** A unit, by its Organization. */
export interface Unit {
  readonly reference: string;
  readonly hsaId: string;
  readonly name: string;
}

/** When and where, as instants in UTC. */
export interface Occasion {
  readonly start: string;
  readonly end: string;
  readonly place: string | undefined;
}

/** R4 lets no Organization take part in an Appointment, so a unit is named by its HSA-id. */
export const unitActor = ({ hsaId, name }: Unit) => ({
  identifier: { system: identifierSystems.hsaId, value: hsaId },
  display: name,
});

const participant = (actor: object, status: string) => ({ actor, required: 'required', status });

/** http://hl7.org/fhir/R4/appointment.html: the meeting that units are invited to. */
export const bookedMeeting = (
  patient: string,
  samordnare: string,
  units: readonly Unit[],
  { start, end, place }: Occasion,
): Made => ({
  resourceType: 'Appointment',
  status: 'booked',
  appointmentType: { text: 'SIP-möte' },
  description: 'SIP-möte',
  start,
  end,
  ...(place !== undefined && { comment: place }),
  participant: [
    participant({ reference: `Patient/${patient}` }, 'needs-action'),
    participant({ reference: samordnare }, 'accepted'),
    ...units.map((unit) => participant(unitActor(unit), 'needs-action')),
  ],
});

/** Who came: `present` are persons and units as an Appointment names them. */
export const attended = (patient: string, present: readonly object[]) => {
  const came = present.map((actor) => participant(actor, 'accepted'));
  const subject = `Patient/${patient}`;
  const isThere = present.some((actor) => 'reference' in actor && actor.reference === subject);
  return isThere ? came : [participant({ reference: subject }, 'declined'), ...came];
};

/** The meeting that the head refers to and that has not been held yet, locked; undefined where there is none. */
export async function plannedMeeting(
  transaction: Transaction,
  { supportingInfo = [] }: SipElements,
): Promise<Stored | undefined> {
  const ids = supportingInfo.flatMap(
    ({ reference }) => /^Appointment\/([^/]+)$/.exec(reference ?? '')?.[1] ?? [],
  );
  const all = await transaction.current(ids.map((id) => ({ type: 'Appointment', id })));
  return all.find((stored) => stored && !stored.deleted && statusOf(stored) === 'booked');
}

const statusOf = (stored: Stored): string | undefined =>
  (JSON.parse(textOf(stored)) as { status?: string }).status;
