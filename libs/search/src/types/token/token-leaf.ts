// http://hl7.org/fhir/R4/search.html#token
import { canonicalIdentifier } from '@naravard/fhir';
import type { Path, Walk } from '../../catalog/expression.ts';
import type { Parameter } from '../../catalog/parameter.ts';
import { presenceKey } from '../../sql/index-table.ts';
import type { Leaf, RowSink } from '../face.ts';
import { fold } from '../string/fold.ts';
import { storedIdentifier } from './identifier-test.ts';
import {
  absentKey,
  belowKey,
  noSystemKey,
  systemCodeKey,
  systemOnlyKey,
  textParam,
  tokenKey,
  typedKey,
} from './token-key.ts';
import { contactKey, hasSystems, isMime, mimeBase } from './token-value.ts';

/** What a token parameter finds the values of a path by; undefined where R4 gives their type no meaning for it. */
export function tokenLeaf(parameter: Parameter, path: Path): Leaf | undefined {
  const { code: param } = parameter;
  switch (path.type) {
    case 'Coding':
      return codingLeaf(param);
    case 'CodeableConcept':
      return conceptLeaf(param);
    case 'Identifier':
      return identifierLeaf(param);
    case 'ContactPoint':
      return contactLeaf(param);
    case 'code':
      return isMime(path) ? mimeLeaf(parameter) : plainLeaf(parameter);
    case 'boolean':
    case 'uri':
      return plainLeaf(parameter);
    case 'string':
      return plainLeaf(parameter, (text) => text.toLowerCase());
    case 'id':
      // A resource's own id is a column of the key row.
      return parameter.column === 'id' ? undefined : plainLeaf(parameter);
    default:
      return undefined;
  }
}

interface Coded {
  readonly system?: unknown;
  readonly code?: unknown;
  readonly display?: unknown;
  readonly value?: unknown;
  readonly use?: unknown;
  readonly type?: unknown;
}

interface Concept {
  readonly coding?: unknown;
  readonly text?: unknown;
}

const textOrNull = (value: unknown): string | null => (typeof value === 'string' ? value : null);

/** A value with a text alone is there, for `:missing`, though no code finds it. */
const addPresence = (param: string, rows: RowSink): void => void rows.tokens.add(presenceKey(param));

function codingLeaf(param: string): Leaf {
  return (value, rows) => {
    const { system, code, display } = value as Coded;
    addText(param, display, rows);
    addKeys(param, textOrNull(system), textOrNull(code), rows);
  };
}

function conceptLeaf(param: string): Leaf {
  const coding = codingLeaf(param);
  return (value, rows) => {
    const { coding: codings, text } = value as Concept;
    addText(param, text, rows);
    const each = Array.isArray(codings) ? codings.filter(Boolean) : [];
    for (const one of each) coding(one, rows);
    if (!each.length) addPresence(param, rows);
  };
}

function identifierLeaf(param: string): Leaf {
  return (value, rows) => {
    const { system, value: text, type } = value as Coded;
    const { coding: codings, text: name } = (type ?? {}) as Concept;
    addText(param, name, rows);
    if (typeof text !== 'string') return addPresence(param, rows);
    const canonical = canonicalIdentifier(textOrNull(system), text);
    rows.identifiers.push({ param, ...storedIdentifier(canonical) });
    for (const each of Array.isArray(codings) ? codings : []) {
      const { system: of, code } = (each ?? {}) as Coded;
      if (typeof of === 'string' && typeof code === 'string')
        rows.tokens.add(typedKey(param, of, code, canonical.value));
    }
  };
}

/** The use (home, work, mobile) stands where a system would: `telecom=mobile|0701234567`. */
function contactLeaf(param: string): Leaf {
  return (value, rows) => {
    const { value: text, use } = value as Coded;
    if (typeof text === 'string') addKeys(param, textOrNull(use), contactKey(text), rows);
  };
}

/** Types that carry no system; where a parameter also finds Codings they count as Codings without one. */
function plainLeaf(parameter: Parameter, kept: (text: string) => string = (text) => text): Leaf {
  const { code: param } = parameter;
  const mixed = hasSystems(parameter);
  return (value, rows) => {
    const code = kept(String(value));
    rows.tokens.add(tokenKey(param, code));
    if (mixed) rows.tokens.add(noSystemKey(param, code));
  };
}

/** Found by type and subtype too, whatever its parameters are: `contenttype:below=text/xml`. */
function mimeLeaf(parameter: Parameter): Leaf {
  const plain = plainLeaf(parameter);
  return (value, rows) => {
    plain(value, rows);
    rows.tokens.add(belowKey(parameter.code, mimeBase(String(value))));
  };
}

/** Walks to the values and, where there is none, notes that the element has an extension in its place. */
export const orAbsent =
  (param: string, walk: Walk<RowSink>): Walk<RowSink> =>
  (resource, rows) => {
    const before = rows.tokens.size;
    walk(resource, rows);
    if (rows.tokens.size === before) rows.tokens.add(absentKey(param));
  };

function addKeys(param: string, system: string | null, code: string | null, rows: RowSink): void {
  if (system !== null) rows.tokens.add(systemOnlyKey(param, system));
  else if (code === null) addPresence(param, rows);
  if (code === null) return;
  rows.tokens.add(tokenKey(param, code));
  rows.tokens.add(system === null ? noSystemKey(param, code) : systemCodeKey(param, system, code));
}

/** For `:text`. A display that only repeats the text is kept once, for only the folded form counts. */
function addText(param: string, text: unknown, rows: RowSink): void {
  const folded = typeof text === 'string' ? fold(text) : '';
  if (folded) rows.texts.push({ param: textParam(param), folded, exact: null });
}
