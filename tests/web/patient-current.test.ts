import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { servedInBrowser } from './served.ts';
import { logIn, newVisitor, tablet } from './visits.ts';

const { web, browser } = await servedInBrowser();

/** A page of Astrid's that lies open until somebody else is to be called. */
async function openUntilChange(path: string): Promise<{ page: Page; change: () => Promise<void> }> {
  const context = await newVisitor(browser, tablet);
  const page = await context.newPage();
  await page.clock.install();
  await logIn(page, web.origin, 'patient', 'patient');
  await page.goto(`${web.origin}/patient${path}`);
  const until = await page.getByRole('main').getAttribute('data-until');
  const ms = Date.parse(until ?? '') - Date.now() + 60_000;
  return { page, change: () => page.clock.fastForward(ms) };
}

describe('A page that lies open when somebody else is to be called', () => {
  it('is told that the session has ended, with numbers, and keeps no old one', async () => {
    const { page, change } = await openUntilChange('/');
    await page.route('**/patient/', (route) =>
      route.fulfill({
        status: 401,
        contentType: 'text/html; charset=utf-8',
        body: '<title>Du är utloggad</title><body><main tabindex="-1"><h1>Du är utloggad</h1><a href="tel:1177">1177</a></main>',
      }),
    );
    await change();
    await page.getByRole('heading', { level: 1, name: 'Du är utloggad' }).waitFor();
    expect(await page.getByRole('region', { name: 'Ring nu' }).count()).toBe(0);
    expect(await page.locator('a[href="tel:1177"]').count()).toBe(1);
    expect(await page.title()).toBe('Du är utloggad');
    expect(await page.evaluate(() => document.activeElement?.tagName), 'what reads aloud begins there').toBe(
      'MAIN',
    );
    await page.context().close();
  });

  it.each([
    ['/', 'Logga in'],
    ['/ring', 'Vem är du?'],
  ])('%s has no old number when she has logged out elsewhere', async (path, said) => {
    const { page, change } = await openUntilChange(path);
    await page.context().clearCookies({ name: 'nv-patient' });
    await change();
    await page.getByText(said).first().waitFor();
    expect(await page.getByRole('region', { name: 'Ring nu' }).count()).toBe(0);
    await page.context().close();
  });
});
