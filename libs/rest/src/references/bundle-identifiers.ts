import { canonicalIdentifier } from '@naravard/fhir';
import type { Asked } from './identified-resources.ts';

/** A resource that a transaction writes. */
export interface BundleEntry {
  /** How its other entries refer to it. */
  readonly address: string;
  /** Made whatever is stored already. */
  readonly isNew: boolean;
}

interface Entry {
  readonly fullUrl?: unknown;
  readonly resource?: { readonly resourceType?: unknown; readonly identifier?: unknown };
  readonly request?: { readonly method?: unknown; readonly url?: unknown; readonly ifNoneExist?: unknown };
}

/** The entries of a transaction that write a resource with an identifier; none of any other resource. */
export function entriesOf(bundle: object): (asked: Asked) => readonly BundleEntry[] {
  const { resourceType, type, entry } = bundle as { resourceType?: unknown; type?: unknown; entry?: unknown };
  const isTransaction = resourceType === 'Bundle' && type === 'transaction' && Array.isArray(entry);
  const known = new Map<string, BundleEntry[]>();
  for (const each of isTransaction ? (entry as (Entry | null)[]) : []) {
    const writing = each && writingOf(each);
    if (!writing) continue;
    for (const identifier of new Set(identifiersOf(each))) {
      const key = `${each.resource?.resourceType} ${identifier}`;
      const before = known.get(key);
      if (before) before.push(writing);
      else known.set(key, [writing]);
    }
  }
  return ({ types, system, value }) => types.flatMap((each) => known.get(`${each} ${system}|${value}`) ?? []);
}

function writingOf({ fullUrl, request = {} }: Entry): BundleEntry | undefined {
  const { method, url, ifNoneExist } = request;
  if (method !== 'POST' && method !== 'PUT') return undefined;
  const written = method === 'PUT' && typeof url === 'string' && !url.includes('?') ? url : fullUrl;
  return typeof written === 'string'
    ? { address: written, isNew: method === 'POST' && ifNoneExist === undefined }
    : undefined;
}

function identifiersOf({ resource }: Entry): string[] {
  const { identifier } = resource ?? {};
  if (!Array.isArray(identifier)) return [];
  return identifier.flatMap((each: { system?: unknown; value?: unknown } | null) => {
    if (typeof each?.system !== 'string' || typeof each.value !== 'string') return [];
    const { system, value } = canonicalIdentifier(each.system, each.value);
    return [`${system}|${value}`];
  });
}
