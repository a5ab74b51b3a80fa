import type { Stored } from '@naravard/store';
import type { Engine } from '../engine.ts';
import { ownSearchParameters } from '../packages/own-search-parameters.ts';
import { publishing } from '../packages/publisher.ts';
import { stage } from '../stage.ts';
import { writeAll } from '../written.ts';
import type { Guide } from './guide.ts';

interface Definition {
  readonly resourceType: string;
  readonly id: string;
}

/**
 * Stores the guide's resources and our own SearchParameters, so that they are read and searched as any resource is; what is there
 * as it should be is left. All or nothing; processes that start at once write the same.
 */
export async function publishGuide(engine: Engine, guide: Guide): Promise<void> {
  const definitions = [...guide.definitions, ...ownSearchParameters(engine)];
  const context = publishing('guide');
  const keys = (definitions as readonly Definition[]).map(({ resourceType: type, id }) => ({ type, id }));
  await engine.store.transaction(context, async (transaction) => {
    const current = await transaction.current(keys);
    const writes = keys.flatMap(({ type, id }, index) => {
      const text = JSON.stringify(definitions[index]);
      const { write } = stage(engine, context, { type, id, text, method: 'PUT', mode: 'any' });
      return isAs(write, current[index]) ? [] : [write];
    });
    await writeAll(transaction, writes);
  });
}

const isAs = ({ meta, body }: Pick<Stored, 'meta' | 'body'>, stored: Stored | undefined): boolean =>
  stored !== undefined && !stored.deleted && stored.meta === meta && stored.body === body;
