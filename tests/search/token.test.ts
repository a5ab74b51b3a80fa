import { describe, expect, it } from 'vitest';
import { extract, finds, query, refusal } from './memory.ts';

const SNOMED = 'http://snomed.info/sct';
const encounter = (type: object) => ({ resourceType: 'Encounter', type: [{ coding: [type] }] });
const found = (value: string, resource: Parameters<typeof finds>[1], name = 'type') =>
  finds(`${name}=${encodeURIComponent(value)}`, resource);

describe('a token', () => {
  const coded = encounter({ system: SNOMED, code: '185317003' });
  const bare = encounter({ code: '185317003' });

  it('is found by its code in any system or in none', () => {
    expect([found('185317003', coded), found('185317003', bare), found('18531700', coded)]).toEqual([
      true,
      true,
      false,
    ]);
  });
  it('is found by system|code in that system only', () => {
    expect([found(`${SNOMED}|185317003`, coded), found(`${SNOMED}|185317003`, bare)]).toEqual([true, false]);
  });
  it('is found by |code only when it has no system', () => {
    expect([found('|185317003', coded), found('|185317003', bare)]).toEqual([false, true]);
  });
  it('is found by system| whatever its code', () => {
    expect([found(`${SNOMED}|`, coded), found(`${SNOMED}|`, bare)]).toEqual([true, false]);
  });
  it('keeps case apart', () => {
    expect(found('amb', encounter({ code: 'AMB' }))).toBe(false);
  });
  it('is found by any of several alternatives, and by repetition only if all hold', () => {
    expect(found('a,185317003', coded)).toBe(true);
    expect(finds('type=a&type=185317003', coded)).toBe(false);
  });
  it('may hold separators, written with a backslash', () => {
    const odd = encounter({ system: SNOMED, code: 'a,b|c$d\\e' });
    expect(found('a\\,b\\|c\\$d\\\\e', odd)).toBe(true);
    expect(found('a,b', odd)).toBe(false);
  });
  it('may be longer than an index row', () => {
    const long = 'x'.repeat(1500);
    expect(found(long, encounter({ code: long }))).toBe(true);
    expect(found(`${long}y`, encounter({ code: long }))).toBe(false);
    expect(extract('Encounter', 'x', encounter({ code: long })).tokens[0]?.length).toBeLessThan(200);
  });
  it('with white space in its system does not collide with another', () => {
    expect(found('a b|c', encounter({ system: 'a', code: 'b c' }))).toBe(false);
  });
  it('without code or system is refused', () => {
    for (const value of ['|', 'a|b|c'])
      expect(refusal('Encounter', `type=${value}`).kind).toBe('bad-request');
  });
});

describe('a code element', () => {
  const team = { resourceType: 'CareTeam', status: 'active' };
  it('is found by the system of the value set it is bound to', () => {
    expect(found('http://hl7.org/fhir/care-team-status|active', team, 'status')).toBe(true);
    expect(found('http://hl7.org/fhir/care-team-status|', team, 'status')).toBe(true);
    expect(found('http://hl7.org/fhir/request-status|active', team, 'status')).toBe(false);
  });
});

describe('a string that is searched as a token', () => {
  const set = { resourceType: 'ValueSet', version: 'V2-Beta' };
  it('is found without regard to case, as R4 says', () => {
    for (const value of ['v2-beta', 'V2-BETA', 'V2-Beta', '%7CV2-beta']) {
      expect([value, finds(`version=${value}`, set)]).toEqual([value, true]);
    }
    expect([finds('version:not=v2-beta', set), finds('version=v2', set)]).toEqual([false, false]);
  });
});

describe('a MIME type', () => {
  const document = (contentType: string) => ({
    resourceType: 'DocumentReference',
    content: [{ attachment: { contentType } }],
  });
  it('is found by :below whatever its parameters are', () => {
    const written = document('text/xml; charset=UTF-8');
    expect(finds('contenttype=text/xml', written)).toBe(false);
    for (const value of ['text/xml', 'TEXT/XML', 'text/xml; charset=UTF-8']) {
      expect([value, finds(`contenttype:below=${encodeURIComponent(value)}`, written)]).toEqual([
        value,
        true,
      ]);
    }
    expect(finds('contenttype:below=text/xml; charset=ASCII', written)).toBe(false);
    expect(finds('contenttype:below=text/x', written)).toBe(false);
    expect(refusal('DocumentReference', 'contenttype:above=text/xml').findings[0]?.diagnostics).toContain(
      ':below',
    );
  });
});

describe('a boolean', () => {
  it('is found by true and false', () => {
    const patient = { resourceType: 'Patient', active: true };
    expect([found('true', patient, 'active'), found('false', patient, 'active')]).toEqual([true, false]);
  });
  it('may say what is not written: a Patient without deceased[x] lives', () => {
    expect(found('false', { resourceType: 'Patient' }, 'deceased')).toBe(true);
    expect(found('true', { resourceType: 'Patient', deceasedDateTime: '2026-01-01' }, 'deceased')).toBe(true);
  });
});

