import { extensionsOf, labelledAs, nextLage, type SipExtension, sipExtensions } from '@naravard/care';
import type { Problem } from '@naravard/fhir';
import { bad, type Engine, type Interaction, inputOf, referring } from '@naravard/rest';
import type { PutWrite } from '@naravard/store';
import { change, creation } from '../../writing.ts';
import { type Change, changeHead, type Held } from './head.ts';
import { type Invitation, invitationsTo, lageAfter } from './invitations.ts';
import { withLage } from './lage.ts';
import { attended, bookedMeeting, plannedMeeting, type Unit, unitActor } from './meeting.ts';
import { occasionIn } from './occasion.ts';
import { parties, referencesIn } from './referring.ts';
import { unitsOf } from './units.ts';

/**
 * `POST CarePlan/[id]/$sip-mote`: the meeting has been held, with who came (`narvarande`). The samordnare's record takes over
 * what the units have answered; a unit that came has accepted. `start` and `slut` where the meeting was not booked before.
 */
export const sipMote: Interaction = {
  name: '$sip-mote',
  method: 'POST',
  route: '/CarePlan/:id/$sip-mote',
  body: ['fhir'],
  matches: true,
  writes: true,
  handle(engine, call) {
    const known = { narvarande: 'reference', start: 'date', slut: 'date', plats: 'string' } as const;
    const occasion = occasionIn(inputOf(engine, call, known));
    const present = referencesIn(engine, call, 'narvarande', parties);
    if (!present.length) throw bad('narvarande', 'Say who came: units, staff, the person, relatives.');
    const work = (held: Held) => meetingHeld(engine, call.id, held, { present, occasion });
    return changeHead(engine, call, work, ['Task', 'Appointment']);
  },
};

type Occasion = ReturnType<typeof occasionIn>;

async function meetingHeld(
  engine: Engine,
  head: string,
  held: Held,
  { present, occasion }: { present: readonly string[]; occasion: Occasion },
): Promise<Change> {
  const { transaction, context, plan, patient } = held;
  if (present.some((each) => each.startsWith('Patient/') && each !== `Patient/${patient}`))
    throw notThePerson();
  const named = present.filter((each) => each.startsWith('Organization/'));
  const units = await unitsOf(transaction, 'narvarande', named);
  const invitations = (await invitationsTo(engine, transaction, head)).map((each) => ({
    ...each,
    came: units.some(({ hsaId }) => hsaId === each.invited),
  }));
  const answered = lageAfter(held.lage, invitations);
  const accepted = invitations.some(({ came }) => came) ? nextLage(answered, 'accepterad') : answered;
  const lage = nextLage(accepted, 'mote');
  const planned = await plannedMeeting(transaction, plan);
  const participant = attended(patient, present.map(actorAmong(units)));
  const meeting = planned
    ? change(engine, context, planned, { status: 'fulfilled', participant, ...times(occasion) })
    : meetingMade(engine, held, occasion, participant);
  const added = planned ? [] : [{ reference: `Appointment/${meeting.id}` }];
  return {
    lage,
    members: {
      extension: [...withLage(plan, lage, sipExtensions.deltagare), ...attendance(plan.extension, present)],
      supportingInfo: [...(plan.supportingInfo ?? []), ...added],
    },
    beside: [meeting, ...invitations.flatMap((each) => takenOver(engine, held, each))],
    parts: [referring('mote', `Appointment/${meeting.id}`)],
    told: 'Mötet är antecknat.',
  };
}

/** A meeting about several patients would be seen by none of the staff. */
const notThePerson = (): Problem =>
  bad('narvarande', 'Of patients only the person whom the plan is about takes part.');

const actorAmong =
  (units: readonly Unit[]) =>
  (reference: string): object => {
    const unit = units.find((each) => each.reference === reference);
    return unit ? unitActor(unit) : { reference };
  };

const times = (occasion: Occasion) => occasion && { start: occasion.start, end: occasion.end };

function meetingMade(
  engine: Engine,
  { context, plan, patient }: Held,
  occasion: Occasion,
  participant: readonly object[],
): PutWrite {
  if (!occasion) throw bad('start', 'The meeting was not booked: give its start and slut.');
  const booked = bookedMeeting(patient, plan.author?.reference ?? '', [], occasion);
  return creation(engine, context, { ...booked, ...labelledAs(plan), status: 'fulfilled', participant });
}

/** `deltagare` after a meeting: who came, and who of those invited did not. */
function attendance(before: readonly SipExtension[] = [], present: readonly string[]): SipExtension[] {
  const invited = extensionsOf({ extension: before }, sipExtensions.deltagare).flatMap((each) => {
    const vem = extensionsOf(each, 'vem')[0]?.valueReference;
    return vem ? [vem] : [];
  });
  const others = present.filter((each) => !invited.some(({ reference }) => reference === each));
  return [...invited, ...others.map((reference) => ({ reference }))].map((vem) => ({
    url: sipExtensions.deltagare,
    extension: [
      { url: 'vem', valueReference: vem },
      { url: 'narvarande', valueBoolean: present.includes(vem.reference ?? '') },
    ],
  }));
}

/** The invitation in the samordnare's own record, as the unit has answered it. */
function takenOver(
  engine: Engine,
  { context }: Held,
  { stored, status, answer, came }: Invitation & { came: boolean },
): PutWrite[] {
  const accepts = came || answer?.event === 'accepterad';
  if (!answer && !came) return [];
  const now = accepts ? 'accepted' : 'rejected';
  if (now === status) return [];
  const reason = accepts || answer?.reason === undefined ? undefined : { text: answer.reason };
  return [change(engine, context, stored, { status: now, statusReason: reason, lastModified: context.at })];
}
