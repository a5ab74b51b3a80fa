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
});
