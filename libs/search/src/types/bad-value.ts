import { Problem } from '@naravard/fhir';
import type { Parameter } from '../parameter.ts';

/** A value that cannot be read. `advice` says what to write instead; the value itself may be personal and stays out. */
export const badValue = (parameter: Parameter, advice: string): Problem =>
  new Problem('bad-request', {
    severity: 'error',
    expression: parameter.code,
    diagnostics: `The value of '${parameter.code}' cannot be read: ${advice}`,
  });

/** Modifiers change what a search means, so an unsupported one is refused even where the caller is lenient. */
export const badModifier = (parameter: Parameter, modifier: string): Problem =>
  new Problem('unknown-parameter', {
    severity: 'error',
    expression: `${parameter.code}:${modifier}`,
    diagnostics: `The modifier ':${modifier}' of '${parameter.code}' is not supported yet; leave it out.`,
  });
