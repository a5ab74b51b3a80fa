import type { LegalActor } from './caller.ts';

const prefixes = { vardgivare: 'vg:', omsorgsgivare: 'og:' } as const;

/** A legal actor as one text, for columns that are compared: `vg:SE2321000115-RH00`. One municipality has two. */
export const keyOfActor = ({ hsaId, as }: LegalActor): string => prefixes[as] + hsaId;

/** The legal actor of a key; null for null and for what is no key. */
export function actorOfKey(key: string | null): LegalActor | null {
  const hsaId = key?.slice(3) ?? '';
  if (key?.startsWith('vg:')) return { hsaId, as: 'vardgivare' };
  return key?.startsWith('og:') ? { hsaId, as: 'omsorgsgivare' } : null;
}
