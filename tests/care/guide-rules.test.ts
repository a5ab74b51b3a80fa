import type { DomainRule, StagedResource } from '@naravard/fhir';
import { expect, test } from 'vitest';
import { behandlingsplanRules } from '../../libs/care/src/behandlingsplan/rules.ts';
import { fastKontaktRules } from '../../libs/care/src/fast-kontakt/rules.ts';
import { sipRules } from '../../libs/care/src/sip/rules.ts';
import { example, exampleNames } from './guide-examples.ts';

const rules: Readonly<Record<string, readonly DomainRule[]>> = {
  CareTeam: fastKontaktRules,
  CarePlan: [...behandlingsplanRules, ...sipRules],
};

const all = new Map(exampleNames.map((name) => [name.replace('-', '/'), example(name)]));
const found = (reference: string): object | undefined => all.get(reference);

test.each(exampleNames)('the example %s breaks no rule of care', (name) => {
  const resource = example(name);
  const { resourceType: type, id } = resource;
  const writer = { as: 'vardgivare', organisation: 'vg:TEST', unit: 'TEST-1', person: null } as const;
  const staged: StagedResource = { type, id, resource, writer, at: '2026-11-23T12:00:00.000Z' };
  const findings = (rules[type] ?? []).flatMap((rule) => rule.check(staged, found));
  expect(findings).toEqual([]);
});
