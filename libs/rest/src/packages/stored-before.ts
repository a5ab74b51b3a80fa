import { parseQuery } from '@naravard/search';
import type { RequestContext, Stored, Transaction } from '@naravard/store';
import type { Engine } from '../engine.ts';
import { textOf } from '../reply.ts';
import { type ConformanceSet, type LoadedResource, loadedTypes } from './conformance-set.ts';
import type { Canonical } from './loaded.ts';
import { packageSystem } from './package-tag.ts';

/** Where a resource goes: its id, and what is there now. */
export interface Place {
  readonly from: LoadedResource;
  readonly id: string;
  readonly current: Stored | undefined;
}

/** What a set finds stored. */
export interface StoredBefore {
  readonly places: readonly Place[];
  /** What came with another version of the package, and is not in this one. */
  readonly gone: readonly Stored[];
  /** Packages that this one is made on and that are not loaded, as `name#version`. */
  readonly missing: readonly string[];
}

/** Resources that are looked for together. */
const together = 40;

/** Resources keep the id of what has their url, then their own where it is free, and else get a new one. */
export function storedBefore(
  engine: Engine,
  context: RequestContext,
  { resources, package: loaded }: Pick<ConformanceSet, 'resources' | 'package'>,
): Promise<StoredBefore> {
  return engine.store.transaction(context, async (transaction) => {
    const places: Place[] = [];
    for (const [type, all = []] of Object.entries(
      Object.groupBy(resources, (each) => each.resource.resourceType),
    )) {
      for (let at = 0; at < all.length; at += together) {
        places.push(...(await placesOf(engine, transaction, type, all.slice(at, at + together))));
      }
    }
    const ids = new Set(places.map(({ from, id }) => `${from.resource.resourceType}/${id}`));
    const before = loaded ? await taggedBy(engine, transaction, loaded.name) : [];
    const missing: string[] = [];
    for (const each of loaded?.dependsOn ?? []) {
      const [name = ''] = each.split('#');
      if (!(await taggedBy(engine, transaction, name, 1)).length) missing.push(each);
    }
    return { places, missing, gone: before.filter(({ type, id }) => !ids.has(`${type}/${id}`)) };
  });
}

async function placesOf(
  engine: Engine,
  transaction: Transaction,
  type: string,
  resources: readonly LoadedResource[],
): Promise<Place[]> {
  const urls = resources.map(({ resource: { url = '' } }) => url);
  const named = await found(engine, transaction, type, ['url', urls.map(escaped).join(',')]);
  const byUrl = Map.groupBy(named, (stored) => (JSON.parse(textOf(stored)) as Canonical).url);
  const idOf = ({ id }: Canonical): string =>
    id !== undefined && /^[A-Za-z0-9.-]{1,64}$/.test(id) ? id : '';
  const keys = resources.flatMap(({ resource }) => (idOf(resource) ? [{ type, id: idOf(resource) }] : []));
  const byId = (await transaction.current(keys)).filter((each) => each !== undefined);
  const taken = new Set<string>();
  return resources.map((from): Place => {
    const own = idOf(from.resource);
    const same = (byUrl.get(from.resource.url) ?? []).filter(({ id }) => !taken.has(id));
    const there = byId.find(({ id }) => id === own);
    const isFree = own !== '' && !taken.has(own) && (!there || there.deleted);
    const current = same.find(({ id }) => id === own) ?? same[0] ?? (isFree ? there : undefined);
    const id = current?.id ?? (isFree ? own : engine.store.newId());
    taken.add(id);
    return { from, id, current };
  });
}

/** What is stored of a package, in any of its versions; at most `count` when it is given. */
async function taggedBy(
  engine: Engine,
  transaction: Transaction,
  name: string,
  count?: number,
): Promise<Stored[]> {
  const types = [...loadedTypes].filter((type) => engine.types.has(type));
  const all: Stored[] = [];
  for (const type of types) {
    all.push(
      ...(await found(engine, transaction, type, ['_tag', `${packageSystem}|${escaped(name)}`], count)),
    );
    if (count !== undefined && all.length >= count) break;
  }
  return all;
}

/** All that a parameter finds, page by page. */
async function found(
  engine: Engine,
  transaction: Transaction,
  type: string,
  parameter: readonly [string, string],
  count?: number,
): Promise<Stored[]> {
  const pairs = [parameter, ['_count', String(count ?? 200)]] as const;
  const query = parseQuery(engine.catalog, [type], pairs, { handling: 'strict', base: engine.base });
  const all: Stored[] = [];
  let page = await transaction.search(query);
  all.push(...page.resources);
  while (page.next && count === undefined) {
    page = await transaction.search({ ...query, cursor: { keys: page.next, side: 'after' } });
    all.push(...page.resources);
  }
  return all;
}

/** http://hl7.org/fhir/R4/search.html#escaping */
const escaped = (value: string): string => value.replace(/[\\,|$]/g, '\\$&');
