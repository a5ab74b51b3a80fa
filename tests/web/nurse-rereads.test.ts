import type { Page } from 'playwright-core';
import { afterEach, describe, expect, it } from 'vitest';
import { servedInBrowser } from './served.ts';
import { logIn, newVisitor, phone } from './visits.ts';

const { web, browser } = await servedInBrowser();
let page: Page;
afterEach(() => page.context().close());

async function open(persona: string, path: string): Promise<void> {
  const context = await newVisitor(browser, phone);
  page = await context.newPage();
  await logIn(page, web.origin, 'nurse', persona);
  await page.goto(web.origin + path);
}

/** What a reading of the plan, and of what is asked for when that is refused, comes to. */
type Worse = 'no answer' | number;

/** The page is read once more, and again where that may help, to a worse end. */
async function readAgain(worse: Worse): Promise<void> {
  await page.route('**/nurse/api/Patient/**', (route) =>
    worse === 'no answer' ? route.abort() : route.fulfill({ status: worse, body: '{}' }),
  );
  const asked = page.waitForRequest(/samordnad-plan/);
  await page.evaluate(() => void dispatchEvent(new Event('nv-refresh')));
  await asked;
  await page.waitForTimeout(1000);
}

const worse: Worse[] = ['no answer', 429, 400];

describe.each(worse)('A reading that comes out worse, with %s, takes away nothing', (answer) => {
  it('of an answer about consent', async () => {
    await open('lakare-vardcentral', '/nurse/patient/vera-testberg/besok');
    await page.getByRole('button', { name: 'Fråga om samtycke' }).click();
    await page.getByText('Kan inte ta ställning').click();
    await page.getByLabel('Gäller till och med').fill('2030-01-01');
    await readAgain(answer);
    expect(await page.getByLabel('Gäller till och med').inputValue()).toBe('2030-01-01');
  });

  it('of the reason for a nödöppning', async () => {
    await open('ambulans', '/nurse/patient/astrid-testberg');
    await page.getByRole('button', { name: /^Nödöppning/ }).click();
    await page.getByLabel('Skäl').fill('Medvetslös i hemmet');
    await readAgain(answer);
    expect(await page.getByLabel('Skäl').inputValue()).toBe('Medvetslös i hemmet');
  });

  it('of a note about a visit', async () => {
    await open('ssk-hemsjukvard', '/nurse/patient/astrid-testberg');
    await page.getByRole('button', { name: 'Registrera besök' }).first().click();
    await page.getByLabel('Anteckning').fill('Såret ser bättre ut.');
    await readAgain(answer);
    expect(await page.getByLabel('Anteckning').inputValue()).toBe('Såret ser bättre ut.');
  });
});

it('A reading that says that the right is gone takes the plan away, also where no more is answered', async () => {
  await open('ssk-hemsjukvard', '/nurse/patient/astrid-testberg');
  await page.getByRole('heading', { level: 1, name: 'Astrid Testberg' }).waitFor();
  await page.route('**/nurse/api/Patient/*/$svod-status', (route) => route.abort());
  await page.route('**/nurse/api/Patient/*/$samordnad-plan*', (route) =>
    route.fulfill({ status: 403, body: '{}' }),
  );
  await page.evaluate(() => void dispatchEvent(new Event('nv-refresh')));
  await page.getByRole('heading', { level: 1, name: 'Du ser inte den här personen' }).waitFor();
  expect(await page.locator('main').textContent()).not.toContain('Astrid');
});

it('The question about consent can be left unanswered', async () => {
  await open('lakare-vardcentral', '/nurse/patient/vera-testberg/besok');
  const ask = page.getByRole('button', { name: 'Fråga om samtycke' });
  await ask.click();
  await page.getByRole('button', { name: 'Avbryt' }).click();
  await ask.waitFor();
  expect(await page.getByText('Ja, samtycker').count()).toBe(0);
  expect(
    await ask.evaluate(
      (button) => document.activeElement !== document.body && document.activeElement?.contains(button),
    ),
  ).toBe(true);
});
