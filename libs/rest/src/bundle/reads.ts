import { Problem } from '@naravard/fhir';
import type { Transaction } from '@naravard/store';
import type { Engine } from '../engine.ts';
import { isUnchanged } from '../etag.ts';
import { searchset } from '../interactions/search.ts';
import { existingReply, type Reply, resourceReply } from '../reply.ts';
import { parseSearch, selfOf } from '../search-reach.ts';
import { subsetOf } from '../subset.ts';
import { atEntry } from './at-entry.ts';
import { type Planned, within } from './plan.ts';
import type { Target } from './targets.ts';

/**
 * The GET entries of a transaction, after its writes: they see what it wrote. A search gives its first page, without a
 * next link, since the page would have to be walked outside. An absent resource fails the transaction.
 */
export async function readReplies(
  engine: Engine,
  transaction: Transaction,
  reading: readonly Planned[],
): Promise<[index: number, reply: Reply][]> {
  const replies: [number, Reply][] = [];
  for (const planned of reading) {
    const reply =
      planned.step === 'read'
        ? await readOne(engine, transaction, planned)
        : await searchOne(engine, transaction, planned);
    replies.push([planned.entry.index, planned.entry.head ? { ...reply, body: undefined } : reply]);
  }
  return replies;
}

/** The answers of creates whose If-None-Exist found what they asked for. */
export async function existingReplies(
  transaction: Transaction,
  targets: readonly Target[],
): Promise<[index: number, reply: Reply][]> {
  const replies: [number, Reply][] = [];
  for (const { planned, existing, type, id } of targets) {
    if (!existing) continue;
    const stored = await transaction.read(type, id);
    const gone = 'The match was deleted meanwhile: send the transaction again.';
    if (!stored || stored.deleted) throw atEntry(planned.entry, new Problem('conflict', gone));
    replies.push([planned.entry.index, existingReply(stored, planned.call.prefer.return)]);
  }
  return replies;
}

async function readOne(engine: Engine, transaction: Transaction, { call, entry }: Planned): Promise<Reply> {
  const subset = within(entry, () => subsetOf(engine, call));
  const stored = await transaction.read(call.type, call.id);
  if (!stored) throw atEntry(entry, new Problem('not-found'));
  if (stored.deleted) throw atEntry(entry, new Problem('deleted'));
  const { version, lastUpdated } = stored;
  if (isUnchanged(call.conditions, version, lastUpdated))
    return { status: 304, version, lastModified: lastUpdated };
  return resourceReply(stored, subset);
}

async function searchOne(
  engine: Engine,
  transaction: Transaction,
  { call, entry, reach }: Planned,
): Promise<Reply> {
  if (!reach) throw new Problem('internal');
  const lenient = call.prefer.handling === 'lenient';
  const query = within(entry, () => parseSearch(engine, reach, call.query, { lenient, now: Date.now() }));
  const page = await transaction.search(query);
  const links = [{ relation: 'self', url: selfOf(engine, reach, query) }] as const;
  return { status: 200, body: searchset(engine, query, page, links) };
}
