import { endedSipStatus, nextLage, type SipEndReason, sipEndReasons, sipExtensions } from '@naravard/care';
import { bad, type Interaction, inputOf } from '@naravard/rest';
import { change } from '../../writing.ts';
import { type Change, changeHead, type Held } from './head.ts';
import { invitationsTo } from './invitations.ts';
import { withLage } from './lage.ts';
import { plannedMeeting } from './meeting.ts';

const reasons = Object.keys(sipEndReasons) as SipEndReason[];

/**
 * `POST CarePlan/[id]/$sip-avslut`: the plan ends, with its reason (`orsak`, one of `sipEndReasons`; `beskrivning` in words). Before a
 * decision it is revoked, after one completed; unanswered invitations and a booked meeting are cancelled. It asks for no
 * consent, since taking that back is a reason. Parts are ended by who wrote them.
 */
export const sipAvslut: Interaction = {
  name: '$sip-avslut',
  method: 'POST',
  route: '/CarePlan/:id/$sip-avslut',
  body: ['fhir'],
  matches: true,
  writes: true,
  handle(engine, call) {
    const input = inputOf(engine, call, { orsak: 'code', beskrivning: 'string' });
    const reason = input.code('orsak', reasons);
    const words = input.text('beskrivning');
    if (reason === undefined) throw bad('orsak', `Give the reason: ${reasons.join(', ')}.`);
    if (reason === 'annat' && words === undefined) throw bad('beskrivning', 'Say the reason in words.');
    const work = async (held: Held): Promise<Change> => {
      const { transaction, context, plan } = held;
      const lage = nextLage(held.lage, 'avslut');
      const invitations = await invitationsTo(engine, transaction, call.id);
      const unanswered = invitations.filter(({ status }) => status === 'requested');
      const meeting = await plannedMeeting(transaction, plan);
      const cancelled = [...unanswered.map(({ stored }) => stored), ...(meeting ? [meeting] : [])];
      const ended = {
        url: sipExtensions.avslut,
        extension: [
          { url: 'orsak', valueCode: reason },
          ...(words === undefined ? [] : [{ url: 'beskrivning', valueString: words }]),
        ],
      };
      return {
        lage,
        members: {
          status: endedSipStatus(held.lage),
          extension: [...withLage(plan, lage, sipExtensions.avslut), ended],
          period: { ...plan.period, end: context.at },
        },
        beside: cancelled.map((stored) => change(engine, context, stored, { status: 'cancelled' })),
        told: `${sipEndReasons[reason]}.`,
      };
    };
    return changeHead(engine, call, work, ['Task', 'Appointment']);
  },
};
