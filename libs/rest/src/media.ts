import { Problem } from '@naravard/fhir';
import { checkCoding } from './hardening/read-bodies.ts';

/** What a body is, whichever of its names was used. */
export type Media = 'fhir' | 'json-patch' | 'merge-patch' | 'form' | 'package' | 'ndjson';

export const fhirJson = 'application/fhir+json';
export const fhirXml = 'application/fhir+xml';

const xmlNames: ReadonlySet<string> = new Set([fhirXml, 'application/xml', 'text/xml']);

/** Whether a media type of a FHIR body or answer is one of XML. */
export const isXml = (type: string): boolean => xmlNames.has(type);

const bodies = new Map<string, Media>([
  [fhirJson, 'fhir'],
  ['application/json', 'fhir'],
  ['text/json', 'fhir'],
  [fhirXml, 'fhir'],
  ['application/xml', 'fhir'],
  ['text/xml', 'fhir'],
  ['application/json-patch+json', 'json-patch'],
  ['application/merge-patch+json', 'merge-patch'],
  ['application/x-www-form-urlencoded', 'form'],
  ['application/gzip', 'package'],
  ['application/x-gzip', 'package'],
  ['application/fhir+ndjson', 'ndjson'],
  ['application/ndjson', 'ndjson'],
]);

/** What a patch may be sent as, for `patchFormat` and Accept-Patch (RFC 5789, 3.1). */
export const patchFormats: readonly string[] = [
  'application/json-patch+json',
  'application/merge-patch+json',
  fhirJson,
  fhirXml,
];

const formats = new Map<string, string>([
  ['json', fhirJson],
  ['*/*', fhirJson],
  ['application/*', fhirJson],
  [fhirJson, fhirJson],
  ['application/json', 'application/json'],
  ['text/json', 'application/json'],
  ['xml', fhirXml],
  ...[...xmlNames].map((name) => [name, name] as const),
]);

/**
 * What the body is, and whether it is XML, from Content-Type. http://hl7.org/fhir/R4/http.html#mime-type
 * @throws Problem 'unsupported-media' unless it is one of `accepted`, in UTF-8, of FHIR 4.0 and in a coding that is read.
 */
export function bodyMedia(
  headers: { 'content-type'?: string; 'content-encoding'?: string },
  accepted: readonly Media[],
): { media: Media; isXml: boolean } {
  const { 'content-type': contentType, 'content-encoding': encoding } = headers;
  const parsed = contentType === undefined ? undefined : parseMediaType(contentType);
  const media = parsed && bodies.get(parsed.name);
  const charset = parsed?.parameters.get('charset');
  const names = [...bodies].filter(([, value]) => accepted.includes(value)).map(([name]) => name);
  if (!parsed || !media || !accepted.includes(media)) {
    throw new Problem('unsupported-media', `Send the body with Content-Type ${names.join(' or ')}.`);
  }
  if (charset !== undefined && charset.toLowerCase() !== 'utf-8') {
    throw new Problem('unsupported-media', 'Send the body in UTF-8: only charset=utf-8 is read.');
  }
  checkCoding(encoding);
  if (!isR4(parsed.parameters.get('fhirversion'))) {
    throw new Problem('unsupported-media', 'Send FHIR R4: only fhirVersion=4.0 is read.');
  }
  return { media, isXml: isXml(parsed.name) };
}

/** Media types beside those of FHIR that an interaction can answer with, by the names that `_format` and Accept have for them. */
export type FurtherFormats = Readonly<Record<string, string>>;

/** Whether a media type of an answer is one of FHIR, in JSON or XML. */
export const isFhirFormat = (type: string): boolean => [...formats.values()].includes(type);

/**
 * The content type of the answer, from `_format` (which wins) or Accept; `further` are those that the interaction has besides.
 * @throws Problem 'not-acceptable' when only other formats are asked for.
 */
export function answerFormat(
  format: string | undefined,
  accept: string | undefined,
  further: FurtherFormats = {},
): string {
  const asked = format ?? accept;
  if (!asked || asked === fhirJson || asked === '*/*') return fhirJson;
  // A plus sign of a media type is a space after URL decoding; only _format travels that way.
  const list = (format === undefined ? asked : asked.replaceAll(' ', '+')).split(',');
  let best: { type: string; weight: number } | undefined;
  for (const item of list) {
    const parsed = parseMediaType(item);
    const isRead = parsed && isR4(parsed.parameters.get('fhirversion'));
    const type = isRead ? (formats.get(parsed.name) ?? ownValue(further, parsed.name)) : undefined;
    const weight = Number(parsed?.parameters.get('q') ?? 1);
    if (type && weight > 0 && weight > (best?.weight ?? 0)) best = { type, weight };
  }
  if (best) return best.type;
  const others = [...new Set(Object.values(further))];
  throw new Problem(
    'not-acceptable',
    `Ask for ${[fhirJson, fhirXml, ...others].join(' or ')} in Accept or _format.`,
  );
}

const ownValue = (record: FurtherFormats, name: string): string | undefined =>
  Object.hasOwn(record, name) ? record[name] : undefined;

const isR4 = (version: string | undefined): boolean =>
  version === undefined || /^4\.0(\.\d+)?$/.test(version);

const token = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
const mediaType = new RegExp(
  `^ *(${token}(?:/${token})?) *((?:; *${token}=(?:${token}|"[^"\\\\]*") *)*);? *$`,
);

function parseMediaType(text: string): { name: string; parameters: ReadonlyMap<string, string> } | undefined {
  const match = text.length > 500 ? null : mediaType.exec(text);
  if (!match) return undefined;
  const parameters = new Map<string, string>();
  for (const part of (match[2] ?? '').split(';')) {
    const [name = '', value = ''] = part.trim().split('=', 2);
    if (name) parameters.set(name.toLowerCase(), value.replace(/^"|"$/g, ''));
  }
  return { name: (match[1] ?? '').toLowerCase(), parameters };
}
