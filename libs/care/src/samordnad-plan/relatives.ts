import { extensions } from '../codes.ts';
import { extensionOf } from '../extension-reader.ts';
import { isHeldAt } from './held-at.ts';
import { type KnownResources, personName, referenceOf } from './known-resources.ts';

/** Somebody close to the person (närstående). */
export interface Relative {
  readonly reference: string;
  readonly name: string;
  readonly relation: string | null;
  readonly number: string | null;
  /** Whether to call at night; null where nobody has said. */
  readonly mayBeWoken: boolean | null;
}

/** Those who may be woken first, since it is at night that this is read. */
export const relativesOf = (known: KnownResources, at: string): Relative[] =>
  known
    .of('RelatedPerson')
    .filter(({ active, period }) => active !== false && isHeldAt(period, at))
    .map((each) => {
      const { relationship: [relation] = [], telecom = [] } = each;
      const phone = telecom.find(({ system, use }) => system === 'phone' && use !== 'old');
      return {
        reference: referenceOf(each),
        name: personName(each.name?.[0]) ?? 'Närstående',
        relation: relation?.text ?? relation?.coding?.[0]?.display ?? null,
        number: phone?.value ?? null,
        mayBeWoken: extensionOf(each, extensions.farVackas)?.valueBoolean ?? null,
      };
    })
    .toSorted((a, b) => Number(b.mayBeWoken) - Number(a.mayBeWoken));
