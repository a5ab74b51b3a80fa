const FIRST = Date.UTC(1925, 0, 1);
const DAYS = 12_783; // 1925-01-01 to 1959-12-31
const STEP = 4_801; // has no divisor in common with DAYS, so that neighbours are born years apart

/**
 * A personnummer for test person `n`, different for each: 12 digits, valid check digit, serial 980-999 as the test
 * persons of HL7 Sweden have (not checked against Skatteverket's list). At most 127,830 of each sex.
 */
export function testPersonnummer(n: number, female: boolean): { value: string; birthDate: string } {
  const round = Math.floor(n / DAYS);
  if (round > 9) throw new RangeError(`There are test numbers for ${DAYS * 10} patients of a sex only.`);
  const day = new Date(FIRST + ((n * STEP) % DAYS) * 86_400_000).toISOString().slice(0, 10);
  const serial = 980 + round * 2 + (female ? 0 : 1);
  return { value: testNumber(day, String(serial)), birthDate: day };
}

/** The personnummer of a birth date (yyyy-mm-dd) and a serial of three digits, even for women. */
export function testNumber(birthDate: string, serial: string): string {
  const digits = `${birthDate.replaceAll('-', '')}${serial}`;
  return `${digits}${checkDigit(digits.slice(2))}`;
}

/** Luhn over the nine digits of yymmddnnn. */
function checkDigit(digits: string): number {
  let sum = 0;
  for (let at = 0; at < digits.length; at++) {
    const doubled = Number(digits[at]) * (at % 2 === 0 ? 2 : 1);
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return (10 - (sum % 10)) % 10;
}
