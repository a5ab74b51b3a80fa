import { createRedactor, loadDefinitions, relatives } from '@naravard/fhir';
import { createCatalog, createExtractor, followable, type IndexRows, type Parameter } from '@naravard/search';
import { loadTerminology } from '@naravard/terminology';
import { describe, expect, test } from 'vitest';
import {
  canBeMasked,
  isRevealing,
  PLACE,
  revealsAlways,
} from '../../../libs/search/src/catalog/revealing-parameters.ts';
import { ProtectedGenerator } from '../../fhir/redact-generated.ts';
import { seeded } from '../../validation/generated-element.ts';

const definitions = loadDefinitions();
const catalog = createCatalog(definitions, loadTerminology());
const extract = createExtractor(catalog, 'http://localhost:8080/fhir');
const redact = createRedactor(definitions);
const types = [...definitions.resourceTypes].filter(canBeMasked);
const perType = process.env.NARAVARD_FULL ? 200 : 30;

describe('a parameter that no guard stands before', () => {
  test('reads what the mask of protected identity leaves, and no more', () => {
    const wrong = new Set<string>();
    let looked = 0;
    for (const type of types) {
      for (let seed = 0; seed < perType; seed++) {
        const text = generated(type, seed * 977);
        const masked = redact(text, { mask: 'protected-identity', labels: [] });
        const [before, after] = [text, masked].map((each) => readIn(type, each));
        looked += before?.size ?? 0;
        for (const each of before?.symmetricDifference(after ?? new Set()) ?? [])
          wrong.add(`${type} ${each}`);
      }
    }
    expect(looked).toBeGreaterThan(types.length * perType);
    expect([...wrong].slice(0, 10)).toEqual([]);
  }, 300_000);

  test('is one by which records are found in daily work', () => {
    const guarded = (type: string) =>
      catalog.parameters(type).flatMap((each) => (revealsAlways(each) ? [each.code] : []));
    expect(guarded('Encounter')).toEqual(['location', 'location-period']);
    expect(guarded('CarePlan')).toEqual([]);
    expect(guarded('CareTeam')).toEqual([]);
    expect(guarded('EpisodeOfCare')).toEqual([]);
    expect(guarded('Appointment')).toEqual(['location']);
  });

  test('does not cost the directory anything', () => {
    for (const type of ['Patient', 'Practitioner', 'PractitionerRole', 'Organization', 'Location']) {
      expect(catalog.parameters(type).filter((each) => isRevealing(each))).toEqual([]);
    }
  });
});

test('of the references of R4 that lead to no place, one tells of protected identity', () => {
  const found = types.flatMap((type) =>
    catalog
      .parameters(type)
      .filter((each) => followable(each) && revealsAlways(each) && !each.targets.every((to) => to === PLACE))
      .map(({ code }) => `${type}.${code}`),
  );
  expect(found).toEqual(['Person.organization']);
});

/** With identifiers in some of its references. */
function generated(type: string, seed: number): string {
  const random = seeded(seed);
  const made = new ProtectedGenerator(definitions, seed).resource(type);
  return JSON.stringify(made, (_name, value) =>
    isReference(value) && random() < 0.4
      ? { ...value, identifier: numbers[Math.floor(random() * numbers.length)] }
      : value,
  );
}

const isReference = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && 'display' in value && !('system' in value);

const numbers = [
  { system: 'http://electronichealth.se/identifier/personnummer', value: '194103149805' },
  { system: 'urn:oid:1.2.752.29.4.19', value: 'SE0000000001-1' },
  { system: 'urn:local', value: 'a' },
  { value: 'b' },
];

/** What the parameters without a guard read: their rows, and of references what the guard within them leaves. */
function readIn(type: string, text: string): Set<string> {
  const rows = extract(type, 'x', JSON.parse(text));
  const open = new Set(catalog.parameters(type).flatMap((each) => (isOpen(each) ? [each.stored] : [])));
  const ofOpen = ({ param }: { param: string }) => open.has(nameOf(param));
  const plain = [rows.identifiers, rows.texts, rows.dates, rows.quantities, rows.composites];
  return new Set([
    ...rows.tokens.filter((key) => open.has(nameOf(key)) && !isPresence(key)),
    ...plain.flatMap((list, at) => list.filter(ofOpen).map((row) => `${at} ${JSON.stringify(row)}`)),
    ...rows.references.filter(ofOpen).flatMap(shownOf),
    ...[...rows.references.map(({ param }) => param), ...rows.tokens.filter(isPresence).map(nameOf)]
      .filter((param) => open.has(param))
      .map((param) => `${param} present`),
  ]);
}

/** Its own labels are the only ones that the mask adds. */
const isOpen = (parameter: Parameter): boolean => !revealsAlways(parameter) && parameter.code !== '_security';

const nameOf = (key: string): string => /^[^=|?!<$:]*/.exec(key)?.[0] ?? key;
const isPresence = (key: string): boolean => key.endsWith('?');

function shownOf({ param, targetType, target, system, value }: IndexRows['references'][number]): string[] {
  if (targetType === null || targetType === PLACE) return [];
  return [
    ...(target === null ? [] : [`${param} to ${targetType}/${target}`]),
    ...(value === null || relatives.includes(targetType)
      ? []
      : [`${param} of ${targetType} ${system} ${value}`]),
  ];
}
