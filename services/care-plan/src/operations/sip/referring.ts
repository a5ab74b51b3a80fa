import { readJson } from '@naravard/fhir';
import { bad, type Call, type Engine } from '@naravard/rest';

interface Parameter {
  readonly name?: string;
  readonly valueReference?: { readonly reference?: string };
}

const form = /^([A-Za-z]+)\/[A-Za-z0-9.-]{1,64}$/;

/**
 * The references (`Type/id`) that a parameter of an operation was given as, each once, in their order; for parameters that
 * repeat. `inputOf` has checked the Parameters before. @throws Problem 'bad-request' for a reference to another type
 */
export function referencesIn(engine: Engine, call: Call, name: string, types: readonly string[]): string[] {
  const parsed = call.resource ?? readJson(call.body, engine.limits.depth);
  const { parameter = [] } = parsed as { parameter?: readonly Parameter[] };
  const given = parameter.flatMap((each) =>
    each.name === name && each.valueReference?.reference !== undefined ? [each.valueReference.reference] : [],
  );
  const relative = given.map((each) =>
    each.startsWith(`${engine.base}/`) ? each.slice(engine.base.length + 1) : each,
  );
  for (const each of relative) {
    const type = form.exec(each)?.[1] ?? '';
    if (!types.includes(type)) throw bad(name, `${name} must be a Reference to ${types.join('/id or ')}/id.`);
  }
  return [...new Set(relative)];
}

/** The one reference that a parameter was given as; undefined where it was not. */
export function referenceIn(
  engine: Engine,
  call: Call,
  name: string,
  types: readonly string[],
): string | undefined {
  const [first, ...more] = referencesIn(engine, call, name, types);
  if (more.length) throw bad(name, `Give ${name} once.`);
  return first;
}

/** Whoever can take part in a SIP. */
export const parties = ['Organization', 'PractitionerRole', 'Patient', 'RelatedPerson'] as const;
