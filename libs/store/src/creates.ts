import type { CreateCall } from './create-statement.ts';
import { Lanes } from './lanes.ts';
import { instant, type Queryable, type Statements } from './statement.ts';
import type { PutWrite, Written } from './types.ts';

/** More lanes split the same work into smaller statements: two are best for single creates, four for bundles. */
const lanes = 4;
/** Rows and characters of bodies that fill a statement. */
const fullRows = 500;
const fullText = 2_000_000;

/** Creates share statements: 10 in one cost what 3 alone do. Claims may have to wait for others, so they go alone. */
export const createLanes = (statements: Statements, on: Queryable): Lanes<CreateCall, Written[]> =>
  new Lanes({
    lanes,
    key: ({ writes }) => (writes.some(({ claims }) => claims?.length) ? null : 'create'),
    weight: ({ writes }) =>
      Math.max(writes.length / fullRows, writes.reduce((sum, { body }) => sum + body.length, 0) / fullText),
    async run(calls) {
      const lastUpdated = await createAll(statements, on, calls);
      return calls.map(({ writes }) => writtenOf(writes, lastUpdated));
    },
  });

/** Runs the creates of some requests as one statement; returns their time. */
export async function createAll(
  statements: Statements,
  on: Queryable,
  calls: readonly CreateCall[],
): Promise<string> {
  const { text, values } = statements.creates.of(calls);
  const [row] = await statements.run<{ last_updated: string }>(on, text, values);
  return instant(row?.last_updated ?? '');
}

export const writtenOf = (writes: readonly PutWrite[], lastUpdated: string): Written[] =>
  writes.map(({ type, id }) => ({ result: 'created', type, id, version: 1, lastUpdated }));
