import { isDirectory, severalPatients } from '@naravard/access';
import { type ElementType, loadDefinitions } from '@naravard/fhir';
import { createCatalog, createExtractor } from '@naravard/search';
import { loadTerminology } from '@naravard/terminology';
import { expect, test } from 'vitest';

const definitions = loadDefinitions();
const directory = [...definitions.resourceTypes].filter(isDirectory);

/** Elements that any resource may hold, and values of any type that a StructureDefinition sets or shows. */
const passedOver = [
  'contained',
  'extension',
  'modifierExtension',
  'defaultValue',
  'fixed',
  'pattern',
  'example',
];

/** Paths of the elements within a type that may refer to a Patient, by name or because they may refer to anything. */
function referring(name: string, refers: (type: ElementType) => boolean, seen = new Set<string>()): string[] {
  if (seen.has(name)) return [];
  seen.add(name);
  return [...(definitions.type(name)?.elements.values() ?? [])]
    .filter((element) => !passedOver.includes(element.name))
    .flatMap((element) =>
      element.types.flatMap((type) => [
        ...(refers(type) ? [`${name}.${element.name}`] : []),
        ...(/^[A-Z]/.test(type.code) ? referring(type.code, refers, seen) : []),
      ]),
    );
}

test('no type of the directory has an element that may refer to a Patient', () => {
  const named = (type: ElementType) => type.code === 'Reference' && type.targets.includes('Patient');
  expect(directory.flatMap((type) => referring(type, named))).toEqual([]);
});

test('those that may refer to anything do so in answers and examples', () => {
  const any = (type: ElementType) => type.code === 'Reference' && type.targets.length === 0;
  expect(directory.flatMap((type) => referring(type, any))).toEqual([
    'ImplementationGuide.definition.resource.reference',
    'ImplementationGuide.manifest.resource.reference',
    'Questionnaire.item.enableWhen.answer',
    'Questionnaire.item.answerOption.value',
    'Questionnaire.item.initial.value',
  ]);
});

test('a search parameter of any target is all that could find one by a Patient, and what it finds is labelled', () => {
  const byPatient = directory.flatMap((type) =>
    definitions
      .searchParameters(type)
      .filter(({ targets = [] }) => targets.includes('Patient'))
      .map(({ code, targets = [] }) => `${type} ${code} ${targets.includes('Encounter')}`),
  );
  const related = ['composed-of', 'depends-on', 'derived-from', 'predecessor', 'successor'];
  expect(byPatient).toEqual([
    ...['ActivityDefinition', 'EventDefinition'].flatMap((type) =>
      related.map((code) => `${type} ${code} true`),
    ),
    'ImplementationGuide resource true',
    ...['Library', 'Measure', 'PlanDefinition'].flatMap((type) =>
      related.map((code) => `${type} ${code} true`),
    ),
  ]);
  const guide = {
    resourceType: 'ImplementationGuide',
    definition: { resource: [{ reference: { reference: 'Patient/a' } }] },
  };
  const extract = createExtractor(
    createCatalog(definitions, loadTerminology()),
    'https://naravard.example/fhir',
  );
  expect(extract('ImplementationGuide', 'x', guide).labels).toEqual([
    `https://naravard.se/fhir/CodeSystem/access|${severalPatients}`,
  ]);
});

test('none is in the compartment of a patient', () => {
  expect(directory.filter((type) => definitions.compartment('Patient', type).length > 0)).toEqual([]);
});

test('the directory is types of R4', () => {
  expect(directory).toContain('Practitioner');
  expect(directory.length).toBe(32);
});
