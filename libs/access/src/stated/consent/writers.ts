import type { Actor } from '../../actor.ts';
import { actorOfKey } from '../../legal-actor-key.ts';
import type { Reference } from '../elements.ts';
import { canonicalHsaId, hsaIdOf } from '../hsa-id.ts';
import { notSo, notYours } from '../refusal.ts';
import type { Writer } from '../writer.ts';
import type { Consent } from './shape.ts';

/** Who may record a category of Consent. */
export interface Writers {
  /** Section of law, as errors tell it. */
  readonly section: string;
  /** Kinds of actor that write the resource themselves. */
  readonly directly: readonly Actor['kind'][];
  /** Kinds that do so through an operation alone, which asks what the law wants asked. */
  readonly byOperation: readonly Actor['kind'][];
  /** Only the person's own wish counts, and it is kept by the organisation whose information it is about. */
  readonly own?: true;
}

/**
 * The organisation that records a Consent: the writer's, always.
 * @throws Problem 'forbidden' when it is not the writer's to record; 'business-rule' for a guardian's wish to block
 */
export function checkWriter(
  { section, directly, byOperation, own }: Writers,
  consent: Consent,
  writer: Writer,
): string {
  if (own && (writer.kind === 'guardian' || (consent.performer ?? []).some(isRelative))) {
    throw notSo(
      'Consent.performer',
      'Only the person may block data or have a block lifted; a vårdnadshavare may not block data on a child (PDL 2008:355 4 kap. 4 §, SVOD 2022:913 2 kap. 3 §).',
    );
  }
  const may = directly.includes(writer.kind) || (writer.operation && byOperation.includes(writer.kind));
  if (!may || writer.organisation === null) {
    const how = byOperation.includes(writer.kind)
      ? 'use the operation on Patient that records it'
      : 'it is recorded by staff or systems of the organisation';
    throw notYours('Consent', `You cannot write a Consent of this category: ${how} (${section}).`);
  }
  if (own) checkKeeper(consent, writer.organisation, writer.unit, section);
  return writer.organisation;
}

const isRelative = ({ type, reference }: Reference): boolean =>
  type === 'RelatedPerson' || /(^|\/)RelatedPerson\//.test(reference ?? '');

/** A spärr that another organisation is to keep would stand nowhere, and the person would believe that it does. */
function checkKeeper(
  { organization = [] }: Consent,
  key: string,
  unit: string | null,
  section: string,
): void {
  const named = organization.map(hsaIdOf).filter((hsaId) => hsaId !== null);
  const own = [actorOfKey(key)?.hsaId, unit].flatMap((hsaId) => (hsaId ? [canonicalHsaId(hsaId)] : []));
  if (named.every((hsaId) => own.includes(hsaId))) return;
  throw notYours(
    'Consent.organization',
    `A spärr is kept, and lifted, by the organisation whose information it is about: ask that one (${section}).`,
  );
}
