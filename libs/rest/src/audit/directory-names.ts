import { saysProtected } from '@naravard/access';
import { assemble } from '@naravard/fhir';
import type { RequestContext } from '@naravard/store';
import type { Engine } from '../engine.ts';

/** A name by HSA-id; the HSA-id itself where the directory has none. */
export type NameOf = (hsaId: string) => string;

interface Named {
  meta?: { security?: { code?: string }[] };
  name?: string | { text?: string; given?: string[]; family?: string }[];
}

/** Names of organisations, units or staff; staff with protected identity have none (OSL 22 kap 1 §). */
export async function namesOf(
  { store }: Engine,
  context: RequestContext,
  type: 'Organization' | 'Practitioner',
  hsaIds: readonly (string | null)[],
): Promise<NameOf> {
  const wanted = hsaIds.filter((each) => each !== null);
  const entries = wanted.length ? await store.auditLog.directory(context, type, wanted) : [];
  const names = new Map<string, string>();
  for (const { hsaId, meta, body } of entries) {
    const named = JSON.parse(assemble(type, 'x', 1, '', meta, body)) as Named;
    const name = saysProtected((named.meta?.security ?? []).map(({ code = '' }) => code))
      ? undefined
      : nameIn(named);
    if (name) names.set(hsaId, name);
  }
  return (hsaId) => names.get(hsaId.toUpperCase()) ?? hsaId;
}

function nameIn({ name }: Named): string | undefined {
  if (typeof name === 'string') return name;
  const [first] = name ?? [];
  return first?.text ?? [...(first?.given ?? []), first?.family].filter(Boolean).join(' ');
}
