import { isDirectory } from '@naravard/access';
import { Problem } from '@naravard/fhir';
import type { Store } from '@naravard/store';

export interface Told {
  readonly type: string;
  readonly id: string;
}

/**
 * A refusal that tells its caller of resources: that a condition matches them, or that one is there but not the caller's.
 * The audit row of the refusal names them, since those of a transaction are undone with it.
 */
class TellingRefusal extends Problem {
  readonly told: readonly Told[];

  constructor({ kind, findings, cause }: Problem, told: readonly Told[]) {
    super(kind, findings, { cause });
    this.told = told;
  }
}

/** What a refusal tells of, each once. */
export const toldBy = (problem: Problem): readonly Told[] =>
  problem instanceof TellingRefusal ? problem.told : [];

/** The problem, telling of these as well. What failed by no fault of the caller (5xx) tells of nothing. */
export function telling(problem: Problem, told: readonly Told[]): Problem {
  const all = [...toldBy(problem), ...told].map(({ type, id }) => [`${type}/${id}`, { type, id }] as const);
  return all.length && problem.status < 500
    ? new TellingRefusal(problem, [...new Map(all).values()])
    : problem;
}

/**
 * The store, in which a transaction that is refused tells of what its conditions matched, of what was to be changed and of what
 * was read to judge it: the audit rows of those reads are undone with it.
 */
export const tellingStore = (store: Store): Store => ({
  ...store,
  async transaction(context, work) {
    let told: Told[] = [];
    try {
      return await store.transaction(context, (transaction) => {
        // When it is run again, what it found before is forgotten.
        const found: Told[] = [];
        told = found;
        return work({
          ...transaction,
          async resolve(conditions) {
            const all = await transaction.resolve(conditions);
            found.push(...all.flatMap(({ matches }) => matches));
            return all;
          },
          async current(keys) {
            const all = await transaction.current(keys);
            found.push(...all.filter((stored) => stored !== undefined));
            return all;
          },
          async read(type, id) {
            const stored = await transaction.read(type, id);
            if (stored) found.push(...aboutPeople([stored]));
            return stored;
          },
          async search(query) {
            const page = await transaction.search(query);
            found.push(...aboutPeople([...page.resources, ...page.included]));
            return page;
          },
        });
      });
    } catch (error) {
      throw error instanceof Problem ? telling(error, told) : error;
    }
  },
});

/** The directory is open to all. */
const aboutPeople = <Resource extends Told>(all: readonly Resource[]): Resource[] =>
  all.filter(({ type }) => !isDirectory(type));
