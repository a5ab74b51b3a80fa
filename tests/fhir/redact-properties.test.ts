import { createValidator, loadDefinitions } from '@naravard/fhir';
import { describe, expect, test } from 'vitest';
import { createRedactor, type Shown } from '../../libs/fhir/src/redact/redactor.ts';
import { ProtectedGenerator } from './redact-generated.ts';

const definitions = loadDefinitions();
const redact = createRedactor(definitions);
const validate = createValidator(definitions);
const perType = process.env.NARAVARD_FULL === '1' ? 60 : 6;
const masked: Shown = { mask: 'protected-identity', labels: ['urn:s|sekretessmarkering'] };
const stored = [...definitions.resourceTypes].filter(
  (type) => !['Bundle', 'Parameters', 'OperationOutcome', 'Binary', 'Subscription'].includes(type),
);

const cases = stored.flatMap((type, at) =>
  Array.from({ length: perType }, (_, each) => {
    const generator = new ProtectedGenerator(definitions, at * 1_000 + each);
    return { type, text: JSON.stringify(generator.resource(type)), planted: generator.planted };
  }),
);

/** The numbers of a JSON text as they are written. */
const numbers = (text: string) => text.replace(/"(?:[^"\\]|\\.)*"/g, '""').match(/-?\d+(?:\.\d+)?/g) ?? [];

const isSubsequence = (part: readonly string[], whole: readonly string[]) => {
  let next = 0;
  for (const each of whole) if (each === part[next]) next++;
  return next === part.length;
};

const errorsOf = (text: string) =>
  validate(JSON.parse(text), { base: 'http://localhost/fhir' }).filter(
    ({ severity }) => severity === 'error',
  );

/** What is wrong with a resource whose structure is right; an invariant that made-up content breaks may stay broken. */
const complaints = (text: string) => new Set(errorsOf(text).map(({ diagnostics }) => diagnostics));

describe('the mask of protected identity, on made-up resources of every type', () => {
  test('leaves no name, address, number or place', () => {
    const leaks = cases.flatMap(({ type, text, planted }) => {
      const after = redact(text, masked);
      return planted.filter((word) => after.includes(word)).map((word) => `${type}: ${around(after, word)}`);
    });
    expect(cases.every(({ planted }) => planted.length > 0)).toBe(true);
    expect([...new Set(leaks)].slice(0, 10)).toEqual([]);
  });

  test('keeps the digits of every number that it leaves, in their order', () => {
    expect(cases.some(({ text }) => text.includes('.5000000000000000000'))).toBe(true);
    for (const { text } of cases) {
      expect(isSubsequence(numbers(redact(text, masked)), numbers(text))).toBe(true);
    }
  });

  test('makes nothing invalid that was valid', () => {
    const sound = cases.filter(({ text }) => errorsOf(text).every(({ code }) => code === 'invariant'));
    expect(sound.length).toBeGreaterThan(cases.length / 2);
    const broken = sound.flatMap(({ type, text }) => {
      const before = complaints(text);
      const after = [...complaints(redact(text, masked))].filter((each) => !before.has(each));
      return after.map((each) => `${type}: ${each}`);
    });
    expect([...new Set(broken)]).toEqual([]);
  });

  test('takes nothing more when it is done again', () => {
    for (const { text } of cases) {
      const once = redact(text, masked);
      expect(redact(once, masked)).toBe(once);
    }
  });
});

const around = (text: string, word: string): string => {
  const at = text.indexOf(word);
  return text.slice(Math.max(0, at - 80), at + 20);
};
