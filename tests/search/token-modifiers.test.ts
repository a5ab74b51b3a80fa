import { printQuery } from '@naravard/search';
import { describe, expect, it } from 'vitest';
import { extract, finds, query, refusal } from './memory.ts';

const SNOMED = 'http://snomed.info/sct';
const encounter = (type: object) => ({ resourceType: 'Encounter', type: [{ coding: [type] }] });
const found = (value: string, resource: Parameters<typeof finds>[1], name: string) =>
  finds(`${name}=${encodeURIComponent(value)}`, resource);

const ACT = 'http://terminology.hl7.org/CodeSystem/v3-ActCode';
const inpatient = { resourceType: 'Encounter', class: { system: ACT, code: 'IMP' } };
const acute = { resourceType: 'Encounter', class: { system: ACT, code: 'ACUTE' } };

describe('the modifier :not', () => {
  it('finds what has none of the values', () => {
    expect(found('a', encounter({ code: 'b' }), 'type:not')).toBe(true);
    expect(found('a,b', encounter({ code: 'b' }), 'type:not')).toBe(false);
    expect(
      found(
        'a',
        { resourceType: 'Encounter', type: [{ coding: [{ code: 'b' }, { code: 'a' }] }] },
        'type:not',
      ),
    ).toBe(false);
  });
  it('finds what has no value at all', () => {
    expect(found('a', { resourceType: 'Encounter' }, 'type:not')).toBe(true);
  });
  it('looks at system and code together', () => {
    const coded = encounter({ system: SNOMED, code: 'a' });
    expect([found(`${SNOMED}|a`, coded, 'type:not'), found('x|a', coded, 'type:not')]).toEqual([false, true]);
  });
  it('of an element that always has one of a few codes asks for the others', () => {
    expect(printQuery(query('Encounter', 'status:not=finished,cancelled'))).toContain(
      'where status = planned or arrived or triaged or in-progress or onleave or entered-in-error or unknown or none count',
    );
    const finished = { resourceType: 'Encounter', status: 'finished' };
    expect(found('finished', finished, 'status:not')).toBe(false);
    expect(found('planned', finished, 'status:not')).toBe(true);
    expect(found('http://hl7.org/fhir/encounter-status|finished', finished, 'status:not')).toBe(false);
    expect(found('http://elsewhere|finished', finished, 'status:not')).toBe(true);
    expect(printQuery(query('CareTeam', 'status:not=active'))).toContain('not (status = active)');
  });
  it('finds what says by an extension why it has no code', () => {
    const silent = {
      resourceType: 'Encounter',
      _status: { extension: [{ url: 'http://a.se', valueCode: 'x' }] },
    };
    expect([found('finished', silent, 'status:not'), found('finished', silent, 'status')]).toEqual([
      true,
      false,
    ]);
    expect([found('true', silent, 'status:missing'), found('false', silent, 'status:missing')]).toEqual([
      true,
      false,
    ]);
  });
  it('goes with ids, identifiers, booleans and contact points', () => {
    const patient = {
      resourceType: 'Patient',
      id: 'x',
      active: true,
      identifier: [{ system: 'urn:oid:1.2.752.129.2.1.3.1', value: '19410314-9805' }],
      telecom: [{ system: 'phone', value: '070-123 45 67' }],
    };
    for (const [name, same, other] of [
      ['_id', 'x', 'y'],
      ['identifier', '194103149805', '194103149806'],
      ['active', 'true', 'false'],
      ['phone', '0701234567', '0701234568'],
    ] as const) {
      expect([found(same, patient, `${name}:not`), found(other, patient, `${name}:not`)]).toEqual([
        false,
        true,
      ]);
    }
  });
});

