/** An exact decimal: `unscaled` / 10^`scale`; `scale` is the number of decimals written and may be negative. */
export interface Decimal {
  readonly unscaled: bigint;
  readonly scale: number;
}

const FORM = /^([+-]?)(\d{1,1000})(?:\.(\d{1,1000}))?(?:[eE]([+-]?\d{1,3}))?$/;

/**
 * Reads a decimal with the precision it is written in: 1.50 has two decimals, 1e2 has -2. Undefined when it is no
 * decimal or beyond 1,000 digits or an exponent of 400, which keeps the arithmetic below cheap.
 */
export function parseDecimal(text: string): Decimal | undefined {
  const parts = FORM.exec(text);
  if (!parts) return undefined;
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = parts;
  if (Math.abs(Number(exponent)) > 400) return undefined;
  const unscaled = BigInt(whole + fraction);
  return { unscaled: sign === '-' ? -unscaled : unscaled, scale: fraction.length - Number(exponent) };
}

/** Plain digits without exponent and without trailing zeros after the point: the form that is stored and compared. */
export function decimalText(value: Decimal): string {
  if (value.unscaled === 0n) return '0';
  const sign = value.unscaled < 0n ? '-' : '';
  const digits = (value.unscaled < 0n ? -value.unscaled : value.unscaled).toString();
  if (value.scale <= 0) return sign + digits + '0'.repeat(-value.scale);
  const padded = digits.padStart(value.scale + 1, '0');
  const whole = padded.slice(0, -value.scale);
  const fraction = trimZeros(padded.slice(-value.scale));
  return fraction ? `${sign}${whole}.${fraction}` : sign + whole;
}

function trimZeros(fraction: string): string {
  let end = fraction.length;
  while (end > 0 && fraction[end - 1] === '0') end--;
  return fraction.slice(0, end);
}

export const addDecimals = (a: Decimal, b: Decimal): Decimal => {
  const scale = Math.max(a.scale, b.scale);
  return { unscaled: rescale(a, scale) + rescale(b, scale), scale };
};

export const negate = (value: Decimal): Decimal => ({ unscaled: -value.unscaled, scale: value.scale });

/** Compares texts made by `decimalText`; negative, zero or positive as for Array.sort. */
export function compareDecimals(a: string, b: string): number {
  const left = parseDecimal(a);
  const right = parseDecimal(b);
  if (!left || !right) throw new Error('not a decimal');
  const scale = Math.max(left.scale, right.scale);
  const difference = rescale(left, scale) - rescale(right, scale);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

/** A JSON number as its exact text; String() gives the shortest digits that mean the same double. */
export function exactText(value: unknown): string | null {
  if (typeof value !== 'number') return null;
  const decimal = parseDecimal(String(value));
  return decimal ? decimalText(decimal) : null;
}

const rescale = (value: Decimal, scale: number): bigint =>
  value.unscaled * 10n ** BigInt(scale - value.scale);
