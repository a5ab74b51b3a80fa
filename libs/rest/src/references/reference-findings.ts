import type { Finding } from '@naravard/fhir';

/** What is said of a reference, which is one text for what is absent and what is hidden. */
export const notThere = (expression: string, target: string, required: boolean): Finding => ({
  severity: required ? 'error' : 'warning',
  code: 'not-found',
  expression,
  diagnostics: required
    ? target === 'Patient'
      ? 'There is no such Patient that you may write about: find the person with Patient/$match, or create the Patient first, also in the same transaction.'
      : `There is no such ${target} that you may see: refer to one that is there, or create it first, also in the same transaction.`
    : `There is no such ${target} that you may see: the reference is kept as it is and leads nowhere until there is one.`,
  sv: 'Det som uppgiften hänvisar till finns inte, eller visas inte för dig.',
});

export const elsewhere = (expression: string, required: boolean): Finding => ({
  severity: required ? 'error' : 'warning',
  code: 'not-supported',
  expression,
  diagnostics: required
    ? 'This refers to a server that may not be referred to: refer to a resource here, or ask the operator to add the address to REFERENCE_BASES.'
    : 'This refers to a server that nothing is known of here: it is kept as it is, and never followed.',
  sv: 'Uppgiften hänvisar till en annan tjänst.',
});

export const unidentified = (expression: string, required: boolean): Finding => ({
  severity: required ? 'error' : 'warning',
  code: 'not-found',
  expression,
  diagnostics: required
    ? 'The number does not lead to one Patient here: give the Reference type Patient where the element takes other types as well; else find the person with Patient/$match, or create the Patient first, also in the same transaction.'
    : 'The identifier does not lead to exactly one resource here of a type that the element takes: it is kept as it is. Give Reference.type, or refer by Type/id.',
  sv: required
    ? 'Numret leder inte till en person som finns här.'
    : 'Det som uppgiften hänvisar till hittades inte här.',
});

export const ofVersion = (expression: string): Finding => ({
  severity: 'warning',
  code: 'informational',
  expression,
  diagnostics:
    'The reference is to one version: whether the resource is there was looked at, and not whether it has had that version.',
  sv: 'Hänvisningen gäller en viss version.',
});
