import { describe, expect, it } from 'vitest';
import {
  compareDecimals,
  decimalText,
  exactText,
  parseDecimal,
} from '../../libs/search/src/types/number/decimal.ts';
import { condition, finds, refusal } from './memory.ts';

const risk = (probability: object) => ({ resourceType: 'RiskAssessment', prediction: [probability] });
const found = (value: string, decimal: number) =>
  finds(`probability=${value}`, risk({ probabilityDecimal: decimal }));
const range = (value: string) => {
  const asked = condition('RiskAssessment', `probability=${value}`);
  return asked.kind === 'number' ? [asked.values[0]?.low, asked.values[0]?.high] : [];
};

describe('a number', () => {
  it('stands for the range that its digits imply', () => {
    expect(range('100')).toEqual(['99.5', '100.5']);
    expect(range('100.00')).toEqual(['99.995', '100.005']);
    expect(range('5.40e-3')).toEqual(['0.005395', '0.005405']);
    expect(range('-1.5')).toEqual(['-1.55', '-1.45']);
  });
  it('of one digit and an exponent is read as two digits, as R4 has it', () => {
    expect([range('1e2'), range('1.0e2'), range('1.00e2')]).toEqual([
      ['95', '105'],
      ['95', '105'],
      ['99.5', '100.5'],
    ]);
  });
  it('is found from the lower end of the range up to but without the upper end', () => {
    expect([found('100', 99.5), found('100', 100.4999), found('100', 100.5)]).toEqual([true, true, false]);
    expect([found('ne100', 99.5), found('ne100', 100.5)]).toEqual([false, true]);
  });
  it('is exact for the prefixes that compare', () => {
    expect([found('gt100', 100), found('gt100', 100.1), found('ge100', 100), found('ge100', 99.9)]).toEqual([
      false,
      true,
      true,
      false,
    ]);
    expect([found('lt100', 100), found('lt100', 99.9), found('le100', 100), found('le100', 100.1)]).toEqual([
      false,
      true,
      true,
      false,
    ]);
    expect([found('sa100', 100), found('sa100', 100.1), found('eb100', 100), found('eb100', 99.9)]).toEqual([
      false,
      true,
      false,
      true,
    ]);
  });
  it('is approximately right within a tenth', () => {
    expect([found('ap100', 90), found('ap100', 110), found('ap100', 89.9), found('ap-1', -1.1)]).toEqual([
      true,
      true,
      false,
      true,
    ]);
  });
  it('is never compared as binary fraction', () => {
    expect([
      found('ge0.3', 0.1 + 0.2),
      found('le0.3', 0.1 + 0.2),
      found('lt0.30000000000000005', 0.1 + 0.2),
    ]).toEqual([true, false, true]);
  });
  it('is compared with a Range by its bounds', () => {
    const between = risk({ probabilityRange: { low: { value: 10 }, high: { value: 20 } } });
    const hits = (value: string) => finds(`probability=${value}`, between);
    expect([
      hits('gt15'),
      hits('lt15'),
      hits('sa9'),
      hits('sa10'),
      hits('eb20'),
      hits('eb21'),
      hits('1.5e1'),
      hits('2e1'),
    ]).toEqual([true, true, true, false, false, true, false, false]);
  });
  it('that cannot be read is refused', () => {
    for (const value of ['x', '1.', '.5', '1e', '0x10', 'NaN', '1e999', 'ge']) {
      expect(refusal('RiskAssessment', `probability=${value}`).kind).toBe('bad-request');
    }
  });
});

describe('a decimal', () => {
  it('keeps every digit', () => {
    for (const text of ['0', '1.5', '-0.001', '123456789012345678901234567890.5']) {
      const decimal = parseDecimal(text);
      expect(decimal && decimalText(decimal)).toBe(text);
    }
    expect(exactText(1e21)).toBe('1000000000000000000000');
    expect(exactText(1e-7)).toBe('0.0000001');
    expect(exactText(Number.MAX_VALUE)?.length).toBe(309);
    expect(exactText('1')).toBeNull();
  });
  it('is compared exactly', () => {
    expect(compareDecimals('1.50', '1.5')).toBe(0);
    expect(compareDecimals('-2', '1')).toBe(-1);
    expect(compareDecimals('0.30000000000000004', '0.3')).toBe(1);
  });
});
