/** Task.code of a request to lift a spärr (SVOD 2022:913 3 kap 5 §), which names who has blocked. */
export const liftRequest = {
  system: 'https://naravard.se/fhir/CodeSystem/task',
  code: 'begar-havning',
  display: 'Begäran om att häva spärr',
} as const;
