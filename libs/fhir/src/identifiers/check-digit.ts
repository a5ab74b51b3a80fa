/**
 * Whether the last digit is the check digit of those before it, by the Luhn algorithm that Swedish numbers share
 * (folkbokföringslagen 1991:481, 18 §; lagen 1974:174 om identitetsbeteckning för juridiska personer). `digits` is ten digits.
 */
export function hasCheckDigit(digits: string): boolean {
  let sum = 0;
  for (let at = 0; at < digits.length; at++) {
    const product = Number(digits[at]) * (at % 2 === 0 ? 2 : 1);
    sum += product > 9 ? product - 9 : product;
  }
  return sum % 10 === 0;
}
