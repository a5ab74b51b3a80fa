import { inOrder, type Need } from './contact-order.ts';
import { type Audience, type ContactNumber, type ContactPath, isFor, isStaffOnly } from './contact-path.ts';
import {
  checkedLongAgo,
  dangerInWords,
  hoursInWords,
  ifNoAnswerInWords,
  nobodyAnswers,
  noContacts,
  reasonInWords,
  roundTheClock,
  whoInWords,
} from './contact-words.ts';
import { openRange } from './opening-hours.ts';
import { wallTimeOf } from './stockholm-clock.ts';

export interface ContactQuestion {
  readonly paths: readonly ContactPath[];
  /** ISO instant. */
  readonly at: string;
  /** Default `forsamring`. */
  readonly need?: Need;
  readonly reader: Audience;
  /** Whom the patient's plan names for when the patient gets worse, as `CareTeam/id` or `HealthcareService/id`, in order. */
  readonly steps?: readonly { readonly kontakt: string | null }[];
  /** A plan in force limits what is to be done (behandlingsbegränsning): it goes before 112 when it gets worse as foreseen. */
  readonly limited?: boolean;
  /** Whom to call when nobody answers. */
  readonly fallback?: Fallback;
}

/** A number that always answers; its name as an object of "ring". */
export interface Fallback {
  readonly name: string;
  readonly value: string;
}

/** 1177 answers day and night in all of Sweden, with advice from nurses. */
export const vardguiden: Fallback = { name: '1177', value: '1177' };

/** One number to call. */
export interface Contact {
  /** Id of its path; null of the fallback. */
  readonly path: string | null;
  readonly kind: ContactPath['kind'] | 'reserv';
  readonly typ: string | null;
  readonly name: string;
  /** As an object of "ring": "din fasta vårdkontakt Maja Berg". */
  readonly who: string;
  readonly uppdrag: string | null;
  readonly value: string;
  /** Whether it is answered now: yes, no, or nobody has said when it is. */
  readonly answers: 'nu' | 'stangt' | 'okant';
  /** When it is answered, in a sentence. */
  readonly hours: string;
  /** That nobody has tried the number for twelve months. */
  readonly remark: string | null;
  /** The number is for the staff alone, and not to be passed on. */
  readonly staffOnly?: true;
}

export interface ContactNow {
  readonly at: string;
  /** The one to call first: it is answered now. */
  readonly first: Contact;
  /** Who else is: then the fallback, then who is not just now, and last those of whom it is not known. */
  readonly thenList: readonly Contact[];
  readonly reason: string;
  readonly ifNoAnswer: string;
  readonly danger: { readonly value: '112'; readonly text: string };
}

/**
 * Whom to call at an instant, for a need: one telephone number first, always, and others in order. A number is given once,
 * to those it is for alone, and only while its path holds. Where nobody is known to answer, the fallback is first.
 */
export function contactNow(asked: ContactQuestion): ContactNow {
  const { at, reader, limited = false, fallback = vardguiden } = asked;
  const found = callable(asked);
  const answering = found.filter(({ contact }) => contact.answers === 'nu');
  const reserve = reserveOf(fallback);
  const ofState = (state: Contact['answers']) =>
    found.filter(({ contact }) => contact.answers === state).map(({ contact }) => contact);
  const [first, ...others] = [...ofState('nu'), reserve];
  const reason = answering[0]?.reason ?? (found.length ? nobodyAnswers : noContacts)(reader, reserve.who);
  return {
    at,
    first: first ?? reserve,
    thenList: [...others, ...ofState('stangt'), ...ofState('okant')],
    reason,
    ifNoAnswer: ifNoAnswerInWords(others[0]),
    danger: { value: '112', text: dangerInWords(limited) },
  };
}

interface Found {
  contact: Contact;
  /** Why it is called first, when it is. */
  reason: string;
}

/** The telephone numbers that the reader may be given, each once, in the order in which they are asked. */
function callable({
  paths,
  at,
  need = 'forsamring',
  reader,
  steps = [],
  fallback,
}: ContactQuestion): Found[] {
  const instant = Date.parse(at);
  const clock = wallTimeOf(instant);
  const holding = paths.filter(({ during }) => during.start <= instant && instant < during.end);
  const planned = steps.flatMap(({ kontakt }) => kontakt ?? []);
  const found = inOrder(holding, need, planned).flatMap((path) =>
    numbersFor(path, reader).map((number) => foundAt(path, number, reader, instant, clock)),
  );
  const given = new Set([digits((fallback ?? vardguiden).value)]);
  // One that answers hides the same number where its hours are others.
  return found
    .toSorted((one, other) => states.indexOf(one.contact.answers) - states.indexOf(other.contact.answers))
    .filter(({ contact: { value } }) => !given.has(digits(value)) && given.add(digits(value)));
}

const states: readonly Contact['answers'][] = ['nu', 'stangt', 'okant'];

const digits = (value: string): string => value.replace(/\D/g, '').replace(/^(00)?46/, '0');

/** Of the staff, those that are theirs alone come first. */
const numbersFor = ({ numbers }: ContactPath, reader: Audience): ContactNumber[] =>
  numbers
    .filter((number) => number.system === 'phone' && isFor(number, reader))
    .toSorted(
      (one, other) => Number(other.audience.includes(reader)) - Number(one.audience.includes(reader)),
    );

function foundAt(
  path: ContactPath,
  number: ContactNumber,
  reader: Audience,
  instant: number,
  clock: ReturnType<typeof wallTimeOf>,
): Found {
  const { value, hours, checked } = number;
  const open = openRange(hours, instant, clock);
  const { id, kind, typ, name, uppdrag } = path;
  const who = whoInWords(path, reader);
  return {
    contact: {
      path: id,
      kind,
      typ,
      name,
      who,
      uppdrag,
      value,
      answers: open ? 'nu' : hours.ranges.length ? 'stangt' : 'okant',
      hours: hoursInWords(hours),
      remark: checked !== null && longAgoFrom(checked) <= instant ? checkedLongAgo(checked) : null,
      ...(isStaffOnly(number) && { staffOnly: true }),
    },
    reason: open ? reasonInWords(open.range, open.began, who) : '',
  };
}

/** When the same day of the year after has passed; a year or month alone is taken by its end. */
export function longAgoFrom(date: string): number {
  const [year = 0, month = 12, day = 31] = date.split('-').map(Number);
  return Date.UTC(year + 1, month - 1, day + 1);
}

const reserveOf = ({ name, value }: Fallback): Contact => ({
  path: null,
  kind: 'reserv',
  typ: null,
  name,
  who: name,
  uppdrag: null,
  value,
  answers: 'nu',
  hours: roundTheClock,
  remark: null,
});
