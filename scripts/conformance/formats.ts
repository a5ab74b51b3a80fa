import { answerFormat, bodyMedia, type Media } from '../../libs/rest/src/media.ts';
import { parsePrefer } from '../../libs/rest/src/prefer.ts';
import { code, table } from './table.ts';

const types = [
  'application/fhir+json',
  'application/json',
  'text/json',
  'application/json-patch+json',
  'application/merge-patch+json',
  'application/x-www-form-urlencoded',
  'application/gzip',
  'application/fhir+ndjson',
  'application/ndjson',
  'application/fhir+xml',
  'application/xml',
  'text/xml',
  'text/turtle',
  'text/html',
];

const uses: Readonly<Record<Media, string>> = {
  fhir: 'a resource, a Bundle, or a FHIRPath Patch (Parameters)',
  'json-patch': 'a JSON Patch',
  'merge-patch': 'a JSON Merge Patch',
  form: 'parameters of `_search`',
  package: 'a package of definitions to load',
  ndjson: 'resources to import, one a line',
};

const accepted = Object.keys(uses) as Media[];

const attempt = (work: () => string): string | undefined => {
  try {
    return work();
  } catch {
    return undefined;
  }
};

/** Each media type as the service takes it in a body and gives it in an answer. */
export const formatTable = (): string =>
  table(
    ['Media type', 'In a request', 'In an answer'],
    types.map((type) => {
      const media = attempt(() => bodyMedia({ 'content-type': type }, accepted).media);
      const answer = attempt(() => answerFormat(undefined, type));
      return [code(type), media ? uses[media as Media] : 'no: 415', answer ? code(answer) : 'no: 406'];
    }),
  );

const asked: readonly (readonly [header: string, meaning: string])[] = [
  ['return=representation', 'a write answers with the resource; the default, except in Bundles'],
  ['return=minimal', 'a write answers with headers only; the default of the entries of a Bundle'],
  ['return=OperationOutcome', 'a write answers with "done" and with the warnings of validation'],
  ['handling=strict', 'unknown search parameters are refused with 400; the default'],
  ['handling=lenient', 'they are left out, with a warning in the answer: see Search'],
  [
    'respond-async',
    'a search, `$everything`, a batch or `$export` is answered later: 202 with the address to ask; all else at once',
  ],
];

export const preferTable = (): string =>
  table(
    ['Prefer', 'Heeded', 'Meaning'],
    asked.map(([header, meaning]) => [code(header), isHeeded(header) ? 'yes' : 'no', meaning]),
  );

function isHeeded(header: string): boolean {
  const [name, value] = header.split('=');
  const prefer = parsePrefer(header);
  if (name === 'respond-async') return prefer.async === true;
  return name === 'return' ? prefer.return === value : name === 'handling' && prefer.handling === value;
}
