import { Problem } from '@naravard/fhir';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { extensions } from '../../libs/care/src/codes.ts';
import {
  agrees,
  endedSipStatus,
  nextLage,
  possible,
  type SipEvent,
  type SipLage,
  sipLageOf,
} from '../../libs/care/src/sip/process.ts';

const states: readonly SipLage[] = ['inbjudan', 'planeras', 'mote', 'beslutad', 'uppfoljning', 'avslutad'];
const events: readonly SipEvent[] = ['accepterad', 'avbojd', 'mote', 'beslut', 'uppfoljning', 'avslut'];

const refusal = (lage: SipLage, event: SipEvent): Problem | undefined => {
  try {
    nextLage(lage, event);
    return undefined;
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
};

const head = (status: string, lage?: string) => ({
  status,
  ...(lage !== undefined && { extension: [{ url: extensions.sipLage, valueCode: lage }] }),
});

describe('The process of a SIP', () => {
  test('goes from invitation over acceptance, meeting and decision to follow-up and end', () => {
    const way: readonly SipEvent[] = ['accepterad', 'mote', 'beslut', 'uppfoljning', 'uppfoljning', 'avslut'];
    const passed: SipLage[] = [];
    for (const event of way) passed.push(nextLage(passed.at(-1) ?? 'inbjudan', event));
    expect(passed).toEqual(['planeras', 'mote', 'beslutad', 'uppfoljning', 'uppfoljning', 'avslutad']);
  });

  test('has no step past the meeting without one, and none out of its end', () => {
    expect(refusal('inbjudan', 'mote')?.findings[0]?.diagnostics).toContain('$sip-svar');
    expect(refusal('planeras', 'beslut')?.findings[0]?.diagnostics).toContain('$sip-mote');
    expect(refusal('mote', 'uppfoljning')?.findings[0]?.diagnostics).toContain('$sip-beslut');
    expect(possible('avslutad')).toEqual([]);
    expect(refusal('avslutad', 'accepterad')?.findings[0]?.diagnostics).toContain('start a new one');
  });

  test('is moved by no unit that declines', () => {
    for (const lage of states.filter((each) => each !== 'avslutad')) {
      expect(nextLage(lage, 'avbojd')).toBe(lage);
    }
  });

  test('either does a step or says what can be done, in English and Swedish, whatever is asked', () => {
    fc.assert(
      fc.property(fc.constantFrom(...states), fc.constantFrom(...events), (lage, event) => {
        const refused = refusal(lage, event);
        expect(refused === undefined).toBe(possible(lage).includes(event));
        if (!refused) return;
        expect([refused.status, refused.findings[0]?.sv]).toEqual([422, expect.stringMatching(/^Det går/)]);
      }),
    );
  });

  test('can be ended from everywhere, and never comes back', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...events)), (asked) => {
        const end = asked.reduce<SipLage>(
          (lage, event) => (possible(lage).includes(event) ? nextLage(lage, event) : lage),
          'inbjudan',
        );
        expect(end === 'avslutad').toBe(asked.includes('avslut'));
      }),
    );
  });

  test('is read of what a plan says, or of its status where it says nothing', () => {
    expect(sipLageOf(head('draft', 'mote'))).toBe('mote');
    expect(sipLageOf(head('active'))).toBe('beslutad');
    expect(sipLageOf(head('completed', 'något annat'))).toBe('avslutad');
    expect(sipLageOf(head('entered-in-error', 'mote'))).toBe('avslutad');
    expect(sipLageOf({})).toBe('inbjudan');
  });

  test('revokes what was never decided and completes what was', () => {
    expect(states.map(endedSipStatus)).toEqual([
      'revoked',
      'revoked',
      'revoked',
      'completed',
      'completed',
      'revoked',
    ]);
  });

  test('rule sip-lage: status and state agree', () => {
    expect(agrees(head('draft', 'planeras'))).toBe(true);
    expect(agrees(head('active', 'planeras'))).toBe(false);
    expect(agrees(head('completed', 'beslutad'))).toBe(false);
    expect(agrees(head('active', 'okänt'))).toBe(false);
    expect(agrees(head('active'))).toBe(true);
    expect(agrees(head('entered-in-error', 'mote'))).toBe(true);
  });
});
