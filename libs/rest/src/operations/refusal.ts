import { Problem, type ProblemKind } from '@naravard/fhir';

/** A Problem for whoever stands before it: English that says what to do next, and Swedish for the person or the staff. */
export const refused = (kind: ProblemKind, diagnostics: string, sv: string, expression?: string): Problem =>
  new Problem(kind, { severity: 'error', diagnostics, sv, ...(expression !== undefined && { expression }) });
