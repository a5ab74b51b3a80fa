import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { loadGuide } from '@naravard/care';
import { Problem, problems } from '@naravard/fhir';
import { loadTerminology } from '@naravard/terminology';
import { describe, expect, it } from 'vitest';

const terminology = loadTerminology();
const ACT = 'http://terminology.hl7.org/CodeSystem/v3-ActCode';
const OWN = 'https://naravard.se/fhir';
const R4 = 'http://hl7.org/fhir/ValueSet';
const V3 = 'http://terminology.hl7.org/ValueSet';

const codes = (valueSet: string): string[] => terminology.expand(valueSet).map((each) => each.code);

function problem(attempt: () => unknown): { kind: string; text: string } {
  try {
    attempt();
  } catch (error) {
    if (error instanceof Problem) return { kind: error.kind, text: error.findings[0]?.diagnostics ?? '' };
    throw error;
  }
  throw new Error('nothing was refused');
}

interface CodesFile {
  valueSets: Record<string, Record<string, string[] | '*'>>;
  systems: Record<string, string[]>;
}

describe('a value set', () => {
  it('that R4 requires somewhere has the codes that validation knows', () => {
    const file = new URL('../../libs/fhir/src/generated/r4-codes.json', import.meta.url);
    const { valueSets, systems } = JSON.parse(readFileSync(file, 'utf8')) as CodesFile;
    const sets = Object.entries(valueSets);
    expect(sets.length).toBeGreaterThan(200);
    for (const [url, bySystem] of sets) {
      const known = Object.entries(bySystem).flatMap(([system, listed]) =>
        (listed === '*' ? (systems[system] ?? []) : listed).map((code) => `${system}|${code}`),
      );
      const found = terminology.expand(url).map(({ system, code }) => `${system}|${code}`);
      expect([url, found.sort()]).toEqual([url, [...new Set(known)].sort()]);
    }
  });
  it('has systems and displays', () => {
    expect(terminology.expand(`${R4}/care-team-status`)[1]).toEqual({
      system: 'http://hl7.org/fhir/care-team-status',
      version: '4.0.1',
      code: 'active',
      display: 'Active',
      abstract: false,
      inactive: false,
      designations: [],
    });
  });
  it('may take what a code subsumes and leave a heading out', () => {
    expect(codes(`${V3}/v3-ActEncounterCode`)).toEqual([
      'AMB',
      'EMER',
      'FLD',
      'HH',
      'IMP',
      'ACUTE',
      'NONAC',
      'OBSENC',
      'PRENC',
      'SS',
      'VR',
    ]);
  });
  it('may take all but what a code subsumes', () => {
    expect(codes(`${R4}/patient-contactrelationship`)).not.toContain('');
    expect(codes(`${R4}/patient-contactrelationship`)).toContain('N');
  });
  it('may import others, and of several in one include only what is in all', () => {
    expect(codes(`${R4}/yesnodontknow`)).toEqual(['N', 'Y', 'asked-unknown']);
    expect(codes(`${R4}/relatedperson-relationshiptype`)).toContain('DAU');
    expect(problem(() => codes(`${R4}/action-participant-role`)).text).toContain('SNOMED CT');
  });
  it('is known by URL and version, and in no other version', () => {
    expect(codes(`${R4}/care-team-status|4.0.1`)).toHaveLength(5);
    expect(problem(() => codes(`${R4}/care-team-status|5.0.0`)).kind).toBe('bad-request');
  });
  it('holds a code in its system, or in any when none is named', () => {
    const set = `${V3}/v3-ActEncounterCode`;
    expect([terminology.has(set, ACT, 'IMP'), terminology.has(set, undefined, 'IMP')]).toEqual([true, true]);
    expect([terminology.has(set, 'x', 'IMP'), terminology.has(set, ACT, 'imp')]).toEqual([false, false]);
  });
  it('that nobody knows is refused as a bad request', () => {
    for (const url of ['https://nowhere.se/ValueSet/x', '__proto__', 'constructor', '']) {
      expect(problem(() => codes(url)).kind).toBe('bad-request');
    }
  });
  it.each([
    [`${R4}/condition-code`, 'SNOMED CT (http://snomed.info/sct) is not loaded here'],
    [`${R4}/mimetypes`, 'MIME types (urn:ietf:bcp:13) is not loaded here'],
    [`${R4}/all-languages`, 'language tags (urn:ietf:bcp:47) is not loaded here'],
    [`${R4}/service-type`, 'Only a part of the code system'],
  ])('whose content is not loaded is refused by the name of it: %s', (url, text) => {
    expect(problem(() => codes(url))).toMatchObject({
      kind: 'unprocessable',
      text: expect.stringContaining(text),
    });
  });
  it('of R5 that came with the definitions is not there', () => {
    expect(terminology.valueSet(`${R4}/detectedissue-status`)).toBeUndefined();
  });
});

