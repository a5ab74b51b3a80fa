import { loadDefinitions } from '@naravard/fhir';
import { createCatalog, createExtractor, parseQuery, printCondition } from '@naravard/search';
import { loadTerminology } from '@naravard/terminology';
import { describe, expect, it } from 'vitest';
import { wordsOf } from '../../libs/search/src/full-text/words.ts';
import { base, extract, finds, query, refusal } from './memory.ts';

const printed = (value: string): string => {
  const [condition] = query('CarePlan', `_content=${encodeURIComponent(value)}`).parts[0]?.conditions ?? [];
  return condition ? printCondition(condition).replace('_content = ', '') : '';
};
const why = (value: string, name = '_content') => {
  const { kind, findings } = refusal('CarePlan', `${name}=${encodeURIComponent(value)}`);
  return [kind, findings[0]?.expression, findings[0]?.diagnostics].join(': ');
};

describe('words', () => {
  it('are runs of letters and digits in lower case', () => {
    expect(wordsOf('Vårdplan (SIP), 8-16: e-post!')).toEqual(['vårdplan', 'sip', '8', '16', 'e', 'post']);
  });
  it('keep å, ä and ö, however they are encoded, and lose other accents', () => {
    expect(wordsOf('IDÉ På Ånga ÄÖ Müller')).toEqual(['ide', 'på', 'ånga', 'äö', 'muller']);
    expect(wordsOf('På'.normalize('NFD'))).toEqual(['på']);
  });
  it('are cut at 200 characters', () => {
    expect(wordsOf('a'.repeat(3000))).toEqual(['a'.repeat(200)]);
  });
});

describe('the text of a resource', () => {
  const plan = {
    resourceType: 'CarePlan',
    id: 'p1',
    text: {
      status: 'generated',
      div: '<div xmlns="http://www.w3.org/1999/xhtml"><!-- dold --><p title="attribut">Hj&auml;lp &amp; st&#246;d</p></div>',
    },
    identifier: [{ system: 'https://a.se', value: '194103149805', type: { text: 'personnummer' } }],
    title: 'SIP för Elsa',
    category: [{ coding: [{ system: 'http://snomed.info/sct', code: '734163000', display: 'Care plan' }] }],
    subject: { reference: 'Patient/dold', display: 'Elsa Testberg' },
    author: { reference: 'Practitioner/x' },
    note: [{ text: 'Ring **dottern**', authorString: 'Sara' }],
    contained: [{ resourceType: 'Goal', id: 'g', description: { text: 'Bo hemma' } }],
    extension: [{ url: 'https://a.se/hemlig', valueString: 'Tilltal Elsa' }],
    activity: [{ detail: { status: 'unknown', quantity: { value: 1, unit: 'tablett' } } }],
  };
  const { fullText } = extract('CarePlan', 'p1', plan);

  it('is its narrative without markup, comments and attributes', () => {
    expect(fullText?.narrative).toBe('hjälp stöd');
  });
  it('is all that is written for people, in contained resources and extensions too', () => {
    for (const text of ['sip för elsa', 'care plan', 'ring dottern', 'sara', 'bo hemma', 'tilltal elsa'])
      expect(fullText?.content).toContain(text);
  });
  it('is no code, id, identifier, reference nor name in one, address, unit or date', () => {
    for (const text of [
      'testberg',
      '734163000',
      'p1',
      '1941',
      'personnummer',
      'dold',
      'practitioner',
      'snomed',
      'hemlig',
      'tablett',
      'unknown',
      'generated',
    ])
      expect(fullText?.content).not.toContain(text);
  });
  it('counts a text once that is repeated', () => {
    const twice = { resourceType: 'CarePlan', title: 'Samma', description: 'Samma' };
    expect(extract('CarePlan', 'x', twice).fullText?.content).toBe('samma');
  });
  it('is not there where nothing is written', () => {
    expect(
      extract('Encounter', 'x', { resourceType: 'Encounter', status: 'finished' }).fullText,
    ).toBeUndefined();
  });
  it('is searched to its 100,000th character', () => {
    const long = { resourceType: 'CarePlan', description: `${'ord '.repeat(30_000)} slut` };
    expect(extract('CarePlan', 'x', long).fullText?.content.length).toBeLessThanOrEqual(100_000);
  });
  it('is found in the narrative by _text and everywhere by _content', () => {
    expect(finds('_text=stöd', plan)).toBe(true);
    expect(finds('_text=dottern', plan)).toBe(false);
    expect(finds('_content=stöd', plan)).toBe(true);
    expect(finds('_content=dottern', plan)).toBe(true);
  });
});

