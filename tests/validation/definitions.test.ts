import { execFileSync } from 'node:child_process';
import { loadDefinitions } from '@naravard/fhir';
import { describe, expect, it } from 'vitest';
import { Plans } from '../../libs/fhir/src/validate/plan.ts';

const definitions = loadDefinitions();

describe('R4 definitions', () => {
  it('are ready in less than 400 ms', () => {
    const start = performance.now();
    loadDefinitions();
    expect(performance.now() - start).toBeLessThan(400);
  });

  it('hold exactly the resource types of R4', () => {
    const published = definitions.codes('http://hl7.org/fhir/ValueSet/resource-types|4.0.1') ?? new Set();
    const codes = [...published].filter((code) => !code.includes('|'));
    expect(codes.filter((code) => !definitions.resourceTypes.has(code))).toEqual([
      'DomainResource',
      'Resource',
    ]);
    expect(definitions.resourceTypes.size).toBe(codes.length - 2);
  });

  it('are what the build script makes of the published ones', () => {
    expect(() =>
      execFileSync(process.execPath, ['scripts/build-definitions.ts', '--check'], { stdio: 'pipe' }),
    ).not.toThrow();
  });

  it('refer to resource types only', () => {
    for (const name of definitions.resourceTypes) {
      for (const { types } of definitions.type(name)?.elements.values() ?? []) {
        for (const { code, targets } of types.filter((each) => each.code === 'Reference')) {
          expect(
            targets.filter((target) => !definitions.resourceTypes.has(target)),
            `${name} ${code}`,
          ).toEqual([]);
        }
      }
    }
  });

  it('leave out what the package they are built from adds to R4', () => {
    expect(definitions.type('Project')).toBeUndefined();
    expect(definitions.type('SubscriptionStatus')).toBeUndefined();
    expect([...(definitions.type('Meta')?.elements.keys() ?? [])]).toEqual([
      'id',
      'extension',
      'versionId',
      'lastUpdated',
      'source',
      'profile',
      'security',
      'tag',
    ]);
    expect(definitions.children('Binary', 'url')).toEqual([]);
    expect(definitions.children('DeviceDefinition', 'classification')).toEqual([]);
    expect(definitions.children('EvidenceVariable.characteristic', 'linkId')).toEqual([]);
    const who = definitions.type('AuditEvent.agent')?.elements.get('who')?.types[0]?.targets;
    expect(who?.toSorted()).toEqual([
      'Device',
      'Organization',
      'Patient',
      'Practitioner',
      'PractitionerRole',
      'RelatedPerson',
    ]);
  });

  it('compile to a plan for every type', () => {
    const plans = new Plans(definitions);
    const reached = new Set<string>();
    const visit = (name: string): void => {
      if (reached.has(name)) return;
      reached.add(name);
      for (const { kind, type } of plans.get(name).properties.values()) {
        if (kind !== 'primitive' && kind !== 'xhtml') visit(type.code);
      }
    };
    for (const type of definitions.resourceTypes) visit(type);
    expect(reached.size).toBeGreaterThan(600);
  });

  it('know the types behind each step, choices and content references included', () => {
    expect(
      definitions.children('Observation', 'value').map(({ property, type }) => `${property}: ${type}`),
    ).toEqual([
      'valueQuantity: Quantity',
      'valueCodeableConcept: CodeableConcept',
      'valueString: string',
      'valueBoolean: boolean',
      'valueInteger: integer',
      'valueRange: Range',
      'valueRatio: Ratio',
      'valueSampledData: SampledData',
      'valueTime: time',
      'valueDateTime: dateTime',
      'valuePeriod: Period',
    ]);
    expect(definitions.children('CarePlan', 'activity')).toEqual([
      { property: 'activity', type: 'CarePlan.activity', array: true },
    ]);
    expect(definitions.children('Consent.provision', 'provision')[0]?.type).toBe('Consent.provision');
    expect(definitions.children('Goal.target', 'detailQuantity')[0]?.type).toBe('Quantity');
    expect(definitions.children('CarePlan', 'colour')).toEqual([]);
  });

  it('list the search parameters of a type with those of Resource and DomainResource', () => {
    const codes = definitions.searchParameters('CareTeam').map(({ code }) => code);
    expect(codes).toEqual(expect.arrayContaining(['participant', 'patient', '_id', '_lastUpdated', '_text']));
    expect(definitions.searchParameters('Encounter').find(({ code }) => code === 'date')).toMatchObject({
      type: 'date',
      expression: expect.stringContaining('Encounter.period') as string,
    });
  });

  it('know the codes of required value sets with and without system', () => {
    const codes = definitions.codes('http://hl7.org/fhir/ValueSet/request-status');
    expect(codes?.has('on-hold')).toBe(true);
    expect(codes?.has('http://hl7.org/fhir/request-status|on-hold')).toBe(true);
    expect(codes?.has('paused')).toBe(false);
    expect(definitions.codes('http://hl7.org/fhir/ValueSet/mimetypes')).toBeUndefined();
  });
});
