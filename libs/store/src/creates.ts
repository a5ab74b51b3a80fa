import type { CreateCall } from './create-statement.ts';
import { Lanes } from './lanes.ts';
import { askedOf, missingOf, refusedFor, withMissing } from './reference-check.ts';
import { referenceShape } from './reference-statement.ts';
import { instant, type Queryable, type Statements } from './statement.ts';
import type { Written } from './types.ts';

/** More lanes split the same work into smaller statements: two are best for single creates, four for bundles. */
const lanes = 4;
/** Rows and characters of bodies that fill a statement. */
const fullRows = 500;
const fullText = 2_000_000;

/** Creates share statements: 10 in one cost what 3 alone do. Claims may have to wait for others, so they go alone. */
export const createLanes = (statements: Statements, on: Queryable): Lanes<CreateCall, Written[]> =>
  new Lanes({
    lanes,
    key: (call) =>
      call.writes.some(({ claims }) => claims?.length) ? null : `create ${referenceShape(call) ?? ''}`,
    weight: ({ writes }) =>
      Math.max(writes.length / fullRows, writes.reduce((sum, { body }) => sum + body.length, 0) / fullText),
    run: (calls) => createAll(statements, on, calls),
  });

interface CreatedRow {
  last_updated: string;
  /** Places of what the writes refer to that is not there. */
  lost?: string | null;
}

/**
 * Runs the creates of some requests as one statement; gives what became of them. @throws UnresolvedReferences, and then nothing
 * of any of them is written
 */
export async function createAll(
  statements: Statements,
  on: Queryable,
  calls: readonly CreateCall[],
): Promise<Written[][]> {
  const { text, values } = statements.creates.of(calls);
  const asked = () => askedOf(calls.flatMap(({ writes }) => writes));
  const [row] = await statements.run<CreatedRow>(on, text, values).catch((error: unknown) => {
    throw refusedFor(asked, error);
  });
  const lastUpdated = instant(row?.last_updated ?? '');
  const missing = row?.lost ? missingOf(asked(), row.lost) : undefined;
  return calls.map(({ writes }) =>
    writes.map((write) => {
      const { type, id } = write;
      return withMissing({ result: 'created', type, id, version: 1, lastUpdated }, missing?.get(write));
    }),
  );
}
