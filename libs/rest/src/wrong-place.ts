import { Problem } from '@naravard/fhir';
import type { Interaction } from './call.ts';
import type { Engine } from './engine.ts';
import { checkAddress, methodsOf, pathOf, type RouteParts } from './route.ts';

/** 405, with what Allow says. */
export class WrongMethod extends Problem {
  readonly allowed: readonly string[];

  constructor(allowed: readonly string[]) {
    super('method-not-allowed', `Here the methods are ${allowed.join(', ')}.`);
    this.allowed = allowed;
  }
}

/**
 * What is told of a method and path below the base that no interaction answers: 405 where another method would, 404 for the
 * name of an operation; undefined elsewhere. http://hl7.org/fhir/R4/operations.html#executing
 */
export function wrongPlace(all: readonly Interaction[], path: string): Problem | undefined {
  const allowed = methodsOf(all, path);
  if (allowed.length) return new WrongMethod(allowed);
  const name = operationIn(path);
  if (name === undefined) return undefined;
  return new Problem(
    'unknown-route',
    `There is no operation ${name} here: GET /metadata lists the operations, and their definitions where each is asked.`,
  );
}

/**
 * `checkAddress`, of which a refusal gives way to `wrongPlace`: `GET Task/1/$meta-add` comes as the search of a compartment.
 * @throws Problem 'method-not-allowed', 'unknown-route' or 'bad-request'
 */
export function checkPlace(
  engine: Engine,
  all: readonly Interaction[],
  interaction: Interaction,
  parts: RouteParts,
): void {
  try {
    checkAddress(engine, interaction, parts);
  } catch (problem) {
    const path = pathOf(interaction, parts);
    // Of what its own route fits, the type is wrong and not the method.
    const fits = methodsOf([interaction], path).length > 0;
    throw (!fits && wrongPlace(all, path)) || problem;
  }
}

/** The name of the operation that a path ends with; no other text of a caller is repeated. */
export const operationIn = (path: string): string | undefined =>
  /(?:^|\/)(\$[A-Za-z-]{1,40})$/.exec(path)?.[1];
