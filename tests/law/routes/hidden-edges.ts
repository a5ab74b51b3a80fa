import { type Caller, type Facts, isDirectory } from '@naravard/access';
import type { IndexRows } from '@naravard/search';
import { deciding } from '../../../libs/access/src/paths/system-client.ts';
import { presenceKey } from '../../../libs/search/src/sql/index-table.ts';

/** Whether references of what a caller sees may be hidden: those of who reads the own record, and where something is blocked. */
export function mayHide(caller: Caller, facts: Facts | undefined): boolean {
  const who = deciding(caller);
  if (who.kind === 'system') return who.onBehalfOf !== null && who.onBehalfOf.kind !== 'staff';
  return who.kind === 'staff' ? (facts?.blocks.length ?? 0) > 0 : who.kind !== 'administrator';
}

/** The rows without the edges to what is not seen: that there is a reference is left, and no word, since one may tell of it. */
export function withoutHidden(rows: IndexRows, sees: (key: string) => boolean): IndexRows {
  const hidden = rows.references.filter(
    ({ targetType, target }) =>
      targetType !== null &&
      target !== null &&
      targetType !== 'Patient' &&
      !isDirectory(targetType) &&
      !sees(`${targetType}/${target}`),
  );
  if (!hidden.length) return rows;
  const { fullText: _words, ...rest } = rows;
  return {
    ...rest,
    tokens: [...rows.tokens, ...hidden.map(({ param }) => presenceKey(param))],
    references: rows.references.filter((row) => !hidden.includes(row)),
  };
}
