import { Problem } from '@naravard/fhir';

/** What a body is, whichever of its names was used. */
export type Media = 'fhir' | 'json-patch' | 'form';

export const fhirJson = 'application/fhir+json';

const bodies = new Map<string, Media>([
  [fhirJson, 'fhir'],
  ['application/json', 'fhir'],
  ['text/json', 'fhir'],
  ['application/json-patch+json', 'json-patch'],
  ['application/x-www-form-urlencoded', 'form'],
]);

const formats = new Map<string, string>([
  ['json', fhirJson],
  ['*/*', fhirJson],
  ['application/*', fhirJson],
  [fhirJson, fhirJson],
  ['application/json', 'application/json'],
  ['text/json', 'application/json'],
]);

/**
 * What the body is, from Content-Type. http://hl7.org/fhir/R4/http.html#mime-type
 * @throws Problem 'unsupported-media' unless it is one of `accepted`, in UTF-8, of FHIR 4.0 and not compressed.
 */
export function bodyMedia(
  headers: { 'content-type'?: string; 'content-encoding'?: string },
  accepted: readonly Media[],
): Media {
  const { 'content-type': contentType, 'content-encoding': encoding = 'identity' } = headers;
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
  if (encoding.toLowerCase() !== 'identity') {
    throw new Problem(
      'unsupported-media',
      'Send the body without Content-Encoding: compressed bodies are not read.',
    );
  }
  if (!isR4(parsed.parameters.get('fhirversion'))) {
    throw new Problem('unsupported-media', 'Send FHIR R4: only fhirVersion=4.0 is read.');
  }
  return media;
}

/** Media types beside FHIR JSON that an interaction can answer with, by the names that `_format` and Accept have for them. */
export type FurtherFormats = Readonly<Record<string, string>>;

/** Whether a media type of an answer is one of FHIR JSON. */
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
    others.length
      ? `Ask for ${[fhirJson, ...others].join(' or ')} in Accept or _format.`
      : `Ask for ${fhirJson} in Accept or _format: it is the only format there is.`,
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
