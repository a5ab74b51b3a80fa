/**
 * The forms of the primitive types: http://hl7.org/fhir/R4/datatypes.html#primitive. A check returns undefined when
 * the value is right, otherwise what is expected, to follow "Expected ". The value itself is never repeated.
 */
export type PrimitiveCheck = (value: unknown) => string | undefined;

const maxStringLength = 1024 * 1024;
const control = /[\u0000-\u0008\u000b\u000c\u000e-\u001f]/;

function isText(value: unknown): value is string {
  return (
    typeof value === 'string' &&
    value.length > 0 &&
    value.length <= maxStringLength &&
    !control.test(value) &&
    value.isWellFormed()
  );
}

const string: PrimitiveCheck = (value) =>
  isText(value)
    ? undefined
    : 'a non-empty string of at most 1,048,576 characters without control characters (tab, CR and LF are allowed)';

/** Element.id: "any string value that does not contain spaces". */
const elementId: PrimitiveCheck = (value) =>
  isText(value) && !/\s/.test(value) ? undefined : 'a non-empty string without spaces';

const pattern =
  (regex: RegExp, expected: string): PrimitiveCheck =>
  (value) =>
    typeof value === 'string' && regex.test(value) && isText(value) ? undefined : expected;

const whole =
  (least: number, expected: string): PrimitiveCheck =>
  (value) =>
    typeof value === 'number' && Number.isInteger(value) && value >= least && value <= 2_147_483_647
      ? undefined
      : expected;

const year = '(?:[0-9](?:[0-9](?:[0-9][1-9]|[1-9]0)|[1-9]00)|[1-9]000)';
const monthDay = '(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])';
const clock = '(?:[01][0-9]|2[0-3]):[0-5][0-9]:(?:[0-5][0-9]|60)(?:\\.[0-9]+)?';
const zone = '(?:Z|[+-](?:(?:0[0-9]|1[0-3]):[0-5][0-9]|14:00))';
const partial = `${year}(?:-(?:0[1-9]|1[0-2]))?`;
const time = new RegExp(`^${clock}$`);
const date = new RegExp(`^(?:${partial}|${year}-${monthDay})$`);
const dateTime = new RegExp(`^(?:${partial}|${year}-${monthDay}(?:T${clock}${zone})?)$`);
const instant = new RegExp(`^${year}-${monthDay}T${clock}${zone}$`);

const digit = (text: string, at: number): number => text.charCodeAt(at) - 48;

/** The day exists in its month; the form has been checked already. */
function inCalendar(text: string): boolean {
  if (text.length < 10) return true;
  const day = digit(text, 8) * 10 + digit(text, 9);
  if (day <= 28) return true;
  const month = digit(text, 5) * 10 + digit(text, 6);
  if (month !== 2) return day <= 30 || !(month === 4 || month === 6 || month === 9 || month === 11);
  const years = Number(text.slice(0, 4));
  return day === 29 && years % 4 === 0 && (years % 100 !== 0 || years % 400 === 0);
}

const calendar =
  (regex: RegExp, expected: string): PrimitiveCheck =>
  (value) =>
    typeof value === 'string' && regex.test(value) && inCalendar(value) ? undefined : expected;

/** In one pass: the published regular expression backtracks, and an attachment may have megabytes. */
function isBase64(value: string): boolean {
  let count = 0;
  let padding = 0;
  for (let at = 0; at < value.length; at += 1) {
    const code = value.charCodeAt(at);
    if (code === 32 || code === 9 || code === 10 || code === 13) continue;
    count += 1;
    if (code === 61) padding += 1;
    else if (padding || !isBase64Digit(code)) return false;
  }
  return count > 0 && count % 4 === 0 && padding <= 2;
}

const isBase64Digit = (code: number): boolean =>
  (code >= 97 && code <= 122) ||
  (code >= 65 && code <= 90) ||
  (code >= 48 && code <= 57) ||
  code === 43 ||
  code === 47;

const uri = pattern(/^\S+$/, 'a URI without white space');

/** By type name; 'xhtml' has its own checker (narrative.ts). */
export const primitiveChecks: ReadonlyMap<string, PrimitiveCheck> = new Map<string, PrimitiveCheck>([
  ['boolean', (value) => (typeof value === 'boolean' ? undefined : 'true or false, without quotes')],
  ['integer', whole(-2_147_483_648, 'a whole number of 32 bits, without quotes')],
  ['unsignedInt', whole(0, 'a whole number from 0 to 2,147,483,647, without quotes')],
  ['positiveInt', whole(1, 'a whole number from 1 to 2,147,483,647, without quotes')],
  [
    'decimal',
    (value) =>
      typeof value === 'number' && Number.isFinite(value) ? undefined : 'a decimal number, without quotes',
  ],
  ['string', string],
  ['markdown', string],
  ['elementId', elementId],
  ['code', pattern(/^[^\s]+(?:\s[^\s]+)*$/, 'a code: no white space but single spaces inside')],
  ['id', pattern(/^[A-Za-z0-9.-]{1,64}$/, 'an id: 1 to 64 of A-Z, a-z, 0-9, - and .')],
  ['uri', uri],
  ['url', uri],
  ['canonical', uri],
  ['oid', pattern(/^urn:oid:[0-2](?:\.(?:0|[1-9][0-9]*))+$/, 'an OID such as urn:oid:1.2.752.129')],
  [
    'uuid',
    pattern(
      /^urn:uuid:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
      'a UUID in lower case such as urn:uuid:c757873d-ec9a-4326-a141-556f43239520',
    ),
  ],
  ['date', calendar(date, 'a date of the calendar: YYYY, YYYY-MM or YYYY-MM-DD')],
  [
    'dateTime',
    calendar(
      dateTime,
      'a date of the calendar, with a time only if it has seconds and a zone: 2024-05-17T09:30:00+02:00',
    ),
  ],
  ['instant', calendar(instant, 'an instant with seconds and a zone: 2024-05-17T09:30:00.000+02:00')],
  [
    'time',
    (value) => (typeof value === 'string' && time.test(value) ? undefined : 'a time of day: hh:mm:ss'),
  ],
  [
    'base64Binary',
    (value) =>
      typeof value === 'string' && isBase64(value) ? undefined : 'base64 (RFC 4648) with its padding',
  ],
]);
