export type PinFault = 'short' | 'trivial';

export const leastPinLength = 6;

/** What is wrong with a new code: at least six signs, not one that is tried first (repeated, counted, a date). */
export function pinFault(pin: string): PinFault | null {
  if (pin.length < leastPinLength) return 'short';
  return isRepeated(pin) || isCounted(pin) || isDate(pin) ? 'trivial' : null;
}

/** 111111, 121212, 123123. */
const isRepeated = (pin: string): boolean => /^(.{1,3})\1+$/.test(pin);

/** 123456, 987654, 135791; signs that go on by the same step. */
function isCounted(pin: string): boolean {
  const steps = [...pin]
    .slice(1)
    .map((sign, index) => (sign.codePointAt(0) ?? 0) - (pin.codePointAt(index) ?? 0));
  return steps.every((step) => step === steps[0] || step + 10 === steps[0] || step - 10 === steps[0]);
}

/** Birthdays are what colleagues know of each other: ÅÅMMDD, DDMMÅÅ and the same with a whole year. */
function isDate(pin: string): boolean {
  const day = '(0[1-9]|[12]\\d|3[01])';
  const month = '(0[1-9]|1[0-2])';
  const year = '((19|20)?\\d\\d)';
  return new RegExp(`^(${year}${month}${day}|${day}${month}${year})$`).test(pin);
}
