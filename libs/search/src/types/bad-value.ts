// http://hl7.org/fhir/R4/search.html#modifiers
import { Problem } from '@naravard/fhir';
import type { Parameter } from '../catalog/parameter.ts';

/** A value that cannot be read. `advice` says what to write instead; the value itself may be personal and stays out. */
export const badValue = (parameter: Pick<Parameter, 'code'>, advice: string): Problem =>
  new Problem('bad-request', {
    severity: 'error',
    expression: parameter.code,
    diagnostics: `The value of '${parameter.code}' cannot be read: ${advice}`,
  });

/**
 * A modifier that the parameter cannot have; refused even where the caller is lenient, because a modifier changes what a
 * search means. `allowed` are those that it can have besides `:missing`, which every parameter has; `reason`, where it needs
 * one, is a sentence after a space.
 */
export const badModifier = (
  parameter: Parameter,
  modifier: string,
  allowed: readonly string[],
  reason = '',
): Problem =>
  new Problem('unknown-parameter', {
    severity: 'error',
    expression: `${parameter.code}:${modifier}`,
    diagnostics:
      `'${parameter.code}' has no modifier ':${modifier}'; it can have ` +
      `${[...allowed, 'missing'].map((each) => `:${each}`).join(', ')}.${reason}`,
  });
