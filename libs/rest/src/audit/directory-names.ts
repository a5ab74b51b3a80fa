import { actorOfKey, saysProtected } from '@naravard/access';
import { assemble } from '@naravard/fhir';
import type { RequestContext } from '@naravard/store';
import type { Engine } from '../engine.ts';

/** A name by HSA-id; the HSA-id itself where the directory has none. */
export type NameOf = (hsaId: string) => string;

interface Named {
  meta?: { security?: { code?: string }[] };
  name?: string | { text?: string; given?: string[]; family?: string }[];
}

/** Who is named: by HSA-id, and the key of the legal actor that they are of. */
interface Asked {
  readonly hsaId: string | null;
  readonly of: string | null;
}

/** The units and legal actors of rows of the log. */
export const placesOf = (
  rows: readonly { unit: string | null; organisation: string | null }[],
): readonly Asked[] =>
  rows.flatMap(({ unit, organisation: of }) => [
    { hsaId: unit, of },
    { hsaId: actorOfKey(of)?.hsaId ?? null, of },
  ]);

/** The employees of rows of the log. */
export const staffOf = (
  rows: readonly { actor: string | null; organisation: string | null }[],
): readonly Asked[] => rows.map(({ actor, organisation }) => ({ hsaId: actor, of: organisation }));

/**
 * Names of organisations, units or staff, as their own legal actor or an administrator has registered them; staff with
 * protected identity have none (OSL 22 kap 1 §).
 */
export async function namesOf(
  { store }: Engine,
  context: RequestContext,
  type: 'Organization' | 'Practitioner',
  asked: readonly Asked[],
): Promise<NameOf> {
  const wanted = asked.flatMap(({ hsaId, of }) => (hsaId === null ? [] : [{ hsaId, of }]));
  const entries = wanted.length ? await store.auditLog.directory(context, type, wanted) : [];
  const names = new Map<string, string | null>();
  for (const { hsaId, meta, body } of entries) {
    const named = JSON.parse(assemble(type, 'x', 1, '', meta, body)) as Named;
    const name = nameIn(named);
    if (saysProtected((named.meta?.security ?? []).map(({ code = '' }) => code))) names.set(hsaId, null);
    else if (name && !names.has(hsaId)) names.set(hsaId, name);
  }
  return (hsaId) => names.get(hsaId.toUpperCase()) ?? hsaId;
}

function nameIn({ name }: Named): string | undefined {
  if (typeof name === 'string') return name;
  const [first] = name ?? [];
  return first?.text ?? [...(first?.given ?? []), first?.family].filter(Boolean).join(' ');
}
