import { loadDefinitions } from '@naravard/fhir';
import { baseModule } from '@naravard/rest';
import { expect, it } from 'vitest';
import { allModules } from '../../services/all-in-one/src/modules.ts';

const definitions = loadDefinitions();
const modules = [baseModule, ...allModules(definitions)];
const ofBase = new Set(baseModule.resources.map(({ type }) => type));
const types = modules.flatMap((module) =>
  module.resources.map(({ type }) => type).filter((type) => module === baseModule || !ofBase.has(type)),
);

it('Every R4 resource type belongs to exactly one module, but for five that nobody can store', () => {
  expect(new Set(types).size).toBe(types.length);
  const missing = [...definitions.resourceTypes].filter((type) => !types.includes(type)).sort();
  expect(missing).toEqual(['Binary', 'Bundle', 'OperationOutcome', 'Parameters', 'Subscription']);
});

it('Modules name only types that R4 has', () => {
  expect(types.filter((type) => !definitions.resourceTypes.has(type))).toEqual([]);
});

it('CareTeam, CarePlan and Encounter are each in the service of that name', () => {
  const homeOf = (type: string) =>
    modules.find(({ resources }) => resources.some((each) => each.type === type))?.name;
  expect(['CareTeam', 'CarePlan', 'Encounter', 'Observation', 'Consent'].map(homeOf)).toEqual([
    'care-team',
    'care-plan',
    'encounter',
    'record',
    'base',
  ]);
});

it('A type of the base is named again for rules of its own alone', () => {
  const again = modules.flatMap((module) =>
    module === baseModule ? [] : module.resources.filter(({ type }) => ofBase.has(type)),
  );
  for (const { type, rules, ...more } of again) expect([type, rules?.length, more]).toEqual([type, 1, {}]);
});
