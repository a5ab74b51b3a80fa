import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { servedInBrowser } from './served.ts';
import { logIn, newVisitor, phone } from './visits.ts';

const { web, browser } = await servedInBrowser();
let context: BrowserContext;
let page: Page;
beforeAll(async () => {
  context = await newVisitor(browser, { ...phone, javaScriptEnabled: false });
  page = await context.newPage();
  await logIn(page, web.origin, 'patient', 'patient');
  await page.getByRole('link', { name: 'العربية' }).click();
});
afterAll(() => context.close());

/** Every page, with what is in it without being care's own words or a name. */
const paths = [
  '/',
  '/ring',
  '/samre',
  '/mal',
  '/vem',
  '/tider',
  '/skriv',
  '/skriv/fel-nummer',
  '/skriv/tacka-nej',
  '/logg',
  '/delning',
  '/kontaktblad',
  '/om',
  '/tillganglighet',
  '/finns-inte',
];

describe('In Arabic', () => {
  it.each(paths)('%s is Arabic from right to left, and its numbers are from left to right', async (path) => {
    await page.goto(`${web.origin}/patient${path}`);
    const headings = await page
      .locator('h1, h2')
      .evaluateAll((all) => all.filter((each) => !each.closest('[lang=sv]')).map((each) => each.textContent));
    expect(headings.length).toBeGreaterThan(0);
    expect(headings.filter((text) => !/\p{Script=Arabic}/u.test(text))).toEqual([]);
    expect(await page.getByRole('main').evaluate((main) => getComputedStyle(main).direction)).toBe('rtl');
    expect(await page.locator('html').getAttribute('lang')).toBe('ar');
    expect(await page.evaluate(numbersFromRight)).toEqual([]);
  });
});

/** Telephone numbers of several groups that a reader would see in the wrong order. */
function numbersFromRight(): string[] {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found: string[] = [];
  while (walker.nextNode()) {
    const { textContent, parentElement } = walker.currentNode;
    const isNumber = /\d{2,4}[- ]\d{2,3} \d{2}/.test(textContent ?? '');
    if (isNumber && parentElement && getComputedStyle(parentElement).direction === 'rtl')
      found.push(textContent ?? '');
  }
  return found;
}
