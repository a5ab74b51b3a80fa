import { applyJsonPatch } from '@naravard/fhir';
import { type careCommission, type Engine, stage, textOf } from '@naravard/rest';
import type { PutWrite, RequestContext, Stored } from '@naravard/store';

/** Elements of a resource by name; undefined takes one away. */
export type Members = Readonly<Record<string, unknown>>;

export interface Made {
  readonly resourceType: string;
  readonly [element: string]: unknown;
}

export type Commission = ReturnType<typeof careCommission>;

/** As the caller, by the unit of the commission, also where a system asks for its end user. */
export const writingAs = (context: RequestContext, { unit }: Commission): RequestContext => ({
  ...context,
  actor: { ...context.actor, unit },
});

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
