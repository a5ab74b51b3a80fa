import type { ElementDefinition, ElementType } from '../definitions/definitions.ts';
import { isObject } from '../path/node.ts';
import { broken, type Check, named, type Setting } from './check.ts';
import type { ElementNode } from './element-tree.ts';
import type { TypeFact } from './facts.ts';

/** A type that an element has in R4, with what a profile says of it; `said` undefined: nothing is said of types at all. */
export interface AllowedType {
  /** As the profile narrows it: `Patient` where R4 has `Resource`. */
  readonly code: string;
  readonly base: ElementType;
  readonly said: TypeFact | undefined;
  readonly refused: string | undefined;
}

/**
 * The types of an element in R4, each with whether the profile leaves it.
 * @throws Error when the profile names a type that R4 does not have there
 */
export function allowedTypes(
  setting: Setting,
  { id }: ElementNode,
  { types }: ElementDefinition,
  said: readonly TypeFact[],
): AllowedType[] {
  if (!said.length)
    return types.map((base) => ({ code: base.code, base, said: undefined, refused: undefined }));
  const fits = (code: string, base: ElementType): boolean =>
    types.some((each) => each.code === code)
      ? code === base.code
      : isResource(setting, code, base.code) || isShort(setting, code, base.code);
  const strange = said.find(({ code }) => !types.some((base) => fits(code, base)));
  if (strange) throw broken(setting, id, `R4 has no type ${strange.code} here`);
  const names = said.map(({ code }) => code).join(' or ');
  const refused = named(setting, `Expected a value of type ${names}.`);
  return types.map((base) => {
    const own = said.filter(({ code }) => fits(code, base));
    const [first] = own;
    if (!first) return { code: base.code, base, said: undefined, refused };
    const targets = own.every((each) => each.targets.length) ? own.flatMap((each) => each.targets) : [];
    const narrower = own.length === 1 && isResource(setting, first.code, base.code);
    return {
      code: narrower ? first.code : base.code,
      base,
      said: { code: first.code, profiles: own.flatMap((each) => each.profiles), targets },
      refused: undefined,
    };
  });
}

const isResource = ({ definitions }: Setting, code: string, base: string): boolean =>
  base === 'Resource' && definitions.isA(code, base);

/** What a profile writes for a type that R4's definitions here give a name of its own: `CarePlan.activity`, `SimpleQuantity`. */
const isShort = ({ definitions }: Setting, code: string, base: string): boolean =>
  (base.includes('.') || base === 'SimpleQuantity') && definitions.isA(base, code);

/** The check of a resource inside another: it is of a type that the profile leaves, and then what else is asked of it. */
export function resourceCheck(
  setting: Setting,
  { base, said }: AllowedType,
  types: readonly string[],
  check: Check | undefined,
): Check | undefined {
  if (base.code !== 'Resource' || !said || types.includes('Resource')) return check;
  const message = named(setting, `Expected a resource of type ${types.join(' or ')}.`);
  return (value, beside, scene) => {
    const type = isObject(value) ? value.resourceType : undefined;
    if (typeof type === 'string' && types.includes(type)) check?.(value, beside, scene);
    else scene.report.error('structure', message);
  };
}
