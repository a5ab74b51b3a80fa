import { applyJsonPatch } from '@naravard/fhir';
import { type Engine, failureOf, stage, textOf } from '@naravard/rest';
import type { PutWrite, RequestContext, Stored, Transaction, Written } from '@naravard/store';

/** Elements of a resource by name; undefined takes one away. */
export type Members = Readonly<Record<string, unknown>>;

export interface Made {
  readonly resourceType: string;
  readonly [element: string]: unknown;
}

/** A new resource, through the checks that any write passes. */
export function creation(engine: Engine, context: RequestContext, resource: Made): PutWrite {
  const { resourceType: type } = resource;
  const id = engine.store.newId();
  const text = JSON.stringify(resource);
  return stage(engine, context, { type, id, text, method: 'POST', mode: 'create' }).write;
}

/** The next version of what is held, with some elements set; numbers elsewhere keep their digits. */
export function change(engine: Engine, context: RequestContext, stored: Stored, members: Members): PutWrite {
  const { type, id, version } = stored;
  const before = textOf(stored);
  const present = JSON.parse(before) as object;
  const patch = Object.entries(members).flatMap(([name, value]) => {
    if (value !== undefined) return [{ op: 'add', path: `/${name}`, value }];
    return Object.hasOwn(present, name) ? [{ op: 'remove', path: `/${name}` }] : [];
  });
  const text = applyJsonPatch(before, JSON.stringify(patch));
  return stage(engine, context, { type, id, text, method: 'PATCH', mode: 'update', expected: version }).write;
}

/** Does all writes or none. @throws Problem why one was not done */
export async function writeAll(transaction: Transaction, writes: readonly PutWrite[]): Promise<Written[]> {
  const written = await transaction.write(writes);
  for (const [index, each] of written.entries()) {
    const method = writes[index]?.method ?? 'POST';
    const failure = failureOf(each, { kind: 'put', method, matching: false });
    if (failure) throw failure;
  }
  return written;
}
