import { type Actor, nobody, systemRights } from '@naravard/access';
import type { RequestContext, Stored } from '@naravard/store';
import type { Engine } from '../engine.ts';
import { stage } from '../stage.ts';
import { writeAll } from '../written.ts';
import type { Guide } from './guide.ts';

/** The service itself, which keeps the directory as an administrator does. */
const publisher: Actor = {
  ...nobody,
  kind: 'administrator',
  id: 'naravard',
  caller: { kind: 'administrator', id: 'naravard' },
  grants: null,
  mayChooseIds: true,
};

interface Definition {
  readonly resourceType: string;
  readonly id: string;
}

/**
 * Stores the guide's resources, so that they are read and searched as any resource is; what is there as it should be is left.
 * All or nothing; processes that start at once write the same.
 */
export async function publishGuide(engine: Engine, { definitions }: Guide): Promise<void> {
  const context: RequestContext = {
    actor: publisher,
    ...systemRights('guide'),
    request: 'guide',
    interaction: 'update',
  };
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
