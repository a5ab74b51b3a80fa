import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { entityCharacter } from '../../libs/fhir/src/validate/entity-characters.ts';
import { entityNames } from '../../libs/fhir/src/validate/xhtml-entities.ts';
import { ElementGenerator, type Json, seeded } from '../validation/generated-element.ts';
import { dataFolder, hasThirdParty } from '../validation/third-party.ts';
import { definitions, sorted, xml } from './xml-source.ts';

const roundTrip = (text: string): string => {
  const written = xml.write(text);
  expect(written, text).toBeDefined();
  return xml.read(written ?? '');
};

describe('json -> xml -> json is the same', () => {
  test('for generated resources of every type', () => {
    const generator = new ElementGenerator(definitions, 7);
    const random = seeded(11);
    generator.words = ['å&"<\'>', ' a\n b ', '\t', '1'];
    const types = [...definitions.resourceTypes];
    for (let count = 0; count < 600; count++) {
      const made = generator.make(types[count % types.length] as string, 3);
      const text = withDigits(JSON.stringify(pruned(made)), random);
      expect(sorted(roundTrip(text)), text).toBe(sorted(text));
    }
  });

  test.skipIf(!hasThirdParty)(
    'for every third-party resource',
    () => {
      const files = readdirSync(dataFolder, { recursive: true, encoding: 'utf8' });
      const texts = files
        .filter((file) => file.endsWith('.json') && !file.includes('/_'))
        .map((file) => readFileSync(`${dataFolder}/${file}`, 'utf8'))
        .filter((text) => text.includes('"resourceType"'));
      expect(texts.length).toBeGreaterThan(200);
      for (const text of texts) {
        const written = xml.write(text) ?? '';
        expect(sorted(xml.read(written)), text.slice(0, 200)).toBe(sorted(text));
        expect(xml.read(xml.write(text, true) ?? '')).toBe(xml.read(written));
      }
    },
    60_000,
  );
});

test('every entity of HTML 4.0 has its character', () => {
  const characters = entityNames.slice(5).map(entityCharacter);
  expect(characters.every((each) => each?.length === 1)).toBe(true);
  expect(new Set(characters).size).toBe(248);
  expect(['nbsp', 'aring', 'yuml', 'OElig', 'euro', 'mdash', 'diams'].map(entityCharacter).join('')).toBe(
    '\u00a0åÿŒ€—♦',
  );
});

/** Without what XML cannot say: elements that are empty, and extensions of what is an attribute. */
function pruned(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(pruned);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value as Json).map(([name, each]) => [name, pruned(each)] as const);
  return Object.fromEntries(entries.filter(([name, each]) => !isEmpty(each) && !/^_(?:id|url)$/.test(name)));
}

const isEmpty = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  (Array.isArray(value) ? value.some(isEmpty) : Object.keys(value).length === 0);

/** Some numbers in other spellings, which have to stay. */
const withDigits = (text: string, random: () => number): string =>
  text.replace(/(?<="(?:value|valueDecimal)":)(-?\d+(?:\.\d+)?)(?=[,}])/g, (digits) =>
    random() < 0.5 ? digits : digits.includes('.') ? `${digits}00` : `${digits}e0`,
  );
