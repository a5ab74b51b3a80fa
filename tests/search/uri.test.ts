import { describe, expect, it } from 'vitest';
import { finds, refusal } from './memory.ts';

const plan = {
  resourceType: 'CarePlan',
  instantiatesUri: ['https://a.se/sip'],
  meta: { profile: ['https://a.se/p|1.0'], source: 'urn:oid:1.2.3' },
};
const found = (name: string, value: string) => finds(`${name}=${encodeURIComponent(value)}`, plan);

describe('a URI', () => {
  it('is found exactly: case, a slash and a beginning make another', () => {
    expect(found('instantiates-uri', 'https://a.se/sip')).toBe(true);
    for (const value of ['https://a.se/SIP', 'https://a.se/sip/', 'https://a.se/si'])
      expect(found('instantiates-uri', value)).toBe(false);
  });
  it('may be a urn', () => {
    expect(found('_source', 'urn:oid:1.2.3')).toBe(true);
  });
  it('of a profile is found with its version and without', () => {
    expect([
      found('_profile', 'https://a.se/p'),
      found('_profile', 'https://a.se/p|1.0'),
      found('_profile', 'https://a.se/p|2.0'),
    ]).toEqual([true, true, false]);
  });
  it.each(['above', 'below', 'missing'])(':%s is refused by name', (modifier) => {
    expect(refusal('CarePlan', `instantiates-uri:${modifier}=x`).findings[0]?.expression).toBe(
      `instantiates-uri:${modifier}`,
    );
  });
});
