import type { BrowserContext, Page } from 'playwright-core';
import { afterEach, describe, expect, it } from 'vitest';
import { sideways, tabThrough } from './accessibility.ts';
import { enter } from './scenes.ts';
import { servedInBrowser } from './served.ts';
import { type Client, desktop, logIn, newVisitor, phone } from './visits.ts';

const { web, browser } = await servedInBrowser();
const contexts: BrowserContext[] = [];
afterEach(async () => {
  for (const context of contexts.splice(0)) await context.close();
});

type Screen = Parameters<typeof newVisitor>[1];

async function visit(client: Client, persona: string, screen: Screen = desktop): Promise<Page> {
  const context = await newVisitor(browser, screen);
  contexts.push(context);
  const page = await context.newPage();
  await logIn(page, web.origin, client, persona);
  return page;
}

const focusedText = (page: Page) =>
  page.evaluate(() => {
    const { activeElement, body } = document;
    if (!activeElement || activeElement === body) return '';
    return activeElement.getAttribute('aria-label') ?? activeElement.textContent?.trim() ?? '';
  });

/** Presses Tab until the focus is on what is called so. */
async function tabTo(page: Page, name: string | RegExp): Promise<void> {
  const passed: string[] = [];
  for (let step = 0; step < 60; step++) {
    await page.keyboard.press('Tab');
    const text = await focusedText(page);
    if (typeof name === 'string' ? text === name : name.test(text)) return;
    passed.push(text);
  }
  throw new Error(`Tab never came to ${name}, but to ${passed.join(' | ')}`);
}

const astrid = '/nurse/patient/astrid-testberg';

describe('With the keyboard alone', () => {
  it('a nurse goes from the list to a patient, registers a visit and is back where she was', async () => {
    const page = await visit('nurse', 'ssk-hemsjukvard');
    await enter(page, web.origin, { name: 'lista', path: '/nurse/' });
    await page.keyboard.press('Tab');
    expect(await focusedText(page)).toBe('Hoppa till innehållet');
    await page.keyboard.press('Enter');
    await tabTo(page, /Astrid Testberg/);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Astrid Testberg' }).waitFor();
    // Where a reader of the page goes on from.
    expect(await focusedText(page)).toBe('Astrid Testberg');
    await tabTo(page, 'Registrera besök');
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog');
    await dialog.waitFor();
    const isInside = () => dialog.evaluate((element) => element.contains(document.activeElement));
    await dialog.getByRole('button', { name: /^(Spara|Registrera)/ }).waitFor();
    for (let step = 0; step < 25; step++) {
      await page.keyboard.press('Tab');
      // The browser itself is the one stop outside.
      if ((await page.evaluate(() => document.activeElement?.tagName)) !== 'BODY')
        expect(await isInside()).toBe(true);
    }
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    expect(await focusedText(page)).toBe('Registrera besök');
    await page.keyboard.press('Enter');
    await tabTo(page, /^(Spara|Registrera)/);
    await page.keyboard.press('Enter');
    await dialog.waitFor({ state: 'hidden' });
  });

  it('a patient writes to those who help her, and is taken to what is missing', async () => {
    const page = await visit('patient', 'patient');
    await page.keyboard.press('Tab');
    expect(await focusedText(page)).toBe('Hoppa till innehållet');
    await page.goto(`${web.origin}/patient/skriv/anteckning`);
    await tabTo(page, 'Skicka');
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => document.title.startsWith('Fel'));
    expect(await focusedText(page)).toContain('Skriv vad du vill säga.');
    await tabTo(page, 'Skriv vad du vill säga.');
    await page.keyboard.press('Enter');
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('TEXTAREA');
    await page.keyboard.type('Jag sover bäst med fönstret öppet.');
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Space');
    await tabTo(page, 'Skicka');
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/patient\/skriv$/);
    expect(await focusedText(page)).toContain('Det du skrev är skickat.');
  });
});

/** 1280 x 1024 px at a zoom of 400 %. */
const zoomed = { ...desktop, viewport: { width: 320, height: 256 }, deviceScaleFactor: 4 };

describe.each([
  ['on a telephone', phone],
  ['at a zoom of 400 %', zoomed],
])('The focus is seen, and never under something else, %s', (_name, screen) => {
  it.each<[Client, string, readonly string[]]>([
    [
      'nurse',
      'ssk-hemsjukvard',
      ['/nurse/', astrid, `${astrid}/plan`, `${astrid}/kontakter`, `${astrid}/besok`],
    ],
    ['patient', 'patient', ['/patient/', '/patient/ring', '/patient/delning', '/patient/skriv/fel-nummer']],
  ])('%s', async (client, persona, paths) => {
    const page = await visit(client, persona, screen);
    for (const path of paths) {
      await enter(page, web.origin, { name: path, path });
      const stops = await tabThrough(page);
      expect(stops.length).toBeGreaterThan(5);
      expect([path, stops.filter(({ inSight }) => !inSight).map(({ name }) => name)]).toEqual([path, []]);
      expect([path, stops.filter(({ marked }) => !marked).map(({ name }) => name)]).toEqual([path, []]);
      expect([path, await sideways(page)]).toEqual([path, []]);
    }
  });
});

/** Landmarks and headings, as a screen reader lists them. */
async function outline(page: Page): Promise<string> {
  const tree = await page.locator('body').ariaSnapshot();
  const wanted = /- '?(banner|main|contentinfo|navigation|region|search|heading|status|dialog)\b/;
  return tree
    .split('\n')
    .filter((line) => wanted.test(line))
    .map((line) => line.replace(/:? *$/, '').replace(/^( *- \w+)(: .*)$/, '$1'))
    .join('\n');
}

describe('What a screen reader lists', () => {
  it('of the nurse’s pages', async () => {
    const page = await visit('nurse', 'ssk-hemsjukvard', phone);
    const pages: Record<string, string> = {};
    for (const path of [
      '/nurse/nummer',
      astrid,
      `${astrid}/plan`,
      `${astrid}/kontakter`,
      `${astrid}/besok`,
    ]) {
      await enter(page, web.origin, { name: path, path });
      pages[path] = await outline(page);
    }
    expect(pages).toMatchSnapshot();
  });

  it('of the patient’s pages', async () => {
    const page = await visit('patient', 'patient', phone);
    const pages: Record<string, string> = {};
    for (const path of ['ring', 'samre', 'mal', 'vem', 'delning', 'skriv', 'kontaktblad']) {
      await enter(page, web.origin, { name: path, path: `/patient/${path}` });
      pages[path] = await outline(page);
    }
    expect(pages).toMatchSnapshot();
  });
});