describe('the modifier :text', () => {
  const typed = {
    resourceType: 'Encounter',
    type: [{ coding: [{ system: SNOMED, code: '1', display: 'Hembesök' }], text: 'Besök hemma  hos Åsa' }],
    class: { system: ACT, code: 'IMP', display: 'Inpatient' },
  };
  it('finds the beginning of a text or display, without regard to case and accents', () => {
    for (const value of ['Hembesök', 'hembes', 'BESOK HEMMA', 'besök hemma hos asa']) {
      expect([value, found(value, typed, 'type:text')]).toEqual([value, true]);
    }
    expect([found('hos', typed, 'type:text'), found('1', typed, 'type:text')]).toEqual([false, false]);
    expect(found('inpat', typed, 'class:text')).toBe(true);
  });
  it('finds the text of the type of an identifier', () => {
    const patient = {
      resourceType: 'Patient',
      identifier: [{ type: { text: 'Reservnummer' }, value: '1' }],
    };
    expect([found('reserv', patient, 'identifier:text'), found('1', patient, 'identifier:text')]).toEqual([
      true,
      false,
    ]);
  });
  it('finds a code by what R4 calls it', () => {
    const team = { resourceType: 'CareTeam', status: 'entered-in-error' };
    expect([found('entered in', team, 'status:text'), found('active', team, 'status:text')]).toEqual([
      true,
      false,
    ]);
  });
  it('needs a letter or digit', () => {
    expect(refusal('Encounter', 'type:text=%CC%81').kind).toBe('bad-request');
  });
  it('has texts that are no values of the parameter itself', () => {
    const rows = extract('Encounter', 'x', { resourceType: 'Encounter', type: [{ text: 'T' }] });
    expect(rows.texts).toEqual([{ param: 'type:text', folded: 't', exact: null }]);
    expect(finds('type:missing=false', { resourceType: 'Encounter', type: [{ text: 'T' }] })).toBe(true);
    expect(finds('type:missing=true', { resourceType: 'Encounter', type: [{ text: 'T' }] })).toBe(false);
  });
});

describe('the modifiers :in and :not-in', () => {
  const CLASSES = 'http://terminology.hl7.org/ValueSet/v3-ActEncounterCode';
  it('look into a value set of R4 by its canonical URL, with or without version', () => {
    const other = { resourceType: 'Encounter', class: { system: ACT, code: 'DEMO' } };
    const elsewhere = { resourceType: 'Encounter', class: { system: SNOMED, code: 'IMP' } };
    for (const url of [CLASSES, `${CLASSES}|2014-03-26`]) {
      expect([inpatient, other, elsewhere].map((each) => found(url, each, 'class:in'))).toEqual([
        true,
        false,
        false,
      ]);
      expect([inpatient, other, elsewhere].map((each) => found(url, each, 'class:not-in'))).toEqual([
        false,
        true,
        true,
      ]);
    }
  });
  it('know our own value sets', () => {
    const OWN = 'https://naravard.se/fhir';
    const visit = encounter({ system: `${OWN}/CodeSystem/vardkontakt`, code: 'hembesok' });
    expect(found(`${OWN}/ValueSet/vardkontakt`, visit, 'type:in')).toBe(true);
    expect(found(`${OWN}/ValueSet/insats`, visit, 'type:in')).toBe(false);
  });
  it('take alternatives, and :not-in finds what is in none of them or has no value', () => {
    const two = `${CLASSES},http://hl7.org/fhir/ValueSet/care-team-status`;
    expect([found(two, acute, 'class:in'), found(two, acute, 'class:not-in')]).toEqual([true, false]);
    expect(found(two, { resourceType: 'Encounter' }, 'class:not-in')).toBe(true);
  });
  it('give a code element the system of the value set it is bound to', () => {
    const team = { resourceType: 'CareTeam', status: 'active' };
    expect(found('http://hl7.org/fhir/ValueSet/care-team-status', team, 'status:in')).toBe(true);
    expect(found('http://hl7.org/fhir/ValueSet/request-status', team, 'status:in')).toBe(false);
    expect(found('http://hl7.org/fhir/ValueSet/request-status', team, 'status:not-in')).toBe(true);
  });
  it('refuse a value set that is not known, not loaded or too large, naming the parameter', () => {
    const set = 'http://hl7.org/fhir/ValueSet';
    for (const [url, kind] of [
      ['https://nowhere.se/ValueSet/x', 'bad-request'],
      [`${set}/care-team-status|9.9`, 'bad-request'],
      [`${set}/condition-code`, 'unprocessable'],
      [`${set}/c80-doc-typecodes`, 'too-costly'],
    ] as const) {
      const problem = refusal('Encounter', `type:in=${encodeURIComponent(url)}`);
      expect([url, problem.kind]).toEqual([url, kind]);
      expect(problem.findings[0]?.expression).toBe('type:in');
    }
  });
});

