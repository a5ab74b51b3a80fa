import { notSo } from '../refusal.ts';
import type { Consent } from './shape.ts';

/** What the provision of a category may hold. */
export interface Provided {
  readonly types: readonly ('permit' | 'deny')[];
  /** The type is the answer, so it must be given. */
  readonly typed?: true;
  /** Elements beside `type` that we read; any other would be a condition that we overlook. */
  readonly elements: readonly ('period' | 'actor' | 'class' | 'dataPeriod' | 'provision')[];
}

const plain = ['id', 'extension', 'type'];

/** @throws Problem 'business-rule' on what has no meaning in this category */
export function checkProvision({ types, typed, elements }: Provided, { provision = {} }: Consent): void {
  const { type } = provision;
  const allowed: readonly string[] = types;
  if (type === undefined ? typed : !allowed.includes(type)) {
    throw notSo('Consent.provision.type', `Give ${types.join(' or ')}.`);
  }
  const known: readonly string[] = [...plain, ...elements];
  const unknown = Object.keys(provision).find((name) => !known.includes(name));
  if (unknown === undefined) return;
  throw notSo(
    `Consent.provision.${unknown.replace(/^_/, '')}`,
    'This element has no meaning in a Consent of this category: leave it out.',
  );
}
