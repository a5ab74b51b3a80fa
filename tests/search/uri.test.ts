import { describe, expect, it } from 'vitest';
import { extract, finds, refusal } from './memory.ts';

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
});

describe('the URL of a resource that has versions', () => {
  const set = { resourceType: 'ValueSet', url: 'http://ex.se/vs', version: '2' };
  it('is found with its version and without', () => {
    const hits = ['http://ex.se/vs', 'http://ex.se/vs|2', 'http://ex.se/vs|1', 'http://ex.se/vs|'].map(
      (value) => finds(`url=${encodeURIComponent(value)}`, set),
    );
    expect(hits).toEqual([true, true, false, false]);
  });
});

describe(':above and :below of a URI', () => {
  const at = (modifier: string, value: string, stored: string) =>
    finds(`instantiates-uri:${modifier}=${encodeURIComponent(value)}`, {
      resourceType: 'CarePlan',
      instantiatesUri: [stored],
    });

  it('go by the steps of its path (the examples of R4)', () => {
    const version = 'http://acme.org/fhir/ValueSet/123/_history/5';
    for (const stored of [
      version,
      'http://acme.org/fhir/ValueSet/123',
      'http://acme.org/fhir/ValueSet/',
      'http://acme.org/fhir',
      'http://acme.org/',
      'http://acme.org',
    ]) {
      expect([stored, at('above', version, stored)]).toEqual([stored, true]);
      expect([stored, at('below', stored, version)]).toEqual([stored, true]);
    }
  });
  it('do not take a part of a step for a step, nor another case or server', () => {
    for (const stored of [
      'http://acme.org/fhi',
      'http://acme.org/FHIR',
      'http://acme.or',
      'https://acme.org',
    ]) {
      expect([stored, at('above', 'http://acme.org/fhir/x', stored)]).toEqual([stored, false]);
      expect([stored, at('below', stored, 'http://acme.org/fhir/x')]).toEqual([stored, false]);
    }
  });
  it('find below what is longer than an index row', () => {
    const long = `https://a.se/${'y'.repeat(300)}`;
    expect(at('below', long, `${long}/x`)).toBe(true);
    expect(at('below', `${long}y`, `${long}/x`)).toBe(false);
  });
  it('find a profile below the address of its guide, with its version and without', () => {
    expect([found('_profile:below', 'https://a.se'), found('_profile:below', 'https://a.se/p')]).toEqual([
      true,
      true,
    ]);
  });
  it.each(['urn:oid:1.2.3', 'x', `https://a.se${'/x'.repeat(21)}`])('are refused for %s', (value) => {
    for (const modifier of ['above', 'below']) {
      const problem = refusal('CarePlan', `instantiates-uri:${modifier}=${encodeURIComponent(value)}`);
      expect([problem.kind, problem.findings[0]?.expression]).toEqual([
        'bad-request',
        `instantiates-uri:${modifier}`,
      ]);
      expect(problem.findings[0]?.diagnostics).toContain('path of a URL');
    }
  });
  it('keep as many keys as they can be asked for, whatever the length of a path', () => {
    const { tokens } = extract('CarePlan', 'x', {
      resourceType: 'CarePlan',
      instantiatesUri: [`https://a.se${'/x'.repeat(500)}`],
    });
    expect(tokens.filter((key) => key.startsWith('instantiates-uri<'))).toHaveLength(20);
  });
});
