import { Problem } from '@naravard/fhir';

/** 403: who writes may not state this. `expression` is the FHIRPath of the element. */
export const notYours = (expression: string, diagnostics: string): Problem =>
  new Problem('forbidden', { severity: 'error', expression, diagnostics });

/** 422: nobody may state it so. */
export const notSo = (expression: string, diagnostics: string): Problem =>
  new Problem('business-rule', { severity: 'error', expression, diagnostics });
