import { Problem } from '@naravard/fhir';

/** Systems that R4's value sets draw on most and that are not part of R4, by the names that people know. */
const names: ReadonlyMap<string, string> = new Map([
  ['http://snomed.info/sct', 'SNOMED CT'],
  ['http://loinc.org', 'LOINC'],
  ['http://unitsofmeasure.org', 'UCUM'],
  ['urn:ietf:bcp:13', 'MIME types'],
  ['urn:ietf:bcp:47', 'language tags'],
  ['urn:iso:std:iso:3166', 'ISO 3166 countries'],
]);

/** What an administrator does about content that is not here. */
const howToLoad =
  'an administrator loads it with `npm run terminology -- load FILE` (CodeSystem, ValueSet and ConceptMap resources, or a package)';

const nameOf = (system: string): string => {
  const name = names.get(system.split('|')[0] ?? '');
  return name ? `${name} (${shown(system)})` : `'${shown(system)}'`;
};

const inVersion = (canonical: string): string => (canonical.includes('|') ? ' in that version' : '');

/** A code system that is not here, or of which only a part is: what would need all its codes. */
export function notLoaded(system: string, partly: boolean): Problem {
  const what = partly
    ? `Only a part of the code system ${nameOf(system)} is`
    : `The code system ${nameOf(system)} is not`;
  return new Problem('unprocessable', {
    severity: 'error',
    code: 'not-supported',
    diagnostics: `${what} loaded here, so its codes cannot be listed: name the codes one by one, or ${howToLoad}.`,
  });
}

/** A code system of which only a part is here, asked about a code that is not in that part. */
export const partlyLoaded = (system: string): Problem =>
  new Problem('unprocessable', {
    severity: 'error',
    code: 'not-supported',
    diagnostics: `Only a part of the code system ${nameOf(system)} is loaded here, which does not tell: ${howToLoad}.`,
  });

/** 404: a code system that is asked about by its URL. */
export const noCodeSystem = (canonical: string): Problem =>
  new Problem(
    'not-found',
    `The code system ${nameOf(canonical)} is not loaded here${inVersion(canonical)}: ${howToLoad}.`,
  );

/** 404: a value set that is asked about by its URL. */
export const noValueSet = (canonical: string): Problem =>
  new Problem('not-found', valueSetUnknown(canonical));

/** 404: a concept map that is asked about by its URL. */
export const noConceptMap = (canonical: string): Problem =>
  new Problem(
    'not-found',
    `The concept map '${shown(canonical)}' is not known here${inVersion(canonical)}: ${howToLoad}.`,
  );

/** A value set that a search names, or that another one is made of. */
export const unknownValueSet = (canonical: string): Problem =>
  new Problem('bad-request', valueSetUnknown(canonical));

/** A value set that is known and made of one that is not. */
export const madeOfUnknown = (canonical: string): Problem =>
  new Problem('unprocessable', {
    severity: 'error',
    code: 'not-supported',
    diagnostics: valueSetUnknown(canonical),
  });

export const madeOfItself = (canonical: string): Problem =>
  new Problem(
    'unprocessable',
    `The value set '${shown(canonical)}' is made of itself; no code can be in it.`,
  );

const valueSetUnknown = (canonical: string): string =>
  `The value set '${shown(canonical)}' is not known here${inVersion(canonical)}; the value sets of R4 (4.0.1) and those of https://naravard.se/fhir are, by their canonical URL; another one: ${howToLoad}.`;

export const unknownCode = (system: string, code: string): Problem =>
  new Problem('bad-request', codeUnknown(system, code));

/** 404: a code that is asked about. */
export const noCode = (system: string, code: string): Problem =>
  new Problem('not-found', codeUnknown(system, code));

export const codeUnknown = (system: string, code: string): string =>
  `The code system '${shown(system)}' has no code '${shown(code)}'; codes are compared with case.`;

/** What is unknown is the caller's text, which may be anything: a number that looks personal is not repeated. */
export const shown = (text: string): string => text.slice(0, 200).replace(/\d{6,}[-+]?\d*/g, '?');
