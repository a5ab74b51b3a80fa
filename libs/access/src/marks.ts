/** System of the labels that mark a row for access beside what its body says: `meta.security` of our own. */
const system = 'https://naravard.se/fhir/CodeSystem/access';

/** Labels of a key row, `system|code`, that make the marks of a `Row`. */
export const marks = {
  internalNote: `${system}|internal-note`,
  availableBy26: `${system}|available-by-2-6`,
  outsideSvod: `${system}|outside-svod`,
  showsBlock: `${system}|shows-block`,
  answer: `${system}|answer`,
} as const;

/** Code of the label of a resource that is about patients, but not about one: it stays among the labels of a `Row`. */
export const severalPatients = 'several-patients';
