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

/** A code system that is not here, or of which only a part is. */
export function notLoaded(system: string, partly: boolean): Problem {
  const name = names.get(system);
  const named = name ? `${name} (${system})` : `'${shown(system)}'`;
  const what = partly ? `Only a part of the code system ${named} is` : `The code system ${named} is not`;
  return new Problem(
    'unprocessable',
    `${what} loaded here, so its codes cannot be listed; name the codes one by one.`,
  );
}

/** What is unknown is the caller's text, which may be anything: a number that looks personal is not repeated. */
const shown = (text: string): string => text.slice(0, 200).replace(/\d{6,}[-+]?\d*/g, '?');

export const unknownValueSet = (canonical: string): Problem =>
  new Problem(
    'bad-request',
    `The value set '${shown(canonical)}' is not known here in that version; the value sets of R4 (4.0.1) and those of https://naravard.se/fhir are, by their canonical URL.`,
  );

export const unknownCode = (system: string, code: string): Problem =>
  new Problem(
    'bad-request',
    `The code system '${shown(system)}' has no code '${shown(code)}'; codes are compared with case.`,
  );
