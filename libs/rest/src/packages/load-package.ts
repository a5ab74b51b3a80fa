import { Problem } from '@naravard/fhir';
import type { Interaction } from '../call.ts';
import type { Engine } from '../engine.ts';
import { questionOf } from '../operations/question.ts';
import type { Reply } from '../reply.ts';
import { type ConformanceSet, type LeftOut, sorted } from './conformance-set.ts';
import { type LoadReport, loadSet } from './load-set.ts';
import { bytesOf } from './package-body.ts';
import { type FhirPackage, packageOfBytes, sentLimits } from './read-package.ts';

/**
 * Loads an implementation guide as it is published: https://confluence.hl7.org/display/FHIR/NPM+Package+Specification. All of it
 * or nothing; with `Prefer: handling=lenient` profiles that cannot be checked here are left out and told of. For administrators.
 */
export const loadPackage: Interaction = {
  name: 'operation',
  method: 'POST',
  route: '/ImplementationGuide/$load',
  body: ['package'],
  writes: true,
  async handle(engine, call) {
    const { context, body, prefer } = call;
    questionOf(call);
    if (context.actor.kind !== 'administrator')
      throw new Problem('forbidden', 'Only an administrator may load a package.');
    const set = setOf(engine, await packageOfBytes(bytesOf(body), sentLimits));
    return answer(set, await loadSet(engine, context, set, { lenient: prefer.handling === 'lenient' }));
  },
};

/** What of a package is loaded. @throws Problem 'structure' for a file that is not JSON */
export function setOf(engine: Engine, { manifest, files, elsewhere }: FhirPackage): ConformanceSet {
  const { resources, leftOut } = sorted(files, engine.loaded.own, engine.limits.depth);
  const folders = [...elsewhere].map(
    ([folder, count]): LeftOut => ({
      from: folder,
      reason: `${count} ${count === 1 ? 'file' : 'files'}: only what lies in the folder package is loaded, so examples are not`,
    }),
  );
  return { package: manifest, resources, leftOut: [...leftOut, ...folders] };
}

/** What is left out one by one in an answer. */
const toldOf = 200;

function answer({ package: loaded }: ConformanceSet, { leftOut, missing, ...counts }: LoadReport): Reply {
  const more = leftOut.length - toldOf;
  const parameter = [
    { name: 'package', valueString: `${loaded?.name}#${loaded?.version}` },
    ...Object.entries(counts).map(([name, valueInteger]) => ({ name, valueInteger })),
    ...leftOut.slice(0, toldOf).map(({ from, reason }) => ({
      name: 'leftOut',
      part: [
        { name: 'from', valueString: from },
        { name: 'reason', valueString: reason },
      ],
    })),
    ...(more > 0 ? [{ name: 'warning', valueString: `${more} more were left out.` }] : []),
    ...missing.map((each) => ({
      name: 'warning',
      valueString: `The package is made on ${each}, which is not loaded: load it too, so that all that refers to it is checked.`,
    })),
  ];
  return { status: 200, body: JSON.stringify({ resourceType: 'Parameters', parameter }) };
}