describe('a text query', () => {
  it.each([
    ['fall', 'fall'],
    ['Fall smärta', '(fall and smärta)'],
    ['fall AND smärta', '(fall and smärta)'],
    ['fall or smärta oro', '(fall or (smärta and oro))'],
    ['(bone OR liver) and metastases', '((bone or liver) and metastases)'],
    ['"fast vårdkontakt"', '"fast vårdkontakt"'],
    ['e-post', '"e post"'],
    ['rehab*', 'rehab*'],
    ['fall -smärta', '(fall and -smärta)'],
    ['fall not (oro or ångest)', '(fall and -(oro or ångest))'],
    ['vård - omsorg', '(vård and omsorg)'],
    ['fall,smärta', '(fall or smärta)'],
    ['fall & smärta | !oro', '(fall and smärta and oro)'],
    ["o'reilly:*", '"o reilly"*'],
  ])('%s means %s', (value, meaning) => expect(printed(value)).toBe(meaning));

  it.each([
    ['-fall', 'at least one word that must be there'],
    ['fall or -oro', 'at least one word that must be there'],
    ['...', 'write a word'],
    ['fall or', 'write a word'],
    ['(fall', 'close each bracket'],
    ['fall)', 'open each bracket'],
    ['"fall', 'end the phrase'],
  ])('%s is refused: %s', (value, advice) => {
    expect(why(value)).toMatch(/^bad-request: _content: /);
    expect(why(value)).toContain(advice);
    expect(why(value, '_text')).toMatch(/^bad-request: _text: /);
  });

  it('is refused when it is too large', () => {
    expect(why('a '.repeat(51))).toMatch(/^too-costly: _content: .*more than 50 words/);
    expect(why(`${'('.repeat(11)}a${')'.repeat(11)}`)).toMatch(/^too-costly: _content: .*deeper than 10/);
    expect(why(`${'not '.repeat(20)}a`)).toMatch(/^too-costly/);
  });
  it('has no modifiers', () => {
    expect(why('true', '_text:missing')).toMatch(/_text:missing/);
  });
  it('works within a filter and through a chain', () => {
    const plan = { resourceType: 'CarePlan', title: 'Fall i hemmet', status: 'active' };
    const within = (filter: string) => finds(`_filter=${encodeURIComponent(filter)}`, plan);
    expect(within('_content co "fall" and status eq active')).toBe(true);
    expect(within('status eq active and not (_content co "fall or oro")')).toBe(false);
    expect(() => within('_content eq "fall"')).toThrow('bad-request');
    const [chained] = query('CareTeam', 'subject:Patient._content=fall').parts[0]?.conditions ?? [];
    expect(chained && printCondition(chained)).toBe('subject:Patient.(_content = fall)');
  });
});

describe('full-text search that is switched off', () => {
  const off = createCatalog(loadDefinitions(), loadTerminology(), { fullText: false });
  const ask = (name: string, value: string, handling: 'strict' | 'lenient') => () =>
    parseQuery(off, ['CarePlan'], [[name, value]], { handling, base });

  it('is refused with the reason, or ignored with a warning', () => {
    expect(ask('_content', 'fall', 'strict')).toThrow('unknown-parameter');
    expect(ask('_filter', '_text co "fall"', 'lenient')).toThrow('unknown-parameter');
    expect(ask('_text', 'fall', 'lenient')().ignored[0]?.reason).toContain('switched off');
  });
  it('costs no index rows', () => {
    const plan = { resourceType: 'CarePlan', title: 'Fall' };
    expect(createExtractor(off, base)('CarePlan', 'x', plan).fullText).toBeUndefined();
  });
});

describe('_list', () => {
  const listed = (value: string) =>
    (query('Patient', `_list=${encodeURIComponent(value)}`).parts[0]?.conditions ?? []).map((each) =>
      printCondition(each),
    );

  it('finds what a List refers to as item', () => {
    expect(listed('42')).toEqual(['_has:List:item.(_id = 42)']);
    expect(listed('List/42,43')).toEqual(['_has:List:item.(_id = 42 or 43)']);
  });
  it('refuses functional lists with the reason, and what is no id', () => {
    const functional = refusal('AllergyIntolerance', '_list=$current-allergies');
    expect([functional.kind, functional.findings[0]?.expression]).toEqual(['unknown-parameter', '_list']);
    expect(functional.findings[0]?.diagnostics).toContain('Functional lists');
    expect(refusal('Patient', '_list=a b').kind).toBe('bad-request');
    expect(refusal('Patient', '_list:not=42').kind).toBe('bad-request');
  });
});
