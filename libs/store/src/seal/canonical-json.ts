export type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json };

/**
 * JSON as RFC 8785 has it: no white space, members sorted by UTF-16 code units, strings and numbers as ECMAScript
 * prints them. https://www.rfc-editor.org/rfc/rfc8785
 */
export function canonicalJson(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const members = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${canonicalJson(member)}`).join(',')}}`;
}

/** A member of the canonical JSON that PostgreSQL makes of a row. */
export interface Member {
  name: string;
  /** Expression that gives its text, or null: then it is left out. */
  sql: string;
  /** Holds nothing that JSON escapes: digits, hexadecimal, instants. */
  plain: boolean;
}

/**
 * SQL of the canonical JSON of a row whose members are all strings. PostgreSQL escapes strings as ECMAScript does, so
 * the text is that of `canonicalJson`.
 */
export function canonicalSql(members: readonly Member[]): string {
  const sorted = members.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const parts = sorted.map(({ name, sql, plain }) =>
    plain ? `'"${name}":"' || ${sql} || '"'` : `'"${name}":' || to_json(${sql})::text`,
  );
  return `'{' || concat_ws(',', ${parts.join(', ')}) || '}'`;
}

/** SQL: SHA-256 of a text. */
export const sha256Sql = (text: string): string => `sha256(convert_to(${text}, 'UTF8'))`;

/** SQL: an instant with microseconds, whatever the session's settings are. */
export const instantSql = (timestamp: string): string =>
  `to_char(${timestamp} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;
