import { isBounded, patientOf, patientSought } from '@naravard/search';
import { describe, expect, it } from 'vitest';
import { query, refusal } from './memory.ts';

describe('a search is bounded', () => {
  it.each([
    'Encounter?patient=a',
    'CareTeam?patient=a,b&status=active',
    'Patient?_id=a',
    'Patient?identifier=s|1',
    'CareTeam?patient.identifier=s|1',
    'CareTeam?participant=Patient/a',
  ])('by an index that gives few rows: %s', (text) => {
    const [type = '', rest = ''] = text.split('?');
    expect(isBounded(query(type, rest))).toBe(true);
  });
  it.each([
    'Encounter?status=finished',
    'Encounter?service-provider=Organization/o',
    'Encounter?service-provider.identifier=s|1',
    'Encounter?service-provider:Organization._id=o',
    'Patient?identifier=s|',
    'Patient?identifier:text=person',
    'Patient?_id:missing=false',
  ])('by no such index: %s', (text) => {
    const [type = '', rest = ''] = text.split('?');
    expect(isBounded(query(type, rest))).toBe(false);
  });
});

describe('the patient of a search', () => {
  it('is the one that all its matches are about', () => {
    expect(patientOf(query('Encounter', 'patient=a&status=finished'))).toBe('a');
    expect(patientOf(query('Encounter', 'patient=a,b'))).toBeNull();
    expect(patientOf(query('CareTeam', 'participant=Patient/a'))).toBeNull();
  });
  it('is sought as well where a compartment asks for it by any of its references', () => {
    const compartment = { name: 'Patient', id: 'a' };
    expect(patientSought(query('CareTeam', '', { compartment }))).toBe('a');
    expect(patientSought(query('Encounter', 'patient=a&_include=Encounter:patient'))).toBe('a');
    expect(patientSought(query('Encounter', 'status=finished'))).toBeNull();
  });
});

describe('relations that multiply', () => {
  it('are refused with the advice to name their types', () => {
    for (const text of [
      'subject.subject.subject.subject.subject._id=a',
      'subject.subject.subject.subject.subject.x=a',
      '_filter=subject.subject.subject._id eq a',
    ]) {
      const problem = refusal('Basic', text);
      expect([text, problem.kind, JSON.stringify(problem.findings)]).toEqual([
        text,
        'too-costly',
        expect.stringContaining('subject:Patient.name'),
      ]);
    }
  });
  it('leave room for a search of many chains', () => {
    const chains = Array.from({ length: 40 }, (_, n) => `participant.name=a${n}`).join('&');
    expect(query('CareTeam', chains).parts[0]?.conditions).toHaveLength(40);
  });
});
