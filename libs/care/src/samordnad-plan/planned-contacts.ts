import type { Contact } from '../contact/contact-now.ts';
import { type Audience, type ContactNumber, type ContactPath, isFor } from '../contact/contact-path.ts';
import { hoursInWords } from '../contact/contact-words.ts';
import { isOpen } from '../contact/opening-hours.ts';
import { LAKARKONTAKT } from '../fast-kontakt/contact-types.ts';
import type { KnownResources } from './known-resources.ts';
import type { PlannedContact, PlannedNumber } from './samordnad-plan.ts';
import type { StepContact } from './who-does-what.ts';

/** The order in which a person reads them; kinds that have been added since come after. */
const order = ['2', '1', '4', '3'];

const titles: Readonly<Record<string, string>> = {
  '1': 'Fast vårdkontakt',
  '2': 'Fast läkarkontakt',
  '3': 'Fast omsorgskontakt',
  '4': 'Fast vårdkontakt som samordnar',
};

/**
 * Fasta kontakter, the newest of a kind first, then teams and services, each with the numbers that the reader may be given. To the
 * person, a team or service without a number to call is nobody: it is there for the staff.
 */
export function plannedContacts(
  paths: readonly ContactPath[],
  known: KnownResources,
  at: string,
  reader: Audience,
): PlannedContact[] {
  const isLakare = ({ typ }: ContactPath): boolean => typ === LAKARKONTAKT;
  const several = paths.filter(isLakare).length > 1;
  return paths
    .toSorted((a, b) => rankOf(a) - rankOf(b) || ((a.started ?? '') < (b.started ?? '') ? 1 : -1))
    .filter(
      ({ kind, numbers }) =>
        kind === 'fast-kontakt' || reader === 'personal' || numbers.some((each) => isFor(each, reader)),
    )
    .map((path) => ({
      reference: path.id,
      kind: path.kind,
      type: path.typ,
      title: titleOf(path),
      name: path.name,
      uppdrag: path.uppdrag,
      unit: path.organisation === null ? null : known.nameOf({ reference: path.organisation }),
      numbers: path.numbers.filter((number) => isFor(number, reader)).map((number) => numberAt(number, at)),
      flerLakarkontakter: several && isLakare(path),
    }));
}

function rankOf({ kind, typ }: ContactPath): number {
  if (kind !== 'fast-kontakt') return kind === 'team' ? order.length + 1 : order.length + 2;
  const at = order.indexOf(typ ?? '');
  return at < 0 ? order.length : at;
}

function titleOf({ kind, typ }: ContactPath): string {
  if (kind === 'team') return 'Team';
  return kind === 'tjanst' ? 'Jour' : (titles[typ ?? ''] ?? 'Fast kontakt');
}

const numberAt = ({ system, value, hours, checked }: ContactNumber, at: string): PlannedNumber => ({
  system,
  value,
  hours: hours.ranges.length ? hoursInWords(hours) : null,
  open: isOpen(hours, at),
  checked,
});

/** A step's own contact where it answers at the instant, else who is called first then. */
export const stepContact =
  (
    paths: readonly ContactPath[],
    known: KnownResources,
    at: string,
    reader: Audience,
    first: Contact,
  ): StepContact =>
  (reference) => {
    const path = paths.find(({ id }) => id === reference);
    const own = path?.numbers.find(
      (number) => number.system === 'phone' && isFor(number, reader) && isOpen(number.hours, at),
    );
    if (!own) return { name: first.name, number: first.value, hours: first.hours };
    const name = path?.name || known.nameOf({ reference: path?.id ?? '' });
    return { name: name ?? 'kontakten', number: own.value, hours: hoursInWords(own.hours) };
  };
