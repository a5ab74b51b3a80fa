import type { Store, Write, Written } from '@naravard/store';
import { guardedWrites } from '../guarded-writes.ts';
import type { Guide } from '../rules/guide.ts';
import { checkDefinitions } from './check-definitions.ts';
import { followedTypes, type LiveGuide } from './live-guide.ts';

/**
 * The store, in which a profile that cannot be kept is refused, and what is written of profiles and terminology holds in this
 * process before the writer is answered. Others learn of it by looking (guide-follower.ts).
 */
export function followsGuide(store: Store, guide: Guide, loaded: LiveGuide): Store {
  const guarded = guardedWrites(store, checkDefinitions(guide, loaded));
  return {
    ...guarded,
    async write(context, writes) {
      const written = await guarded.write(context, writes);
      if (writes.some(isFollowed) && written.some(isChange)) await refreshed(loaded);
      return written;
    },
    async transaction(context, work) {
      let changes = false;
      const result = await guarded.transaction(context, (transaction) => {
        changes = false;
        return work({
          ...transaction,
          async write(writes) {
            changes ||= writes.some(isFollowed);
            return transaction.write(writes);
          },
        });
      });
      if (changes) await refreshed(loaded);
      return result;
    },
  };
}

/** What is stored is stored: where the database is lost just now, the next look takes it over. */
const refreshed = (loaded: LiveGuide): Promise<void> => loaded.refresh().catch(() => {});

const isFollowed = ({ type }: Write): boolean => followedTypes.includes(type);

const isChange = ({ result }: Written): boolean =>
  result === 'created' || result === 'updated' || result === 'deleted';
