// http://hl7.org/fhir/R4/search.html#include
import { Problem } from '@naravard/fhir';
import type { Parameter } from '../catalog/parameter.ts';
import type { Catalog } from '../catalog/parameters.ts';
import { readsWithinReferences } from '../catalog/reading-references.ts';
import { revealsAlways } from '../catalog/revealing-parameters.ts';
import type { Include } from '../query/include.ts';
import { followable } from '../query/relation.ts';
import { shown } from './shown.ts';

export const isInclude = (name: string): boolean => /^_(rev)?include(:|$)/.test(name);

/**
 * Reads `_include=CareTeam:participant:Practitioner`, `_revinclude=Encounter:patient`, `*`, `CareTeam:*`, with or without
 * `:iterate`. `types` are those that are searched.
 * @throws Problem 'bad-request' naming the parameter.
 */
export function parseInclude(
  catalog: Catalog,
  types: readonly string[],
  name: string,
  value: string,
): Include {
  const [base, modifier] = name.split(':', 2);
  const bad = (advice: string): Problem =>
    new Problem('bad-request', {
      severity: 'error',
      expression: shown(name),
      diagnostics: `'${shown(name)}' cannot be read: ${advice}`,
    });
  const reverse = base === '_revinclude';
  if (modifier !== undefined && modifier !== 'iterate')
    throw bad(`the only modifier of ${base} is :iterate.`);
  const iterate = modifier === 'iterate';
  if (value === '*') {
    const revealing = revealingReferences(catalog, null);
    return { reverse, type: null, parameter: null, target: null, iterate, revealing };
  }
  const [type = '', code = '', target, ...more] = value.split(':');
  if (!code || more.length)
    throw bad('write Type:parameter, Type:parameter:Target or *, such as CareTeam:participant.');
  for (const each of [type, ...(target === undefined ? [] : [target])]) {
    if (!catalog.definitions.resourceTypes.has(each)) throw bad(`'${shown(each)}' is no resource type.`);
  }
  const parameter = code === '*' ? null : referenceOf(catalog, type, code, bad);
  const allowed = parameter?.targets ?? [];
  if (target !== undefined && allowed.length && !allowed.includes(target)) {
    throw bad(`'${code}' of ${type} refers to ${allowed.join(', ')}, not to ${target}.`);
  }
  if (!iterate) checkReach(types, { reverse, type, target: target ?? null, allowed }, bad);
  const revealing = parameter ? [] : revealingReferences(catalog, type);
  return { reverse, type, parameter, target: target ?? null, iterate, revealing };
}

/**
 * Reference parameters of a type, or of all, that tell of protected identity though they lead to no place, or may read within
 * a hidden reference. Of those of R4 it is one, since what is about protected persons refers to places, and persons to their units; a test goes through them.
 */
const revealingReferences = (catalog: Catalog, type: string | null): Parameter[] =>
  [catalog.parameter('Person', 'organization'), ...catalog.custom].filter(
    (each): each is Parameter =>
      each !== undefined &&
      each.type === 'reference' &&
      (type === null || each.resourceType === type) &&
      (revealsAlways(each) || readsWithinReferences(each)),
  );

function referenceOf(
  catalog: Catalog,
  type: string,
  code: string,
  bad: (advice: string) => Problem,
): Parameter {
  const parameter = catalog.parameter(type, code);
  if (parameter && followable(parameter)) return parameter;
  if (parameter?.type === 'reference') {
    const { targets } = parameter;
    const among = targets.length ? ` of ${targets.join(', ')}` : '';
    throw bad(`'${code}' of ${type} holds canonical URLs, which no include follows: search${among} by url.`);
  }
  const known = catalog.parameters(type).filter(followable);
  throw bad(`the references of ${type} are ${known.map((each) => each.code).join(', ')}.`);
}

/** An include that starts from nothing searched would be ignored in silence; what was meant is `:iterate`. */
function checkReach(
  types: readonly string[],
  include: { reverse: boolean; type: string; target: string | null; allowed: readonly string[] },
  bad: (advice: string) => Problem,
): void {
  const { reverse, type, target, allowed } = include;
  if (!reverse && !types.includes(type)) {
    throw bad(`${type} is not searched here; write :iterate to follow what has been included.`);
  }
  const reached = target === null ? allowed : [target];
  if (reverse && reached.length && !reached.some((each) => types.includes(each))) {
    throw bad(
      `it refers to ${reached.join(', ')}, not to ${types.join(', ')}; :iterate follows what has been included.`,
    );
  }
}