describe('a contact point', () => {
  const patient = {
    resourceType: 'Patient',
    telecom: [
      { system: 'phone', use: 'mobile', value: '070-123 45 67' },
      { system: 'email', value: 'Astrid.Testberg@example.se' },
    ],
  };
  it('is found by its digits however they are grouped', () => {
    expect(found('0701234567', patient, 'phone')).toBe(true);
    expect(found('070-1234567', patient, 'telecom')).toBe(true);
    expect(found('0701234567', patient, 'email')).toBe(false);
  });
  it('has its use where a system stands', () => {
    expect(found('mobile|0701234567', patient, 'telecom')).toBe(true);
    expect(found('home|0701234567', patient, 'telecom')).toBe(false);
  });
  it('is an e-mail address without regard to case', () => {
    expect(found('astrid.testberg@EXAMPLE.se', patient, 'email')).toBe(true);
  });
});

describe('an identifier', () => {
  const PNR = 'http://electronichealth.se/identifier/personnummer';
  const patient = {
    resourceType: 'Patient',
    identifier: [{ system: 'urn:oid:1.2.752.129.2.1.3.1', value: '19410314-9805' }],
  };

  it('is found by any of its systems and forms', () => {
    for (const value of [
      `${PNR}|194103149805`,
      '1.2.752.129.2.1.3.1|194103149805',
      `${PNR}|410314-9805`,
      '194103149805',
      '19410314-9805',
      '410314-9805',
      `${PNR}|`,
    ]) {
      expect([value, found(value, patient, 'identifier')]).toEqual([value, true]);
    }
  });
  it('with the plus of a centenarian is found where it arrives as a space', () => {
    const old = {
      resourceType: 'Patient',
      identifier: [{ system: PNR, value: '191212121212' }],
    };
    for (const value of ['121212+1212', '121212 1212', `${PNR}|121212+1212`, '121212%2B1212']) {
      expect([value, finds(`identifier=${value}`, old)]).toEqual([value, true]);
    }
    const spaced = { resourceType: 'Patient', identifier: [{ system: 'http://a.se', value: '121212 1212' }] };
    expect(['', 'http://a.se|'].map((system) => finds(`identifier=${system}121212 1212`, spaced))).toEqual([
      true,
      true,
    ]);
  });
  it('is not found in another system or by another number', () => {
    for (const value of [
      'http://electronichealth.se/identifier/samordningsnummer|194103149805',
      '|194103149805',
      '194103149806',
    ]) {
      expect([value, found(value, patient, 'identifier')]).toEqual([value, false]);
    }
  });
  it('that is an HSA-id is found in lower case and under both OIDs', () => {
    const unit = {
      resourceType: 'Organization',
      identifier: [{ system: 'urn:oid:1.2.752.29.4.19', value: 'TSTNMT2321000115-VC01' }],
    };
    for (const value of ['tstnmt2321000115-vc01', 'urn:oid:1.2.752.129.2.1.4.1|TSTNMT2321000115-VC01']) {
      expect(found(value, unit, 'identifier')).toBe(true);
    }
  });
  it.each([
    [
      'personnummer',
      ['http://electronichealth.se/identifier/personnummer', '1.2.752.129.2.1.3.1'],
      ['194103149805', '19410314-9805', '4103149805', '410314-9805'],
    ],
    [
      'samordningsnummer',
      ['http://electronichealth.se/identifier/samordningsnummer', '1.2.752.129.2.1.3.3'],
      ['196109732393', '19610973-2393', '6109732393', '610973-2393'],
    ],
    [
      'nationellt reservnummer',
      ['http://electronichealth.se/identifier/nationelltReservnummer', '1.2.752.74.9.1'],
      ['98240301AA06', '98240301aa06', '98240301-AA06'],
    ],
    [
      'HSA-id',
      ['urn:oid:1.2.752.29.4.19', '1.2.752.29.4.19', '1.2.752.129.2.1.4.1'],
      ['TSTNMT2321000115-VC01', 'tstnmt2321000115-vc01'],
    ],
    ['organisationsnummer', ['urn:oid:2.5.4.97', '2.5.4.97'], ['2321000115', '232100-0115', '16232100-0115']],
  ])('that is a %s is stored and found in every system and form', (_, systems, forms) => {
    const all = systems.flatMap((system) =>
      /^[\d.]+$/.test(system) ? [system, `urn:oid:${system}`] : [system],
    );
    for (const system of all) {
      for (const value of forms) {
        const resource = { resourceType: 'Patient', identifier: [{ system, value }] };
        for (const asked of [...all.flatMap((each) => forms.map((form) => `${each}|${form}`)), ...forms]) {
          expect([system, value, asked, found(asked, resource, 'identifier')]).toEqual([
            system,
            value,
            asked,
            true,
          ]);
        }
      }
    }
  });
  it('without value is not found', () => {
    expect(
      found(
        'x|',
        { resourceType: 'Patient', identifier: [{ system: 'x' }] } as { resourceType: string },
        'identifier',
      ),
    ).toBe(false);
  });
});

describe('_id', () => {
  it('finds by the id and takes alternatives', () => {
    expect(finds('_id=a,x', { resourceType: 'Patient', id: 'x' })).toBe(true);
    expect(finds('_id=a,b', { resourceType: 'Patient', id: 'x' })).toBe(false);
  });
});

describe('security labels', () => {
  it('stand in the key row as well as among the tokens', () => {
    const security = [{ system: 's', code: 'NOPAT' }, { code: 'R' }];
    const rows = extract('Patient', 'x', { resourceType: 'Patient', meta: { security } });
    expect(rows.labels).toEqual(['s|NOPAT', '|R']);
    expect(rows.tokens).toContain('_security|s NOPAT');
    expect(query('Patient', '_security=s|NOPAT').parts[0]?.conditions).toHaveLength(1);
  });
});
