import type { Coding, ConceptMap, Terminology, Translation } from '@naravard/terminology';
import type { Part } from '../answer.ts';
import { codingsOf } from './coded.ts';
import { isMet } from './dependencies.ts';
import { mapAsked } from './named-content.ts';
import { type Input, unfit } from './terminology-input.ts';
import type { Asked, TerminologyOperation } from './terminology-operation.ts';

/**
 * http://hl7.org/fhir/R4/conceptmap-operation-translate.html: what a code is mapped to, by one concept map or by all that
 * fit. Read backwards (`reverse`) a map is from its target to its source, and wider becomes narrower.
 */
export const translate: TerminologyOperation = {
  type: 'ConceptMap',
  name: '$translate',
  inputs: {
    url: 'uri',
    conceptMap: 'resource',
    conceptMapVersion: 'string',
    code: 'code',
    system: 'uri',
    version: 'string',
    source: 'uri',
    coding: 'coding',
    codeableConcept: 'concept',
    target: 'uri',
    targetsystem: 'uri',
    dependency: 'parts',
    reverse: 'boolean',
  },
  answer(asked) {
    const { input } = asked;
    const codings = codingsOf(input, { system: 'system', version: 'version' });
    if (input.has('target') && input.has('targetsystem')) {
      throw unfit('targetsystem', 'Give target or targetsystem, not both.');
    }
    const maps = mapsAsked(asked);
    const found = codings.flatMap((coding) => maps.flatMap((map) => translations(asked, map, coding)));
    const wanted = input.text('targetsystem');
    const fitting = found.filter(({ system }) => wanted === undefined || system === wanted);
    const met = fitting.filter((each) => isMet(each, input.parts('dependency')));
    return answerOf(met, messageOf(maps, met, fitting));
  },
};

/** The one that is named, or all that lead from `source` to `target`, where these are given. */
function mapsAsked(asked: Asked): readonly ConceptMap[] {
  const { terminology, input } = asked;
  const named = mapAsked(asked);
  const isReverse = input.flag('reverse') ?? false;
  const [from, to] = isReverse ? (['target', 'source'] as const) : (['source', 'target'] as const);
  return (named ? [named] : terminology.conceptMaps()).filter(
    (map) => isOf(map[from], input, 'source') && isOf(map[to], input, 'target'),
  );
}

/** Whether a map has the value set that a parameter names, in its version where both tell one. */
function isOf(set: string | null, input: Input, parameter: 'source' | 'target'): boolean {
  const asked = input.text(parameter);
  if (asked === undefined) return true;
  const [url, version] = asked.split('|');
  const [ownUrl, ownVersion] = (set ?? '').split('|');
  return url === ownUrl && (version === undefined || ownVersion === undefined || version === ownVersion);
}

function translations(asked: Asked, map: ConceptMap, coding: Coding): readonly Translation[] {
  const { system, version, code } = coding;
  if (system === undefined || code === undefined) return [];
  if (asked.input.flag('reverse')) return map.backward(system, code, version);
  return forward(asked.terminology, map, { system, code, version }, []);
}

/** `passed`: the maps that sent the code on; one that sends it back is not asked twice. */
function forward(
  terminology: Terminology,
  map: ConceptMap,
  asked: { system: string; code: string; version: string | undefined },
  passed: readonly ConceptMap[],
): readonly Translation[] {
  if (passed.includes(map)) return [];
  return map.forward(asked.system, asked.code, asked.version).flatMap((each) => {
    if (!('otherMap' in each)) return [each];
    const other = terminology.conceptMap(each.otherMap);
    return other ? forward(terminology, other, asked, [...passed, map]) : [];
  });
}

/** Equivalences that say that there is no translation. */
const none: ReadonlySet<string | null> = new Set(['unmatched', 'disjoint']);

const isTranslation = ({ equivalence }: Translation): boolean => !none.has(equivalence);

function messageOf(
  maps: readonly ConceptMap[],
  met: readonly Translation[],
  fitting: readonly Translation[],
): string | undefined {
  const fulfilled = new Set(met);
  const open = fitting.filter((each) => !fulfilled.has(each));
  const missing = [...new Set(open.flatMap(({ dependsOn }) => dependsOn.map(({ property }) => property)))];
  if (missing.length) return `More is known when these are given as dependency: ${missing.join(', ')}.`;
  if (!maps.length) {
    return 'No concept map that is loaded here leads from that source to that target: an administrator loads one with `npm run terminology -- load FILE`.';
  }
  if (!met.some(isTranslation)) return 'No concept map that was asked translates the code.';
  const unmapped = met.some(({ equivalence }) => equivalence === null);
  return unmapped
    ? 'The map does not have the code: the answer is what it says of all such codes.'
    : undefined;
}

const answerOf = (found: readonly Translation[], message: string | undefined): object => ({
  resourceType: 'Parameters',
  parameter: [
    { name: 'result', valueBoolean: found.some(isTranslation) },
    ...(message === undefined ? [] : [{ name: 'message', valueString: message }]),
    ...found.map(matchOf),
  ],
});

const matchOf = ({ equivalence, concept, product, map }: Translation): Part => ({
  name: 'match',
  part: [
    ...(equivalence === null ? [] : [{ name: 'equivalence', valueCode: equivalence }]),
    ...(concept === null ? [] : [{ name: 'concept', valueCoding: concept }]),
    ...product.map(({ property, system, value, display }) => ({
      name: 'product',
      part: [
        { name: 'element', valueUri: property },
        {
          name: 'concept',
          valueCoding: { ...(system && { system }), code: value, ...(display && { display }) },
        },
      ],
    })),
    ...(map === null ? [] : [{ name: 'source', valueUri: map }]),
  ],
});
