import { describe, expect, test } from 'vitest';
import { type SaidFact, sipGround } from '../../libs/care/src/sip/ground.ts';

const at = '2026-11-05T13:00:00.000Z';
const asker = { organisation: 'vg:A', unit: 'A1', person: 'P1' };
const limited = { start: '2026-01-01T00:00:00.000Z', end: '2027-01-01T00:00:00.000Z' };

const fact = (kind: string, over: Partial<SaidFact> = {}): SaidFact => ({
  kind,
  organisation: 'vg:A',
  unit: null,
  person: null,
  during: { start: null, end: null },
  value: null,
  source: `Consent/${kind}`,
  ...over,
});

const ground = (...facts: SaidFact[]) => sipGround(facts, asker, at)?.kind;

describe('The ground for a SIP', () => {
  test('is a yes to the unit or to its whole organisation', () => {
    expect(ground(fact('sip-yes'))).toBe('samtycke');
    expect(ground(fact('sip-yes', { unit: 'A1' }))).toBe('samtycke');
    expect(ground(fact('sip-yes', { unit: 'A2' }))).toBeUndefined();
    expect(ground(fact('sip-yes', { unit: 'A1', person: 'P2' }))).toBeUndefined();
    expect(ground(fact('sip-yes', { organisation: 'og:A' }))).toBeUndefined();
    expect(sipGround([fact('sip-yes')], asker, at)?.source).toBe('Consent/sip-yes');
  });

  test('is no yes to the sharing of records, which is another question', () => {
    expect(ground(fact('consent-yes'))).toBeUndefined();
    expect(ground()).toBeUndefined();
  });

  test('stands while the answer does', () => {
    expect(ground(fact('sip-yes', { during: { start: at, end: null } }))).toBe('samtycke');
    expect(ground(fact('sip-yes', { during: { start: null, end: at } }))).toBeUndefined();
    expect(
      ground(fact('sip-yes', { during: { start: '2026-12-01T00:00:00.000Z', end: null } })),
    ).toBeUndefined();
  });

  test('is the finding that the person cannot take a stand, for a limited time', () => {
    expect(ground(fact('incapacity', { during: limited }))).toBe('kan-inte-ta-stallning');
    expect(ground(fact('incapacity'))).toBeUndefined();
    expect(ground(fact('incapacity', { organisation: 'vg:B', during: limited }))).toBeUndefined();
  });

  test('is the finding that a child cannot consent, until the day it turns 18', () => {
    const child = fact('child-unable', { during: limited });
    expect(ground(child, fact('born', { value: '2008-11-06' }))).toBe('barn');
    expect(ground(child, fact('born', { value: '2008-11-05' }))).toBeUndefined();
    expect(ground(child)).toBeUndefined();
  });

  test('is none while a no stands that reaches the unit', () => {
    const incapacity = fact('incapacity', { during: limited });
    expect(ground(fact('sip-yes', { unit: 'A1' }), fact('sip-no'))).toBeUndefined();
    expect(ground(incapacity, fact('sip-no', { unit: 'A1' }))).toBeUndefined();
    expect(ground(incapacity, fact('sip-no', { unit: 'A2' }))).toBe('kan-inte-ta-stallning');
  });
});
