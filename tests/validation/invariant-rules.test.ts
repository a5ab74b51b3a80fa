import { loadDefinitions } from '@naravard/fhir';
import { describe, expect, it } from 'vitest';
import { order } from '../../libs/fhir/src/path/compare.ts';
import { compilePath } from '../../libs/fhir/src/path/compile.ts';
import { Plans } from '../../libs/fhir/src/validate/plan.ts';
import { invariantCases } from './invariant-cases.ts';
import { notJudged } from './oracle.ts';

const definitions = loadDefinitions();
const plans = new Plans(definitions);

/** Whether an invariant is met by an element, as the validator asks it. */
function isMet(key: string, owner: string, property: string | undefined, value: unknown): boolean {
  const plan = plans.get(owner);
  const rules = property === undefined ? plan.rules : plan.properties.get(property)?.rules;
  const rule = rules?.find(({ definition }) => definition.key === key);
  if (!rule) throw new Error(`${owner} has no ${key}`);
  const node = { value, type: owner, sibling: undefined };
  return rule.test(value, { definitions, resource: node, rootResource: node, context: node });
}

describe('invariants that fhirpath.js cannot judge', () => {
  it('are these', () => {
    const names = invariantCases(definitions).map(({ name }) => name);
    expect(Object.keys(notJudged).filter((name) => !names.includes(name))).toEqual([]);
  });

  it('ctm-1: on behalf of goes with a Practitioner, as far as the reference tells', () => {
    const met = (member: unknown): boolean =>
      isMet('ctm-1', 'CareTeam', 'participant', { member, onBehalfOf: { reference: 'Organization/o' } });
    expect(met({ reference: 'Practitioner/1' })).toBe(true);
    expect(met({ reference: 'https://a.example/fhir/Practitioner/1/_history/2' })).toBe(true);
    expect(met({ reference: 'Practitioner?identifier=x' })).toBe(true);
    expect(met({ reference: 'urn:uuid:c757873d-ec9a-4326-a141-556f43239520' })).toBe(true);
    expect(met({ display: 'Eva' })).toBe(true);
    expect(met({ reference: 'Patient/1' })).toBe(false);
    expect(met({ reference: 'Patient?identifier=x' })).toBe(false);
  });

  it('eld-16, eld-19, eld-20: names and paths of elements', () => {
    expect(isMet('eld-16', 'ElementDefinition', undefined, { path: 'a', sliceName: 'Loinc/2-a_[x]@' })).toBe(
      true,
    );
    expect(isMet('eld-16', 'ElementDefinition', undefined, { path: 'a', sliceName: 'med mellanslag' })).toBe(
      false,
    );
    expect(isMet('eld-19', 'ElementDefinition', undefined, { path: 'Patient.name' })).toBe(true);
    expect(isMet('eld-19', 'ElementDefinition', undefined, { path: '()' })).toBe(false);
    expect(isMet('eld-20', 'ElementDefinition', undefined, { path: 'Patient.value[x]' })).toBe(true);
    expect(isMet('eld-20', 'ElementDefinition', undefined, { path: '...' })).toBe(false);
  });

  it('que-7: an answer about existence is a boolean', () => {
    const met = (value: unknown): boolean => isMet('que-7', 'Questionnaire.item', 'enableWhen', value);
    expect(met({ question: 'a', operator: 'exists', answerBoolean: true })).toBe(true);
    expect(met({ question: 'a', operator: 'exists', answerString: 'ja' })).toBe(false);
    expect(met({ question: 'a', operator: '=', answerString: 'ja' })).toBe(true);
  });

  it('ras-1: a range of probabilities is in per cent, a decimal has no range', () => {
    const ucum = 'http://unitsofmeasure.org';
    const met = (property: string, value: unknown): boolean =>
      isMet('ras-1', 'RiskAssessment.prediction', property, value);
    expect(met('probabilityDecimal', 0.5)).toBe(true);
    expect(met('probabilityRange', { low: { value: 1, system: ucum, code: '%' } })).toBe(true);
    expect(met('probabilityRange', { low: { value: 1, system: ucum, code: 'mg' } })).toBe(false);
  });

  it('rng-2: low is at most high where both are in one unit', () => {
    const met = (low: unknown, high: unknown): boolean => isMet('rng-2', 'Range', undefined, { low, high });
    expect(met({ value: 1, unit: 'kg' }, { value: 1, unit: 'kg' })).toBe(true);
    expect(met({ value: 2, code: 'kg', system: 'x' }, { value: 1, code: 'kg', system: 'x' })).toBe(false);
    expect(met({ value: 2, code: 'kg', system: 'x' }, { value: 1, code: 'kg', system: 'y' })).toBe(true);
    expect(met({ value: 2 }, { unit: 'kg' })).toBe(true);
  });
});

describe('the order of dates', () => {
  it.each([
    ['2024-05-17', '2024-05-18', -1],
    ['2024-05', '2024-05-17', undefined],
    ['2024-04', '2024-05-17', -1],
    ['2024-05-17T10:00:00Z', '2024-05-17T11:30:00+02:00', 1],
    ['2024-05-17T10:00:00Z', '2024-05-17T12:00:00+02:00', 0],
    ['2024-05-17T10:00:00.5Z', '2024-05-17T10:00:00Z', 1],
    // The 18th in Sweden has begun: a date is a day of Stockholm.
    ['2024-05-18', '2024-05-17T23:30:00Z', undefined],
    ['2024-05-18', '2024-05-17T21:30:00Z', 1],
  ])('%s against %s is %s', (a, b, expected) => {
    expect(order(a, b, true)).toBe(expected);
    expect(order(b, a, true)).toBe(expected === undefined ? undefined : expected === 0 ? 0 : -expected);
  });
});

describe('the path compiler', () => {
  it.each([
    'a.repeat(b)',
    'a ~ b',
    'a - b',
    "a.replace('x', 'y')",
    '%unknown',
    '$index',
    'a * 2',
    "a = 5 'mg'",
  ])('refuses %s, which R4’s invariants do not use, instead of answering wrongly', (expression) => {
    expect(() => compilePath(expression)).toThrow(SyntaxError);
  });
});
