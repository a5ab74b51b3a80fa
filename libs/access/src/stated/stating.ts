import { parseReference } from '@naravard/fhir';
import type { FactKind, StatedFact } from '../stated-fact.ts';
import type { Reference } from './elements.ts';
import { always } from './limits.ts';
import type { Writer } from './writer.ts';

/** What a resource states its facts within. */
export interface Stating {
  /** Id of the resource. */
  readonly id: string;
  readonly writer: Writer;
  /** Our own FHIR base URL: absolute references to it are ours. */
  readonly base: string | undefined;
}

/** A fact of the writer about a patient, with the members that matter. */
export const fact = (
  kind: FactKind,
  { writer }: Stating,
  patient: string | null,
  members: Partial<StatedFact> = {},
): StatedFact => ({
  kind,
  patient,
  organisation: null,
  unit: null,
  person: null,
  during: always,
  information: null,
  types: [],
  about: null,
  value: null,
  author: writer.id,
  ...members,
});

/** The id in a literal reference to a resource of a type on this server; null for any other. */
export function idIn(reference: Reference | undefined, type: string, { base }: Stating): string | null {
  const parsed = reference?.reference === undefined ? undefined : parseReference(reference.reference, base);
  return parsed?.kind === 'relative' && parsed.type === type ? parsed.id : null;
}
