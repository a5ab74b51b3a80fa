import { createValidator, loadDefinitions } from '@naravard/fhir';
import { expect, it } from 'vitest';
import { typicalResources } from '../../bench/typical-resources.ts';
import { ElementGenerator, seeded } from './generated-element.ts';

const definitions = loadDefinitions();
const validate = createValidator(definitions);
const junk: readonly unknown[] = [
  null,
  true,
  0,
  -1.5,
  '',
  'x',
  '#',
  '#a',
  [],
  [[]],
  [null],
  {},
  { a: 1 },
  { id: 'x' },
  { url: 1 },
  { resourceType: 'Patient' },
  { reference: 7 },
  [{ reference: '#a' }],
];
const rounds = process.env.NARAVARD_FULL === '1' ? 20_000 : 1_500;
const seed = 11;

/** A copy with one value in `rate` replaced by junk of any shape. */
function junked(value: unknown, random: () => number, rate: number): unknown {
  if (random() < rate) return junk[Math.floor(random() * junk.length)];
  if (Array.isArray(value)) return value.map((each) => junked(each, random, rate));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, each]) => [
    random() < 0.02 ? `_${key}` : key,
    junked(each, random, rate),
  ]);
  return Object.fromEntries(entries) as unknown;
}

it(`junk of any shape gets findings with a place and never an exception (${rounds} resources, seed ${seed})`, {
  timeout: 120_000,
}, () => {
  const random = seeded(seed);
  const generator = new ElementGenerator(definitions, seed);
  const types = [...definitions.resourceTypes];
  for (let n = 0; n < rounds; n += 1) {
    const type = types[n % types.length] ?? 'CarePlan';
    const source = n % 3 ? generator.make(type, 3) : typicalResources[n % typicalResources.length];
    for (const finding of validate(junked(source, random, 0.05))) {
      expect(finding.diagnostics).not.toBe('');
      expect(finding.expression ?? '').not.toMatch(/undefined|\[object|NaN/);
    }
  }
});
