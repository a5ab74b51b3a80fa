import { loadDefinitions } from '@naravard/fhir';
import { describe, expect, it } from 'vitest';
import { compileExpression } from '../../libs/search/src/catalog/expression.ts';

const definitions = loadDefinitions();

function values(type: string, expression: string, resource: object): unknown[] {
  const found: unknown[] = [];
  for (const path of compileExpression(definitions, type, expression)) {
    path.walk<unknown[]>((value, sink) => void sink.push(value))(resource, found);
  }
  return found;
}

const typesOf = (type: string, expression: string): string[] =>
  compileExpression(definitions, type, expression).map((path) => path.type);

describe('the expressions of search parameters', () => {
  it('compile for every parameter of every R4 type, and select something', () => {
    const empty: string[] = [];
    let compiled = 0;
    for (const type of definitions.resourceTypes) {
      for (const { code, expression, type: kind } of definitions.searchParameters(type)) {
        if (expression === undefined || kind === 'composite') continue;
        compiled++;
        if (!compileExpression(definitions, type, expression).length) empty.push(`${type}.${code}`);
      }
    }
    expect(compiled).toBeGreaterThan(2400);
    expect(EMPTY).toEqual(expect.arrayContaining(empty));
  });

  it('follow lists and take the alternatives of their own type only', () => {
    const expression = 'CarePlan.subject | CarePlan.activity.reference | CareTeam.subject';
    const plan = { subject: { reference: 'a' }, activity: [{ reference: 'b' }, {}, { reference: 'c' }] };
    expect(values('CarePlan', expression, plan)).toEqual([{ reference: 'a' }, 'b', 'c']);
  });

  it('know the types of a choice, written as, as() or ofType()', () => {
    expect(typesOf('Observation', 'Observation.value').length).toBeGreaterThan(8);
    for (const form of [
      '(Observation.value as Quantity)',
      'Observation.value.as(Quantity)',
      'Observation.value.ofType(Quantity)',
    ]) {
      expect(typesOf('Observation', form)).toEqual(['Quantity']);
      expect(values('Observation', form, { valueQuantity: 1, valueString: 's' })).toEqual([1]);
    }
    expect(
      values('Observation', '(Observation.value as CodeableConcept).text', {
        valueCodeableConcept: { text: 't' },
      }),
    ).toEqual(['t']);
  });

  it('filter by where(), take by index and read extensions', () => {
    const patient = {
      telecom: [
        { system: 'phone', value: '1' },
        { system: 'email', value: '2' },
      ],
      extension: [
        { url: 'u', valueString: 'x' },
        { url: 'v', valueString: 'y' },
      ],
    };
    expect(values('Patient', "Patient.telecom.where(system='email').value", patient)).toEqual(['2']);
    expect(values('Patient', 'Patient.telecom[0].value', patient)).toEqual(['1']);
    expect(values('Patient', "Patient.extension('v').value.ofType(string)", patient)).toEqual(['y']);
  });

  it('remember the type that where(resolve() is X) asks for', () => {
    const [path] = compileExpression(definitions, 'CarePlan', 'CarePlan.subject.where(resolve() is Patient)');
    expect(path).toMatchObject({ type: 'Reference', only: 'Patient', many: false });
  });

  it('say of every Patient whether it is deceased', () => {
    const expression = 'Patient.deceased.exists() and Patient.deceased != false';
    expect(values('Patient', expression, {})).toEqual([false]);
    expect(values('Patient', expression, { deceasedBoolean: false })).toEqual([false]);
    expect(values('Patient', expression, { deceasedBoolean: true })).toEqual([true]);
    expect(values('Patient', expression, { deceasedDateTime: '2026' })).toEqual([true]);
  });

  it('fail loudly outside the language', () => {
    for (const text of [
      'CarePlan.activity.first()',
      'CarePlan.',
      'CarePlan + 1',
      'CarePlan.title = title',
      "CarePlan.where('x')",
    ]) {
      expect(() => compileExpression(definitions, 'CarePlan', text)).toThrow(/search expression/);
    }
  });
});

/** Naming elements that the definitions do not have; they count as not supported. */
const EMPTY = ['DeviceDefinition.classification', 'MedicinalProductPharmaceutical.target-species'];
