import {
  assemble,
  bundleEntries,
  conditionalReferences,
  type Problem,
  readJson,
  replaceReferences,
  storedText,
} from '@naravard/fhir';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const sent =
  '{ "resourceType": "Observation", "id": "a", "meta": {"versionId":"7", "tag": [ {"code":"x y"} ]},\n "valueQuantity": {"value": 1.50}, "note": "a \\" b" }';

describe('a stored text', () => {
  it('keeps the digits of numbers, the order of members and the white space within strings', () => {
    const { type, id, meta, body } = storedText(sent);
    expect({ type, id, meta }).toEqual({ type: 'Observation', id: 'a', meta: '"tag":[{"code":"x y"}]' });
    expect(body).toBe(',"valueQuantity":{"value":1.50},"note":"a \\" b"}');
  });

  it('is the same after it has been sent out and written again', () => {
    const first = storedText(sent);
    const again = storedText(
      assemble('Observation', 'a', 3, '2026-11-23T00:00:00.000Z', first.meta, first.body),
    );
    expect(again).toEqual(first);
  });

  it('says the same as what was written, whatever that was', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.nat(4), (members, indent) => {
        const resource = { resourceType: 'Basic', ...members, id: 'x', meta: { tag: [] } };
        const { meta, body } = storedText(JSON.stringify(resource, null, indent));
        const out = JSON.parse(assemble('Basic', 'x', 1, 'now', meta, body));
        expect(out).toEqual(
          JSON.parse(
            JSON.stringify({
              ...resource,
              resourceType: 'Basic',
              meta: { versionId: '1', lastUpdated: 'now', tag: [] },
            }),
          ),
        );
      }),
      { seed: 1, numRuns: 300 },
    );
  });
});

describe('reading JSON', () => {
  const refused = (text: string) => {
    try {
      readJson(text);
    } catch (error) {
      return (error as Problem).findings[0]?.diagnostics;
    }
    return 'accepted';
  };

  it('refuses a duplicate member and names it', () => {
    expect(refused('{"a":[{"b":1,"c":2,"b":3}]}')).toContain('a[0].b');
  });
  it('does not repeat the name of a duplicate member that may be a personnummer or free text', () => {
    expect(refused('{"a":[{"b":1,"19410314-9805":2,"19410314-9805":3}]}')).toContain('a[0].member-3');
    expect(refused('{"Astrid Testberg":1,"Astrid Testberg":3}')).not.toContain('Astrid');
  });
  it('refuses __proto__ at any depth', () => {
    expect(refused('{"a":{"__proto__":{}}}')).toContain('__proto__');
  });
  it('refuses nesting beyond 64 levels, even 200,000 of them', () => {
    expect(refused('['.repeat(200_000) + ']'.repeat(200_000))).toContain('200000 levels');
  });
  it('tells where broken JSON breaks without quoting it', () => {
    expect(refused('{"name": "Astrid')).not.toContain('Astrid');
    expect(refused('{"a": x}')).toContain('`x` stands where it may not');
  });
});

describe('a bundle text', () => {
  it('gives each resource as it was written', () => {
    expect(bundleEntries('{"entry":[{"resource": {"a":1.0}},{"request":{}}],"x":1}')).toEqual([
      '{"a":1.0}',
      undefined,
    ]);
  });
  it('replaces urn and conditional references, but no identifier value', () => {
    const text =
      '{"subject":{"reference":"urn:uuid:1"},"identifier":[{"value":"urn:uuid:1"}],"who":{"reference": "Practitioner?identifier=s|1"},"div":"<a href=\\"urn:uuid:1\\">x</a>"}';
    expect(conditionalReferences(text)).toEqual(['Practitioner?identifier=s|1']);
    const map = new Map([
      ['urn:uuid:1', 'Patient/9'],
      ['Practitioner?identifier=s|1', 'Practitioner/8'],
    ]);
    expect(JSON.parse(replaceReferences(text, map))).toEqual({
      subject: { reference: 'Patient/9' },
      identifier: [{ value: 'urn:uuid:1' }],
      who: { reference: 'Practitioner/8' },
      div: '<a href="Patient/9">x</a>',
    });
  });
  it('replaces urns in references, uri-like elements and links of the narrative, and nowhere else', () => {
    const urn = 'urn:uuid:1';
    const same = {
      name: { text: urn },
      note: [{ text: `see <a href="${urn}">` }],
      list: [urn],
      coding: { system: urn, code: urn },
      valueString: urn,
    };
    const changing = (to: string) => ({
      text: { div: `<div><a href="${to}">${urn}</a><img src='${to}'/></div>` },
      photo: { url: to },
      extension: [{ url: to, valueUri: to }, { valueUrl: to }, { valueUuid: to }, { valueOid: to }],
      valueCanonical: to,
      instantiatesUri: [to, 'http://other.example', to],
      reference: to,
    });
    const text = JSON.stringify({ ...same, ...changing(urn) }, null, 1);
    const replaced = replaceReferences(text, new Map([[urn, 'Patient/9']]));
    expect(JSON.parse(replaced)).toEqual({ ...same, ...changing('Patient/9') });
  });
  it('replaces references in time that grows with the text alone', () => {
    const many = JSON.stringify({
      url: Array(50_000).fill('urn:uuid:2'),
      a: '"url":['.repeat(50_000),
      b: 'u'.repeat(1e6),
    });
    const started = performance.now();
    replaceReferences(many, new Map([['urn:uuid:1', 'Patient/9']]));
    expect(performance.now() - started).toBeLessThan(1_000);
  });
});
