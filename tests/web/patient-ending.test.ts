import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { violations } from './accessibility.ts';
import { servedInBrowser } from './served.ts';
import { logIn, newVisitor, phone } from './visits.ts';

const { web, browser } = await servedInBrowser();

/** A form that has lain open for as long as one may be away, but for some minutes. */
async function almostAnHour(): Promise<Page> {
  const context = await newVisitor(browser, phone);
  const page = await context.newPage();
  await logIn(page, web.origin, 'patient', 'patient');
  await page.clock.install();
  await page.goto(`${web.origin}/patient/skriv/anteckning`);
  await page.clock.fastForward('50:00');
  expect(await page.getByText('Du loggas snart ut').isVisible()).toBe(false);
  await page.clock.fastForward('07:00');
  await page.getByText('Du loggas snart ut').waitFor();
  return page;
}

it('Who is soon logged out is told, and stays with one tap', async () => {
  const page = await almostAnHour();
  expect(await violations(page)).toEqual([]);
  await page.getByRole('button', { name: 'Stanna kvar' }).tap();
  await page.getByText('Du loggas snart ut').waitFor({ state: 'hidden' });
  await page.clock.fastForward('20:00');
  expect(await page.getByText('Du loggas snart ut').isVisible()).toBe(false);
  await page.context().close();
});

it('Where the session cannot last longer, one logs in again beside the page, which then is still there', async () => {
  const page = await almostAnHour();
  await page.route('**/patient/stanna', (route) => route.fulfill({ json: { seconds: 120 } }));
  await page.getByRole('button', { name: 'Stanna kvar' }).tap();
  const link = page.getByRole('link', { name: 'Logga in igen i en ny flik' });
  await link.waitFor();
  await page.unroute('**/patient/stanna');
  await page.getByRole('textbox').first().fill('Jag vill');
  const [tab] = await Promise.all([page.context().waitForEvent('page'), link.tap()]);
  await tab.locator('button[value="patient"]').click();
  await tab.getByRole('heading', { level: 1 }).first().waitFor();
  await tab.close();
  await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
  await page.getByText('Du loggas snart ut').waitFor({ state: 'hidden' });
  expect(await page.getByRole('textbox').first().inputValue()).toBe('Jag vill');
  await page.context().close();
});
