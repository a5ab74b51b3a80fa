import { createValidator, loadDefinitions } from '@naravard/fhir';
import { describe, expect, it } from 'vitest';
import { typicalResources } from '../../bench/typical-resources.ts';
import { type Example, examples, hasThirdParty } from './third-party.ts';

const validate = createValidator(loadDefinitions());

/** Findings that are the example's own fault. */
const trulyInvalid: Readonly<Record<string, string>> = {
  'hl7se-base/_ImplementationGuide-hl7se.fhir.base.json':
    'written by the IG publisher, which puts empty arrays and its own parameter codes into it',
};

function errorsOf({ file, resource }: Example): string[] {
  return validate(resource)
    .filter(({ severity }) => severity === 'error')
    .map(({ expression, diagnostics }) => `${file} ${expression}: ${diagnostics}`);
}

describe('validation accepts', () => {
  it('a typical CarePlan, CareTeam and Encounter without any finding', () => {
    for (const resource of typicalResources) expect(validate(resource)).toEqual([]);
  });

  it.skipIf(!hasThirdParty)('every official R4 example', () => {
    const official = examples('r4-examples/**/*.json');
    expect(official.length).toBeGreaterThan(150);
    expect(official.flatMap(errorsOf)).toEqual([]);
  });

  it.skipIf(!hasThirdParty)(
    'every Synthea bundle, with urn and conditional references and unknown profiles',
    () => {
      expect(examples('synthea/*.json').flatMap(errorsOf)).toEqual([]);
    },
  );

  it.skipIf(!hasThirdParty)('the examples of the Swedish base profiles', () => {
    const swedish = examples('hl7se-base/*.json');
    expect(swedish.filter(({ file }) => !trulyInvalid[file]).flatMap(errorsOf)).toEqual([]);
    for (const file of Object.keys(trulyInvalid)) {
      expect(swedish.filter((each) => each.file === file).flatMap(errorsOf)).not.toEqual([]);
    }
  });
});
