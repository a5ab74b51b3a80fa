import { loadDefinitions } from '@naravard/fhir';
import { describe, expect, it } from 'vitest';
import { compilePath } from '../../libs/fhir/src/path/compile.ts';
import {
  allChildren,
  type Environment,
  type Node,
  resourceNode,
  truthOf,
} from '../../libs/fhir/src/path/node.ts';
import { compileTest } from '../../libs/fhir/src/path/quick.ts';
import { unreportedInvariants, visitorInvariants } from '../../libs/fhir/src/validate/invariants.ts';
import { ElementGenerator, type Json, seeded } from './generated-element.ts';
import { type InvariantCase, invariantCases } from './invariant-cases.ts';
import { notJudged, oracleOf } from './oracle.ts';
import { examples, hasThirdParty } from './third-party.ts';

const definitions = loadDefinitions();
const cases = invariantCases(definitions);
const whole = process.env.NARAVARD_FULL === '1';
const samples = whole ? 1000 : 60;
const seed = 4;

type Judge = (value: unknown, root: unknown) => { quick: boolean | undefined; plain: boolean | undefined };

/** The two ways in which an invariant is compiled: specialised for its type, and as a general expression. */
function judgeOf({ definition, type }: InvariantCase): Judge {
  const run = compilePath(definition.expression);
  const primitive = definitions.type(type)?.kind === 'primitive';
  const quick = primitive ? undefined : compileTest(definition.expression, definitions, type);
  return (value, root) => {
    const node: Node = { value, type, sibling: undefined };
    const rootNode = value === root ? node : resourceNode(definitions, root);
    const environment: Environment = {
      definitions,
      resource: rootNode,
      rootResource: rootNode,
      context: node,
    };
    const plain = truthOf(run(environment, [node], [node]));
    return { plain, quick: quick ? quick(value as Json, environment) : plain };
  };
}

describe('invariants', () => {
  it('cover all of R4: each compiles, is checked by the visitor, or is listed as unreported', () => {
    expect(cases.length).toBeGreaterThan(230);
    expect([...visitorInvariants.keys()]).toEqual([
      'ele-1',
      'ext-1',
      'ref-1',
      'dom-2',
      'dom-3',
      'txt-1',
      'txt-2',
    ]);
    expect([...unreportedInvariants.keys()]).toEqual(['dom-6']);
    for (const each of cases) expect(() => judgeOf(each), each.name).not.toThrow();
  });

  it(`agree with fhirpath.js on ${samples} generated elements each (seed ${seed})`, {
    timeout: 300_000,
  }, () => {
    const generator = new ElementGenerator(definitions, seed);
    for (const each of cases.filter(({ name }) => !notJudged[name])) {
      generator.words = [...each.definition.expression.matchAll(/'([^']*)'/g)].map((match) => match[1] ?? '');
      const oracle = oracleOf(each.definition.expression, each.type);
      const judge = judgeOf(each);
      for (let n = 0; n < samples; n += 1) {
        const value = generator.make(each.type, 3);
        const expected = oracle(value, value);
        expect(judge(value, value), `${each.name}: ${JSON.stringify(value)}`).toEqual({
          quick: expected,
          plain: expected,
        });
      }
    }
  });

  it.skipIf(!hasThirdParty)(
    'agree with fhirpath.js on the official examples and mutants of them',
    { timeout: 300_000 },
    () => {
      const random = seeded(seed);
      const judges = new Map(
        cases
          .filter(({ name }) => !notJudged[name])
          .map((each) => [
            each.name + each.definition.expression,
            { judge: judgeOf(each), oracle: oracleOf(each.definition.expression, each.type) },
          ]),
      );
      let judged = 0;
      for (const { resource, file } of examples('r4-examples/**/*.json')) {
        for (const root of [resource, mutant(resource, random), mutant(resource, random)]) {
          for (const node of selfAndDescendants(root)) {
            for (const { key, expression } of definitions.type(node.type)?.invariants ?? []) {
              const pair = judges.get(`${key} on ${node.type}${expression}`);
              if (!pair || typeof node.value !== 'object') continue;
              const expected = pair.oracle(node.value, root);
              expect(pair.judge(node.value, root), `${file} ${key}`).toEqual({
                quick: expected,
                plain: expected,
              });
              judged += 1;
            }
          }
        }
      }
      expect(judged).toBeGreaterThan(500);
    },
  );
});

function selfAndDescendants(root: unknown): Node[] {
  const nodes = [resourceNode(definitions, root)];
  for (let at = 0; at < nodes.length; at += 1) nodes.push(...allChildren(definitions, nodes[at] as Node));
  return nodes;
}

/** A copy in which about one property in twelve is missing. */
function mutant<T>(value: T, random: () => number): T {
  if (Array.isArray(value)) return value.map((each) => mutant(each, random) as unknown) as T;
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(([key]) => key === 'resourceType' || random() > 0.08);
  return Object.fromEntries(kept.map(([key, each]) => [key, mutant(each as unknown, random)])) as T;
}
