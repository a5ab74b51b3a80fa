import { expect, test } from 'vitest';
import { telHref } from '../../services/web/src/ui/phone.ts';

test('a number is called as it is written', () => {
  expect(telHref('031-390 06 27')).toBe('tel:0313900627');
  expect(telHref('+46 (0)31-390 06 27')).toBe('tel:+46313900627');
  expect(telHref('112')).toBe('tel:112');
  expect(telHref('1177')).toBe('tel:1177');
  expect(telHref(' 0771–11 22 33, knappval 2')).toBe('tel:0771112233');
});

test('what is no number calls nobody', () => {
  expect(telHref('se anslag')).toBeNull();
  expect(telHref('')).toBeNull();
  expect(telHref('javascript:alert(112)')).toBeNull();
});
