import { placeOf, type RowTexts, rowHash } from './row-form.ts';

/** A sealed row that is not as it was sealed; `row` is what stands under its id now. */
export interface Suspect {
  id: string;
  /** Hexadecimal. */
  hash: string;
  row: RowTexts | undefined;
}

const KEPT = 200;
const idPlace = placeOf('id');
/** Columns that a swap of contents may leave with their rows, besides the id. */
const identity = ['at', 'bucket', 'xid'].map(placeOf);
const subsets = Array.from({ length: 2 ** identity.length }, (_, mask) =>
  identity.filter((_place, at) => mask & (1 << at)),
);

/** Tells swapped rows from altered ones: the sealed hash of one is that of another's contents under its id. */
export class Suspects {
  readonly #suspects: Suspect[] = [];
  readonly #rows: RowTexts[] = [];

  note(suspect: Suspect): void {
    if (this.#suspects.length < KEPT) this.#suspects.push(suspect);
    if (suspect.row) this.noteRow(suspect.row);
  }

  noteRow(row: RowTexts): void {
    if (this.#rows.length < KEPT) this.#rows.push(row);
  }

  /** Of each swapped row, by its id, the id under which its contents stand now. */
  swapped(): Map<string, string> {
    const found = this.#suspects.flatMap((suspect): [string, string][] => {
      const row = this.#rows.find((each) => each[idPlace] !== suspect.id && holdsContents(each, suspect));
      return row?.[idPlace] ? [[suspect.id, row[idPlace]]] : [];
    });
    return new Map(found);
  }
}

function holdsContents(row: RowTexts, suspect: Suspect): boolean {
  return (suspect.row ? subsets : [[]]).some((kept) => {
    const contents = row.with(idPlace, suspect.id);
    for (const place of kept) contents[place] = suspect.row?.[place] ?? null;
    return rowHash(contents) === suspect.hash;
  });
}