describe('the modifiers :above and :below', () => {
  it('find what a code subsumes, or what subsumes it, itself included', () => {
    expect([inpatient, acute].map((each) => found(`${ACT}|IMP`, each, 'class:below'))).toEqual([true, true]);
    expect([inpatient, acute].map((each) => found(`${ACT}|ACUTE`, each, 'class:below'))).toEqual([
      false,
      true,
    ]);
    expect([inpatient, acute].map((each) => found(`${ACT}|ACUTE`, each, 'class:above'))).toEqual([
      true,
      true,
    ]);
    expect([inpatient, acute].map((each) => found(`${ACT}|IMP`, each, 'class:above'))).toEqual([true, false]);
  });
  it('need the system of a Coding and know that of a code', () => {
    expect(refusal('Encounter', 'class:below=IMP').findings[0]?.diagnostics).toContain('system|code');
    expect(refusal('Encounter', `class:below=${ACT}|`).kind).toBe('bad-request');
    const final = { resourceType: 'Observation', status: 'corrected' };
    expect(found('amended', final, 'status:below')).toBe(true);
    expect(found('http://hl7.org/fhir/observation-status|amended', final, 'status:below')).toBe(true);
    expect(found('final', final, 'status:below')).toBe(false);
    expect(refusal('Observation', 'status:below=unheard').kind).toBe('bad-request');
  });
  it('refuse a code or system that is not known, naming the parameter', () => {
    expect(refusal('Encounter', `class:below=${ACT}|imp`)).toMatchObject({
      kind: 'bad-request',
      findings: [{ expression: 'class:below' }],
    });
    expect(refusal('Encounter', `type:above=${SNOMED}|1`).kind).toBe('unprocessable');
  });
});

describe('the modifier :of-type', () => {
  const V2 = 'http://terminology.hl7.org/CodeSystem/v2-0203';
  const type = { coding: [{ system: V2, code: 'NI' }, { code: 'bare' }] };
  const patient = {
    resourceType: 'Patient',
    identifier: [
      { type, system: 'http://electronichealth.se/identifier/personnummer', value: '19410314-9805' },
      { system: 'http://electronichealth.se/identifier/personnummer', value: '194103149813' },
      { type: { coding: [{ system: V2, code: 'MR' }] }, value: 'A B' },
    ],
  };
  it('finds an identifier by system and code of its type and by its value in any form', () => {
    for (const value of ['194103149805', '19410314-9805', '410314-9805']) {
      expect([value, found(`${V2}|NI|${value}`, patient, 'identifier:of-type')]).toEqual([value, true]);
    }
    expect(found(`${V2}|MR|A B`, patient, 'identifier:of-type')).toBe(true);
  });
  it('does not find another type, another value or an identifier without type', () => {
    for (const value of [
      `${V2}|MR|194103149805`,
      `${V2}|NI|194103149813`,
      'x|NI|194103149805',
      `${V2}|NI A|B`,
    ]) {
      expect([value, found(value, patient, 'identifier:of-type')]).toEqual([value, false]);
    }
  });
  it('needs all three parts', () => {
    for (const value of ['NI|194103149805', `${V2}||1`, `|NI|1`, `${V2}|NI|`, `${V2}|NI|1|2`]) {
      expect(refusal('Patient', `identifier:of-type=${value}`).findings[0]?.diagnostics).toContain(
        'all three',
      );
    }
  });
});

describe('a modifier that a token cannot have', () => {
  it.each([
    ['Encounter', 'type:of-type', ':not, :text, :in, :not-in, :above, :below, :missing'],
    ['Encounter', 'type:exact', ':not, :text, :in, :not-in, :above, :below, :missing'],
    ['Encounter', 'status:of-type', ':not, :text, :in, :not-in, :above, :below, :missing'],
    ['Patient', 'identifier:in', ':not, :text, :of-type, :missing'],
    ['Patient', 'active:above', ':not, :missing'],
    ['Patient', 'telecom:in', ':not, :missing'],
    ['Patient', '_id:text', ':not, :missing'],
  ])('is refused with those that it can have, lenient or not: %s?%s', (type, name, allowed) => {
    for (const handling of ['strict', 'lenient'] as const) {
      const problem = refusal(type, `${name}=x`, { handling });
      expect(problem.status).toBe(400);
      expect(problem.findings[0]).toMatchObject({ expression: name });
      expect(problem.findings[0]?.diagnostics).toContain(`it can have ${allowed}.`);
    }
  });
});
