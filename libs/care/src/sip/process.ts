import { Problem } from '@naravard/fhir';
import { extensions } from '../codes.ts';
import { extensionOf } from '../extension-reader.ts';
import type { SipElements } from './elements.ts';

/** Where a SIP stands, as the head says in `sip-lage`. */
export type SipLage = 'inbjudan' | 'planeras' | 'mote' | 'beslutad' | 'uppfoljning' | 'avslutad';

/** What happens to a SIP. `accepterad` and `avbojd` are the answers of one unit each. */
export type SipEvent = 'accepterad' | 'avbojd' | 'mote' | 'beslut' | 'uppfoljning' | 'avslut';

/**
 * The steps of a SIP (need, consent, preparation, invitation, meeting, follow-up, end). That a unit declines moves nothing:
 * when one huvudman finds that a SIP is needed both are bound (HSL 2017:30 16 kap. 4 §), and a unit may come later.
 */
const transitions: Readonly<Record<SipLage, Partial<Record<SipEvent, SipLage>>>> = {
  inbjudan: { accepterad: 'planeras', avbojd: 'inbjudan', avslut: 'avslutad' },
  planeras: { accepterad: 'planeras', avbojd: 'planeras', mote: 'mote', avslut: 'avslutad' },
  mote: { accepterad: 'mote', avbojd: 'mote', mote: 'mote', beslut: 'beslutad', avslut: 'avslutad' },
  beslutad: { accepterad: 'beslutad', avbojd: 'beslutad', uppfoljning: 'uppfoljning', avslut: 'avslutad' },
  uppfoljning: {
    accepterad: 'uppfoljning',
    avbojd: 'uppfoljning',
    uppfoljning: 'uppfoljning',
    avslut: 'avslutad',
  },
  avslutad: {},
};

/** Status of the head CarePlan in each state; who ends before a decision revokes, after it completes. */
const statuses: Readonly<Record<SipLage, readonly string[]>> = {
  inbjudan: ['draft'],
  planeras: ['draft'],
  mote: ['draft'],
  beslutad: ['active', 'on-hold'],
  uppfoljning: ['active', 'on-hold'],
  avslutad: ['completed', 'revoked'],
};

const toDo: Readonly<Record<SipEvent, string>> = {
  accepterad: 'an invited unit accepts ($sip-svar)',
  avbojd: 'an invited unit declines ($sip-svar)',
  mote: 'the meeting is held ($sip-mote)',
  beslut: 'the plan is decided ($sip-beslut)',
  uppfoljning: 'the plan is followed up ($sip-uppfoljning)',
  avslut: 'the plan is ended ($sip-avslut)',
};

export const possible = (lage: SipLage): SipEvent[] => Object.keys(transitions[lage]) as SipEvent[];

/** The state after an event. @throws Problem 'business-rule' that says what can be done in place of it */
export function nextLage(lage: SipLage, event: SipEvent): SipLage {
  const after = transitions[lage][event];
  if (after) return after;
  const ways = possible(lage).map((each) => toDo[each]);
  throw new Problem('business-rule', {
    severity: 'error',
    expression: `CarePlan.extension.where(url = '${extensions.sipLage}')`,
    diagnostics: ways.length
      ? `The SIP stands at ${lage}, from where this cannot be done. Possible now: ${ways.join('; ')}.`
      : 'The SIP is ended: start a new one with Patient/[id]/$sip-inbjudan.',
    sv: `Det går inte nu: ${lageInWords[lage]}`,
  });
}

/** Where a SIP stands, for who reads it. */
export const lageInWords: Readonly<Record<SipLage, string>> = {
  inbjudan: 'Inbjudan till SIP är skickad. Ingen har tackat ja än.',
  planeras: 'SIP-mötet planeras.',
  mote: 'SIP-mötet är hållet. Planen är inte beslutad än.',
  beslutad: 'Planen är beslutad.',
  uppfoljning: 'Planen är beslutad och har följts upp.',
  avslutad: 'Planen är avslutad.',
};

const isLage = (code: string | undefined): code is SipLage =>
  code !== undefined && Object.hasOwn(transitions, code);

/** What a head says of where it stands; where it says nothing known, what its status amounts to. */
export function sipLageOf(head: SipElements): SipLage {
  if (head.status === 'entered-in-error') return 'avslutad';
  const said = extensionOf(head, extensions.sipLage)?.valueCode;
  if (isLage(said)) return said;
  switch (head.status) {
    case 'active':
    case 'on-hold':
      return 'beslutad';
    case 'completed':
    case 'revoked':
      return 'avslutad';
    default:
      return 'inbjudan';
  }
}

/** Whether a head's status is one that its `sip-lage` may have; a head without a known state is of any status. */
export function agrees(head: SipElements): boolean {
  const said = extensionOf(head, extensions.sipLage)?.valueCode;
  if (head.status === 'entered-in-error' || said === undefined) return true;
  return isLage(said) && statuses[said].includes(head.status ?? '');
}

/** Status of a head that ends. */
export const endedSipStatus = (lage: SipLage): 'completed' | 'revoked' =>
  lage === 'beslutad' || lage === 'uppfoljning' ? 'completed' : 'revoked';
