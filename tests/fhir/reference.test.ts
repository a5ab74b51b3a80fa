import { parseReference } from '@naravard/fhir';
import { describe, expect, test } from 'vitest';

const base = 'https://fhir.example.se/r4';

describe('a reference is', () => {
  test.each([
    ['Patient/123', { kind: 'relative', type: 'Patient', id: '123' }],
    ['Patient/a.b-C/_history/7', { kind: 'relative', type: 'Patient', id: 'a.b-C', version: '7' }],
    ['#med', { kind: 'contained', id: 'med' }],
    ['#', { kind: 'contained', id: '' }],
    [
      'urn:uuid:c757873d-ec9a-4326-a141-556f43239520',
      { kind: 'urn', scheme: 'uuid', urn: 'urn:uuid:c757873d-ec9a-4326-a141-556f43239520' },
    ],
    ['urn:oid:1.2.752.29.4.19', { kind: 'urn', scheme: 'oid', urn: 'urn:oid:1.2.752.29.4.19' }],
    [
      'Practitioner?identifier=http://hl7.org/fhir/sid/us-npi|9999932696',
      {
        kind: 'conditional',
        type: 'Practitioner',
        query: 'identifier=http://hl7.org/fhir/sid/us-npi|9999932696',
      },
    ],
    [
      'http://hl7.org/fhir/PlanDefinition/p|1.0',
      { kind: 'canonical', url: 'http://hl7.org/fhir/PlanDefinition/p', version: '1.0' },
    ],
    [
      'http://other.example/fhir/Patient/1/_history/2',
      {
        kind: 'absolute',
        url: 'http://other.example/fhir/Patient/1/_history/2',
        type: 'Patient',
        id: '1',
        version: '2',
      },
    ],
    ['http://other.example/plan', { kind: 'absolute', url: 'http://other.example/plan' }],
    ['urn:ietf:rfc:3986', { kind: 'absolute', url: 'urn:ietf:rfc:3986' }],
  ])('%s', (text, parsed) => {
    expect(parseReference(text, base)).toEqual(parsed);
  });

  test.each([
    '',
    'Patient',
    'Patient/',
    'patient/1',
    'Patient/1/2',
    'Patient/å',
    '/Patient/1',
    'Patient/1#x',
    '#a b',
    'urn:',
    'http://x|',
    '|1',
    'Patient?',
  ])('unknown: %j', (text) => {
    expect(parseReference(text, base)).toEqual({ kind: 'unknown', text });
  });

  test('not an id beyond 64 characters', () => {
    expect(parseReference(`Patient/${'a'.repeat(64)}`).kind).toBe('relative');
    expect(parseReference(`Patient/${'a'.repeat(65)}`).kind).toBe('unknown');
  });
});

describe('an absolute reference to our own base becomes relative', () => {
  test.each([
    ['https://fhir.example.se/r4/Patient/1', base],
    ['https://fhir.example.se/r4/Patient/1', `${base}/`],
    ['HTTPS://FHIR.example.se:443/r4/Patient/1', base],
    ['http://localhost:80/Patient/1', 'http://localhost'],
    ['http://localhost:8080/fhir/Patient/1', 'http://localhost:8080/fhir'],
  ])('%s with base %s', (text, own) => {
    expect(parseReference(text, own)).toEqual({ kind: 'relative', type: 'Patient', id: '1' });
  });

  test.each([
    'http://fhir.example.se/r4/Patient/1',
    'https://fhir.example.se/r4x/Patient/1',
    'https://fhir.example.se/R4/Patient/1',
    'https://fhir.example.se/r4/x/Patient/1',
    'https://fhir.example.se/Patient/1',
    'https://fhir.example.se/x/../r4/Patient/1',
    'https://fhir.example.se.evil.example/r4/Patient/1',
    'https://fhir.example.se@evil.example/r4/Patient/1',
    'https://user@fhir.example.se/r4/Patient/1',
    'https://fhir.example.se:8443/r4/Patient/1',
    'https://evil.example/https://fhir.example.se/r4/Patient/1',
  ])('but not %s', (text) => {
    expect(parseReference(text, base).kind).toBe('absolute');
  });
});
