/** What the text of a Reference.reference says (http://hl7.org/fhir/R4/references.html#literal). */
export type ParsedReference =
  /** `Type/id` or `Type/id/_history/version`; also an absolute URL under our own base. */
  | { kind: 'relative'; type: string; id: string; version?: string }
  /** Any other URI with a scheme; `type`, `id` and `version` when it has the form of a RESTful URL. */
  | { kind: 'absolute'; url: string; type?: string; id?: string; version?: string }
  | { kind: 'urn'; scheme: 'uuid' | 'oid'; urn: string }
  /** `#id`; an empty id is the containing resource. */
  | { kind: 'contained'; id: string }
  /** `url|version`. A canonical without version has the form of, and is given as, 'absolute'. */
  | { kind: 'canonical'; url: string; version: string }
  /** `Type?query`, allowed in transactions only (http://hl7.org/fhir/R4/http.html#trules). */
  | { kind: 'conditional'; type: string; query: string }
  | { kind: 'unknown'; text: string };

const RELATIVE = /^([A-Z][A-Za-z]{1,63})\/([A-Za-z0-9.-]{1,64})(?:\/_history\/([A-Za-z0-9.-]{1,64}))?$/;
const RESTFUL_TAIL = /\/([A-Z][A-Za-z]{1,63})\/([A-Za-z0-9.-]{1,64})(?:\/_history\/([A-Za-z0-9.-]{1,64}))?$/;
const CONDITIONAL = /^([A-Z][A-Za-z]{1,63})\?(.+)$/s;
const UUID = /^urn:uuid:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const OID = /^urn:oid:[0-2](?:\.(?:0|[1-9]\d*))+$/;
const ABSOLUTE = /^[A-Za-z][A-Za-z0-9+.-]*:[^\s]+$/;
const HTTP = /^(https?):\/\/([^/?#\s]+)(\/[^?#\s]*)?$/i;

/**
 * Parses a literal reference. `base` is the address of our own FHIR base, for example `https://fhir.example.se/fhir`:
 * an absolute reference with the same scheme, host, port and path is ours and becomes relative.
 */
export function parseReference(text: string, base?: string): ParsedReference {
  const relative = RELATIVE.exec(text);
  if (relative) return { kind: 'relative', ...restful(relative) };
  if (text.startsWith('#')) {
    return /^#[A-Za-z0-9.-]{0,64}$/.test(text)
      ? { kind: 'contained', id: text.slice(1) }
      : { kind: 'unknown', text };
  }
  if (UUID.test(text)) return { kind: 'urn', scheme: 'uuid', urn: text };
  if (OID.test(text)) return { kind: 'urn', scheme: 'oid', urn: text };
  const conditional = CONDITIONAL.exec(text);
  if (conditional) return { kind: 'conditional', type: conditional[1] ?? '', query: conditional[2] ?? '' };
  return ABSOLUTE.test(text) ? parseAbsolute(text, base) : { kind: 'unknown', text };
}

function parseAbsolute(text: string, base: string | undefined): ParsedReference {
  const bar = text.indexOf('|');
  if (bar >= 0) {
    const version = text.slice(bar + 1);
    return version && bar > 0
      ? { kind: 'canonical', url: text.slice(0, bar), version }
      : { kind: 'unknown', text };
  }
  const own = base === undefined ? null : RELATIVE.exec(withoutBase(text, base) ?? '');
  if (own) return { kind: 'relative', ...restful(own) };
  const tail = /^https?:/i.test(text) ? RESTFUL_TAIL.exec(text) : null;
  return tail ? { kind: 'absolute', url: text, ...restful(tail) } : { kind: 'absolute', url: text };
}

/**
 * What follows `base` in `url`, or undefined where the two differ in scheme, host, port or any part of the path. Scheme
 * and host are compared without case and a default port may be left out; the path is compared as it stands.
 */
function withoutBase(url: string, base: string): string | undefined {
  const theirs = HTTP.exec(url);
  const ours = HTTP.exec(base);
  if (!theirs || !ours || origin(theirs) !== origin(ours)) return undefined;
  const path = (ours[3] ?? '').replace(/\/$/, '');
  const rest = theirs[3] ?? '';
  return rest.startsWith(`${path}/`) ? rest.slice(path.length + 1) : undefined;
}

function origin(parts: RegExpExecArray): string {
  const scheme = (parts[1] ?? '').toLowerCase();
  return `${scheme}://${(parts[2] ?? '').toLowerCase().replace(scheme === 'https' ? /:443$/ : /:80$/, '')}`;
}

function restful(parts: RegExpExecArray): { type: string; id: string; version?: string } {
  const version = parts[3];
  return { type: parts[1] ?? '', id: parts[2] ?? '', ...(version !== undefined && { version }) };
}

/**
 * Whether a member of a resource holds a literal reference or a list of them, by its name: `reference`, `url`, `valueUri`,
 * `instantiatesCanonical`. What is masked and what is not searched by go by this alike.
 */
export const isUriMember = (name: string): boolean => uriMember.test(name);

const uriMember = /^reference$|(?:uri|url|canonical)$/i;
