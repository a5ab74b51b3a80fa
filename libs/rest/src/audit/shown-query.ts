import { canonicalIdentifier, identifierSystems } from '@naravard/fhir';
import type { LogRow } from '@naravard/store';
import type { View } from './view.ts';

/**
 * What was searched for, as `Type?name=value&...`, cut to what the reader may know: the search of one patient may name
 * others. Never empty.
 */
export function shownQuery({ query, type }: LogRow, how: View['query']): string {
  const [path, parameters] = partsOf(query ?? '', type ?? '');
  if (how === 'whole') return `${path}?${parameters}`;
  const shown = parameters
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair) => (how === 'names-only' ? nameOf(pair) : withoutNumber(pair)));
  return `${path}?${shown.join('&')}`;
}

/** A query of one type is kept without its path. */
function partsOf(query: string, type: string): [path: string, parameters: string] {
  const path = /^[A-Za-z0-9./*$-]*(?=\?)/.exec(query)?.[0];
  return path === undefined ? [type, query] : [path, query.slice(path.length + 1)];
}

const nameOf = (pair: string): string => `${maskNumbers(decoded(pair.split('=', 1)[0] ?? ''))}=`;

function withoutNumber(pair: string): string {
  const at = pair.indexOf('=');
  const name = decoded(at < 0 ? pair : pair.slice(0, at));
  const value = at < 0 ? '' : decoded(pair.slice(at + 1));
  const shown = isOfIdentifier(name) ? value.split(',').map(maskIdentifier).join(',') : maskNumbers(value);
  return `${maskNumbers(name)}=${shown}`;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return masked;
  }
}

const masked = '***';

/** `identifier`, `patient.identifier`, `subject:identifier`, `_has:...:identifier`. */
const isOfIdentifier = (name: string): boolean => /(^|[.:])identifier(:|$)/.test(name);

/** Ids of organisations and staff are no secret here; whatever else identifies may be a person's number. */
function maskIdentifier(token: string): string {
  const at = token.lastIndexOf('|');
  const system = canonicalIdentifier(token.slice(0, Math.max(at, 0)), '').system;
  if (system === identifierSystems.hsaId || system === identifierSystems.organisationsnummer) return token;
  return at < 0 ? masked : `${token.slice(0, at)}|${masked}`;
}

/** Six or eight digits that may be a birth date (day + 60 for samordningsnummer), then four. */
const number =
  /(?<![0-9A-Za-z])(?:\d\d)?\d\d(?:0\d|1[0-2])(?:[0-2]\d|3[01]|[678]\d|9[01])[-+ ]?[0-9A-Za-z]?\d{3}(?![0-9A-Za-z])/g;

const maskNumbers = (text: string): string => text.replaceAll(number, masked);
