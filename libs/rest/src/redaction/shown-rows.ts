import { neverHidden } from '@naravard/access';
import {
  createRedactor,
  type Definitions,
  hideNames,
  hideReferences,
  hideStaffNumbers,
  protectedIdentityLabel,
  referencesOf,
  storedText,
} from '@naravard/fhir';
import type { ProtectedStaff, RequestContext, SearchPage, Stored, Transaction } from '@naravard/store';
import { textOf } from '../reply.ts';

/** What rows are cut by. */
export interface CutBy extends Pick<Transaction, 'visible'> {
  /** Whom of the staff nobody is told the name of. */
  readonly staff: ProtectedStaff;
  /** What is known already of whether the caller sees what the rows refer to. */
  readonly referred?: SearchPage['referred'];
}

/** Cuts rows to what their caller is shown. */
export type ShownRows = (context: RequestContext, rows: readonly Stored[], by: CutBy) => Promise<Stored[]>;

/** In this order: the mask, the names of protected staff, numbers for the staff alone, what refers to blocked information. */
export function createShownRows(definitions: Definitions, base: string): ShownRows {
  const redact = createRedactor(definitions);
  const masked = (row: Stored): Stored =>
    row.mask === 'none'
      ? row
      : changed(row, (text) => redact(text, { mask: row.mask, labels: [protectedIdentityLabel] }));
  return (context, rows, by) => {
    const named = rows.map((row) => (row.deleted ? row : withoutNames(masked(row), by.staff, base)));
    const cut = isOwnAccess(context) ? named.map(withoutStaffNumbers) : named;
    return withoutReferences(context, cut, by, base);
  };
}

/** OSL (2009:400) 22 kap 1 §: staff with protected identity are named to nobody; their unit stands beside them. */
function withoutNames(row: Stored, { keys, hsaIds }: ProtectedStaff, base: string): Stored {
  const hsaId = (value: string): boolean => {
    const said = hsaIds.get(value);
    return said !== undefined && (said.has(null) || said.has(row.custodian));
  };
  if (!keys.size || !mayName(row.body ?? '', keys, hsaId)) return row;
  const nameless = {
    resource: (type: string, id: string) => keys.has(`${type}/${id}`),
    hsaId,
  };
  return changed(row, (text) => hideNames(text, nameless, base));
}

const withoutStaffNumbers = (row: Stored): Stored => (row.deleted ? row : changed(row, hideStaffNumbers));

/** Whether a text may refer to one of them; one with escapes in it is read to know. */
function mayName(body: string, keys: ReadonlySet<string>, hsaId: (value: string) => boolean): boolean {
  if (/\\[/u]/.test(body)) return true;
  for (const [, key] of body.matchAll(staffKey)) if (key !== undefined && keys.has(key)) return true;
  for (const [, value] of body.matchAll(anyValue))
    if (value !== undefined && hsaId(value.trim().toUpperCase())) return true;
  return false;
}

const staffKey = /\b(Practitioner(?:Role)?\/[A-Za-z0-9.-]{1,64})/g;
const anyValue = /"value"\s*:\s*"([^"]{1,64})"/g;

/**
 * What may refer to what is hidden by a spärr needs one more look at the store, unless it is known already; for who reads the
 * own record, all may.
 */
async function withoutReferences(
  context: RequestContext,
  rows: Stored[],
  { visible, referred: known = {} }: CutBy,
  base: string,
): Promise<Stored[]> {
  const doubtful = new Set(rows.filter((row) => !row.deleted && (row.blocked || isOwnAccess(context))));
  if (!doubtful.size) return rows;
  const referred = new Map(
    [...doubtful].flatMap((row) => referencesOf(textOf(row), base)).map((each) => [keyOf(each), each]),
  );
  const mayHide = [...referred.values()].filter(({ type }) => !neverHidden.has(type));
  const unknown = mayHide.filter((each) => known[keyOf(each)] === undefined);
  const seen = unknown.length ? await visible(unknown) : new Set();
  const hidden = new Set(mayHide.map(keyOf).filter((key) => !(known[key] ?? seen.has(key))));
  if (!hidden.size) return rows;
  const hides = (type: string, id: string) => hidden.has(keyOf({ type, id }));
  return rows.map((row) =>
    doubtful.has(row) ? changed(row, (text) => hideReferences(text, hides, base)) : row,
  );
}

const keyOf = ({ type, id }: { type: string; id: string }): string => `${type}/${id}`;

/** Of the patient, or of who acts for the patient: a spärr hides nothing from the person; what is labelled or kept otherwise is. */
const isOwnAccess = ({ actor }: RequestContext): boolean =>
  actor.kind === 'patient' || actor.kind === 'guardian';

/** The row with its text as `change` gives it. */
function changed(row: Stored, change: (text: string) => string): Stored {
  const before = textOf(row);
  const after = change(before);
  if (after === before) return row;
  const { meta, body } = storedText(after);
  return { ...row, meta, body };
}