describe('a code', () => {
  it('subsumes itself and all that stands below it', () => {
    expect(terminology.below(ACT, 'IMP')).toEqual(['IMP', 'ACUTE', 'NONAC']);
    expect(terminology.below(ACT, 'ACUTE')).toEqual(['ACUTE']);
  });
  it('is subsumed by itself and all that stands above it', () => {
    expect(terminology.above(ACT, 'ACUTE')).toEqual([
      'ACUTE',
      'IMP',
      '_ActEncounterCode',
      '_ActCareProvisionCode',
    ]);
  });
  it('may have two parents', () => {
    const system = 'http://terminology.hl7.org/CodeSystem/v3-orderableDrugForm';
    expect(terminology.below(system, 'SOL')).toContain('DROP');
    expect(terminology.above(system, 'DROP')).toContain('SOL');
    expect(terminology.above(system, 'DROP').length).toBeGreaterThan(2);
  });
  it('relates to another in one of four ways', () => {
    expect(
      [
        ['IMP', 'IMP'],
        ['IMP', 'ACUTE'],
        ['ACUTE', 'IMP'],
        ['AMB', 'IMP'],
      ].map(([a = '', b = '']) => terminology.subsumes(ACT, a, b)),
    ).toEqual(['equivalent', 'subsumes', 'subsumed-by', 'not-subsumed']);
  });
  it('that its system does not have, or in a system that is not loaded, is refused', () => {
    expect(problem(() => terminology.below(ACT, 'imp')).text).toContain("has no code 'imp'");
    expect(problem(() => terminology.above('http://snomed.info/sct', '1')).kind).toBe('unprocessable');
  });
  it('says whether it is a heading that nobody records', () => {
    expect(terminology.codeSystem(ACT)?.concept('_ActEncounterCode')?.abstract).toBe(true);
    expect(terminology.codeSystem(ACT)?.concept('IMP')).toMatchObject({
      display: 'inpatient encounter',
      abstract: false,
    });
  });
});

describe('our own code systems', () => {
  const guided = loadTerminology(loadGuide().definitions);
  it('are those of the guide, with the value sets of all their codes', () => {
    expect(guided.has(`${OWN}/ValueSet/vardkontakt`, undefined, 'hemsjukvardsbesok')).toBe(true);
    expect(guided.codeSystem(`${OWN}/CodeSystem/plantyp`)?.title).toBe('Plantyp');
    expect(terminology.codeSystem(`${OWN}/CodeSystem/plantyp`)).toBeUndefined();
  });
  it('list every kind of problem', () => {
    const known = guided.expand(`${OWN}/ValueSet/problem`);
    expect(known.map(({ code, display }) => [code, display]).sort()).toEqual(
      Object.entries(problems)
        .map(([kind, { en }]) => [kind, en])
        .sort(),
    );
  });
});

it('the generated files are those that the script makes', () => {
  expect(() =>
    execFileSync(process.execPath, ['scripts/build-terminology.ts', '--check'], { stdio: 'pipe' }),
  ).not.toThrow();
});
