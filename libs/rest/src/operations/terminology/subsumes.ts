import { type CodeSystem, noCode, partlyLoaded, subsumption } from '@naravard/terminology';
import { loadedSystem, systemAsked } from './named-content.ts';
import { type Input, unfit } from './terminology-input.ts';
import type { Asked, TerminologyOperation } from './terminology-operation.ts';

/**
 * http://hl7.org/fhir/R4/codesystem-operation-subsumes.html: how two codes of one system relate. What cannot be told (a
 * code that the system has not, a system of which only a part is loaded) is an error.
 */
export const subsumes: TerminologyOperation = {
  type: 'CodeSystem',
  name: '$subsumes',
  inputs: {
    codeA: 'code',
    codeB: 'code',
    system: 'uri',
    version: 'string',
    codingA: 'coding',
    codingB: 'coding',
  },
  answer(asked) {
    const { input, instance } = asked;
    const [a, b] = [codeOf(input, 'A'), codeOf(input, 'B')];
    const system = instance ? systemAsked(asked, 'system') : systemOf(asked, a.system ?? b.system);
    for (const each of [a, b]) {
      if (each.system !== undefined && each.system !== system.url) {
        throw unfit(each.name, `${each.name} is of another code system: both must be of one.`);
      }
    }
    for (const { code } of [a, b]) {
      if (system.concept(code)) continue;
      throw system.complete ? noCode(system.url, code) : partlyLoaded(system.url);
    }
    if (!system.complete) throw partlyLoaded(system.url);
    const outcome = subsumption(system, a.code, b.code);
    return { resourceType: 'Parameters', parameter: [{ name: 'outcome', valueCode: outcome }] };
  },
};

/** `system`, or that of the codings, which say it themselves. */
function systemOf({ terminology, input }: Asked, ofCodings: string | undefined): CodeSystem {
  const url = input.text('system') ?? ofCodings;
  if (url === undefined)
    throw unfit('system', 'Give system beside the codes, or ask on a CodeSystem by its id.');
  return loadedSystem(terminology, url, input.text('version'));
}

interface Side {
  readonly name: string;
  readonly code: string;
  readonly system: string | undefined;
}

function codeOf(input: Input, side: 'A' | 'B'): Side {
  const [byCode, byCoding] = [`code${side}`, `coding${side}`];
  if (input.has(byCode) && input.has(byCoding)) {
    throw unfit(byCoding, `Give ${byCode} or ${byCoding}, not both.`);
  }
  const coding = input.coding(byCoding);
  const code = coding ? coding.code : input.text(byCode);
  const name = coding ? byCoding : byCode;
  if (code === undefined) throw unfit(name, `Give ${byCode} or ${byCoding}, with a code.`);
  return { name, code, system: coding?.system };
}
