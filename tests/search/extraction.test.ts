import { existsSync, globSync, readFileSync } from 'node:fs';
import { referencesOf } from '@naravard/fhir';
import { matches } from '@naravard/search';
import { describe, expect, it } from 'vitest';
import { REFERS } from '../../libs/search/src/rows/referred.ts';
import { base, extract, finds, query } from './memory.ts';

const data = '../shared/data';
const there = existsSync(data);
if (!there) console.warn(`skipped: ${data} is not there`);

interface Resource {
  readonly resourceType: string;
  readonly id: string;
}

function resources(): Resource[] {
  return globSync(`${data}/{r4-examples/*,synthea}/*.json`).flatMap((file) => {
    const parsed = JSON.parse(readFileSync(file, 'utf8')) as Resource & { entry?: { resource: Resource }[] };
    return parsed.resourceType === 'Bundle' ? (parsed.entry ?? []).map(({ resource }) => resource) : [parsed];
  });
}

const encode = (text: string) => encodeURIComponent(text.replace(/[\\,|$]/g, '\\$&'));

describe.skipIf(!there)('the index rows of the official examples and of Synthea', () => {
  it('find their own resource again by every value', () => {
    let asked = 0;
    for (const resource of resources()) {
      const { resourceType: type, id = 'x' } = resource;
      const rows = extract(type, id, resource);
      const texts = [
        ...rows.identifiers.map(
          ({ param, system, value }) => `${param}=${encode(system ?? '')}|${encode(value)}`,
        ),
        ...rows.references
          .filter(({ param, targetType, target }) => targetType && target && param !== REFERS)
          .map(({ param, targetType, target }) => `${param}=${targetType}/${target}`),
        ...rows.texts.map(
          ({ param, folded, exact }) => `${param}=${encode((exact || folded).slice(0, 300))}`,
        ),
        ...rows.dates.map(({ param, start }) => `${param}=ge${start ?? '1900'}`),
        ...rows.quantities
          .filter(({ low, high }) => low !== null && low === high)
          .map(({ param, low }) => `${param}=${low}`),
        ...(rows.patient !== null && type !== 'Patient'
          ? [`${type === 'Provenance' ? 'target' : 'patient'}=Patient/${rows.patient}`]
          : []),
      ];
      for (const text of texts.slice(0, 40)) {
        asked++;
        const [part] = query(type, text).parts;
        const found = part && matches(part, rows, { id, lastUpdated: '2026-11-23T10:00:00.000Z' });
        expect(found, `${type}/${id}?${text}`).toBe(true);
      }
    }
    expect(asked).toBeGreaterThan(5000);
  });

  it('have an edge to whatever it refers to here, each once, so that it is known what of it may be hidden', () => {
    for (const resource of resources()) {
      const { references } = extract(resource.resourceType, resource.id ?? 'x', resource);
      const edges = references.map(({ targetType, target }) => `${targetType}/${target}`);
      const referred = referencesOf(JSON.stringify(resource), base).filter(({ type }) => type !== 'Patient');
      expect(edges).toEqual(expect.arrayContaining(referred.map(({ type, id }) => `${type}/${id}`)));
      const further = references.filter(({ param }) => param === REFERS);
      for (const { targetType, target } of further)
        expect(edges.filter((edge) => edge === `${targetType}/${target}`)).toHaveLength(1);
    }
  });

  it('are never doubled and always fit an index', () => {
    for (const resource of resources()) {
      const rows = extract(resource.resourceType, resource.id ?? 'x', resource);
      for (const list of [
        rows.tokens,
        rows.identifiers,
        rows.references,
        rows.texts,
        rows.dates,
        rows.quantities,
      ]) {
        expect(new Set(list.map((row) => JSON.stringify(row))).size).toBe(list.length);
      }
      for (const token of rows.tokens) expect(Buffer.byteLength(token)).toBeLessThan(2000);
    }
  });
});

describe('the index rows of a resource', () => {
  it('hold equal values once', () => {
    const coding = { system: 's', code: 'c' };
    const rows = extract('Encounter', 'x', {
      resourceType: 'Encounter',
      status: 'finished',
      type: [{ coding: [coding, coding] }, { coding: [coding] }],
      participant: [
        { individual: { reference: 'Practitioner/a' } },
        { individual: { reference: 'Practitioner/a' } },
      ],
    });
    expect(rows.tokens).toHaveLength(4);
    expect(rows.references).toHaveLength(1);
  });
  it('hold ids that are not the resource’s own, such as the UIDs of an ImagingStudy', () => {
    const study = { resourceType: 'ImagingStudy', id: '1.2', series: [{ uid: '1.2.3' }] };
    expect([finds('series=1.2.3', study), finds('series=1.2', study), finds('_id=1.2', study)]).toEqual([
      true,
      false,
      true,
    ]);
    expect(finds('series:missing=true', study)).toBe(false);
  });
  it('pass over nulls that stand for extensions, and over elements without value', () => {
    const rows = extract('Patient', 'x', {
      resourceType: 'Patient',
      name: [{ given: [null, 'Astrid'], _given: [{ id: 'a' }, null] }],
      telecom: [{ system: 'phone' }],
      maritalStatus: { text: 'änka' },
      generalPractitioner: [{ display: 'dr Lind' }],
    });
    expect(rows.texts.map(({ exact }) => exact)).toEqual(['Astrid', 'Astrid', 'Astrid']);
    expect(rows.references).toEqual([]);
  });
});
