import type { InvariantDefinition } from '../definitions/definitions.ts';
import { compilePath } from '../path/compile.ts';
import { isObject, type Node, truthOf } from '../path/node.ts';
import { compileTest, type Test } from '../path/quick.ts';
import { broken, type Check, named, type Scene, type Setting } from './check.ts';
import type { Facts } from './facts.ts';

/**
 * The invariants of an element; each is met only when it is true, as those of R4. They run only where everything inside the
 * element is in order (`inside`), so that one fault gives one finding.
 * @throws Error when an expression is not FHIRPath or not the part of it that is compiled here
 */
export function withRules(
  setting: Setting,
  id: string,
  { invariants }: Pick<Facts, 'invariants'>,
  type: string,
  inside: Check | undefined,
): Check | undefined {
  if (!invariants.length) return inside;
  const rules = invariants.map((definition) => rule(setting, id, definition, type));
  return (value, beside, scene) => {
    const before = scene.report.errors;
    inside?.(value, beside, scene);
    if (scene.report.errors === before) for (const check of rules) check(value, beside, scene);
  };
}

function rule(setting: Setting, id: string, definition: InvariantDefinition, type: string): Check {
  const met = compiled(setting, id, definition, type);
  const message = named(setting, `${definition.human} (${definition.key})`);
  return (value, beside, scene) => {
    if (met(value, beside, scene)) return;
    if (definition.severity === 'warning') scene.report.warning('invariant', message);
    else scene.report.error('invariant', message);
  };
}

type Met = (value: unknown, beside: unknown, scene: Scene) => boolean;

function compiled(setting: Setting, id: string, { key, expression }: InvariantDefinition, type: string): Met {
  const path = withExtensions(expression);
  try {
    return setting.definitions.type(type)?.kind === 'primitive'
      ? onPrimitive(path, type)
      : onObject(compileTest(path, setting.definitions, type));
  } catch (error) {
    const why = error instanceof Error ? error.message : 'not FHIRPath';
    throw broken(setting, id, `the constraint ${key} cannot be compiled: ${why}`);
  }
}

const onObject =
  (test: Test): Met =>
  (value, _beside, { environment }) =>
    !isObject(value) || test(value, environment) === true;

function onPrimitive(path: string, type: string): Met {
  const run = compilePath(path);
  return (value, beside, { environment }) => {
    const node: Node = { value, type, sibling: beside };
    environment.context = node;
    return truthOf(run(environment, [node], [node])) === true;
  };
}

/** `extension(url)` of http://hl7.org/fhir/R4/fhirpath.html#functions, written out. */
const withExtensions = (path: string): string =>
  path.replace(/\bextension\(\s*('[^']*')\s*\)/g, 'extension.where(url = $1)');
