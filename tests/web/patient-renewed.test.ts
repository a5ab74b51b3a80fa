import { expect, it } from 'vitest';
import { servedInBrowser } from './served.ts';
import { logIn, newVisitor, tablet } from './visits.ts';

const { web, browser } = await servedInBrowser();

it('When somebody else is to be called, the contacts of the page say so too, and the focus stays', async () => {
  const page = await (await newVisitor(browser, tablet)).newPage();
  await logIn(page, web.origin, 'patient', 'patient');
  await page.goto(`${web.origin}/patient/ring`);
  const contacts = page.getByRole('main').locator('.nv-contacts');
  await contacts
    .getByRole('link', { name: /är fel/ })
    .first()
    .focus();
  await page.route('**/patient/ring', async (route) => {
    const answer = await route.fetch();
    await route.fulfill({ body: (await answer.text()).replaceAll(/(Öppet|Stängt) nu\./g, 'Svarar igen.') });
  });
  await page.evaluate(() => {
    const main = document.querySelector('main');
    if (main) main.dataset.until = '2026-01-01T00:00:00Z';
    document.dispatchEvent(new Event('visibilitychange'));
  });
  await contacts.getByText('Svarar igen.').first().waitFor();
  expect(await contacts.getByText(/(Öppet|Stängt) nu\./).count()).toBe(0);
  expect(await page.evaluate(() => document.activeElement?.textContent)).toMatch(/är fel/);
});
