import type { Definitions } from '../definitions/definitions.ts';
import { type Environment, isObject, type JsonObject } from '../path/node.ts';

/** A step of the restricted FHIRPath of discriminators: http://hl7.org/fhir/R4/profiling.html#discriminator */
export type Step =
  | { readonly kind: 'element'; readonly name: string; readonly type?: string }
  | { readonly kind: 'extension'; readonly url: string };

/** Asked of one JSON value. */
export type Belongs = (value: unknown, environment: Environment) => boolean;

export interface DiscriminatorPath {
  readonly steps: readonly Step[];
  /** The path ends in `resolve()`: what a reference there leads to is meant. */
  readonly resolved: boolean;
}

const token =
  /(?:^|\.)(?:\$this|extension\('([^']+)'\)|(resolve)\(\)|([A-Za-z]\w*)(?:\.ofType\((\w+)\))?)(?=\.|$)/y;

/** Undefined where the text is not such a path. */
export function discriminatorPath(path: string): DiscriminatorPath | undefined {
  const steps: Step[] = [];
  let resolved = false;
  for (let at = 0; at < path.length; at = token.lastIndex) {
    token.lastIndex = at;
    const found = token.exec(path);
    if (!found || resolved) return undefined;
    const [, url, resolve, name, type] = found;
    resolved = resolve !== undefined;
    if (url !== undefined) steps.push({ kind: 'extension', url });
    if (name !== undefined) steps.push({ kind: 'element', name, ...(type !== undefined && { type }) });
  }
  return path ? { steps, resolved } : undefined;
}

/** Whether `leaf` holds for something that the steps lead to from a value of `type`; undefined where R4 has no such element. */
export function somewhere(
  definitions: Definitions,
  type: string,
  [step, ...rest]: readonly Step[],
  leaf: Belongs,
): Belongs | undefined {
  if (!step) return leaf;
  if (step.kind === 'extension') {
    const inside = somewhere(definitions, 'Extension', rest, leaf);
    return (
      inside &&
      ((value, environment) =>
        isObject(value) &&
        items(value.extension).some(
          (each) => isObject(each) && each.url === step.url && inside(each, environment),
        ))
    );
  }
  const found: ((owner: JsonObject, environment: Environment) => boolean)[] = [];
  for (const child of definitions.children(type, step.name)) {
    if (step.type !== undefined && child.type !== step.type) continue;
    const inside = somewhere(definitions, child.type, rest, leaf);
    if (inside)
      found.push((owner, environment) =>
        items(owner[child.property]).some((each) => inside(each, environment)),
      );
  }
  if (!found.length) return undefined;
  return (value, environment) => isObject(value) && found.some((each) => each(value, environment));
}

const items = (value: unknown): readonly unknown[] =>
  Array.isArray(value) ? value : value === undefined || value === null ? [] : [value];
