import type { CodeableConcept } from '@medplum/fhirtypes';
import { systems } from '../codes.ts';
import { isHeldAt } from './held-at.ts';
import { type KnownResources, referenceOf } from './known-resources.ts';

/** What who comes to the person has to know first (uppmärksamhetsinformation). */
export interface Attention {
  readonly reference: string;
  /** Code of CodeSystem/uppmarksamhet. */
  readonly kind: string;
  readonly text: string;
}

/** In the order in which they are read. */
const kinds: readonly string[] = [
  'smitta',
  'allergi',
  'blodfortunnande',
  'syrgas',
  'tolk',
  'horsel',
  'ovrigt',
];

/** Warnings that hold at an instant, and what the person must not be given; a Flag of another code is `ovrigt`. */
export function attentionOf(known: KnownResources, at: string): Attention[] {
  const flags = known
    .of('Flag')
    .filter(({ status, period }) => status === 'active' && isHeldAt(period, at))
    .map((each) => ({ reference: referenceOf(each), kind: kindOf(each.code), text: textOf(each.code) }));
  const allergies = known
    .of('AllergyIntolerance')
    .filter(({ clinicalStatus }) => clinicalStatus?.coding?.[0]?.code === 'active')
    .map((each) => ({
      reference: referenceOf(each),
      kind: 'allergi',
      text: textOf(each.code),
    }));
  return [...flags, ...allergies]
    .filter(({ text }) => text !== '')
    .toSorted((a, b) => kinds.indexOf(a.kind) - kinds.indexOf(b.kind));
}

function kindOf({ coding = [] }: CodeableConcept): string {
  const own = coding.find(({ system }) => system === systems.uppmarksamhet)?.code ?? '';
  return kinds.includes(own) ? own : 'ovrigt';
}

const textOf = ({ text, coding }: CodeableConcept = {}): string => text ?? coding?.[0]?.display ?? '';
