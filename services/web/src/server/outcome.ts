const texts = {
  login: ['Du behöver logga in.', 'Log in again.'],
  forbidden: ['Sidan får inte fråga så.', 'Send the header x-naravard: 1 from a page of this origin.'],
  'not-found': ['Uppgiften finns inte.', 'Ask below /nurse/api/ as below the FHIR base.'],
  transient: ['Tjänsten svarar inte just nu. Försök igen om en stund.', 'Try again.'],
} as const;

/** What the server part itself refuses, in the shape of the API's own refusals. */
export const outcome = (code: keyof typeof texts): string =>
  JSON.stringify({
    resourceType: 'OperationOutcome',
    issue: [{ severity: 'error', code, details: { text: texts[code][0] }, diagnostics: texts[code][1] }],
  });
