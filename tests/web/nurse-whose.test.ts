import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { served } from './served.ts';
import { beginVisit, leaveBy, openAstrid, telephones } from './telephone.ts';
import { logIn } from './visits.ts';

const web = await served();
const { switchOn } = telephones(web.origin);

const nurse = 'ssk-hemsjukvard';
const save = (page: Page) => page.getByRole('dialog').getByRole('button', { name: /^Spara/ });

/** A nurse who has written about a visit. */
async function writing(note: string): Promise<Page> {
  const { page } = await switchOn();
  await logIn(page, web.origin, 'nurse', nurse);
  await openAstrid(page);
  await beginVisit(page, note);
  return page;
}

const storedNotes = async () =>
  (await web.ask(nurse, 'Encounter?patient=astrid-testberg&_sort=-_lastUpdated&_count=5')).text;

describe('What a nurse writes', () => {
  it('is not stored in the name of who has logged in since, and is not there for them', async () => {
    const page = await writing('Written by Maja');
    const other = await switchOn();
    await logIn(other.page, web.origin, 'nurse', 'lakare-vardcentral');
    await page.context().addCookies(await other.context.cookies());
    const anew = page.waitForEvent('load');
    await save(page).click();
    await anew;
    await page.getByRole('heading', { level: 1 }).first().waitFor();
    expect(await page.locator('textarea').count()).toBe(0);
    expect(await storedNotes()).not.toContain('Written by Maja');
  });

  it('needs no code when it is only the login that is missing, and says so when she has logged in', async () => {
    const page = await writing('Needs a login');
    await page.route('**/nurse/api/Encounter', (route) => route.fulfill({ status: 401, body: '{}' }));
    await save(page).click();
    await page.getByRole('dialog').getByText('Du behöver logga in igen.').waitFor();
    expect(await page.getByLabel('Ny kod').count()).toBe(0);
    await page.unroute('**/nurse/api/Encounter');
    await page.getByRole('dialog').getByLabel('Anteckning').fill('Needs a login, corrected');
    const sent = page.waitForRequest(/\/nurse\/api\/Encounter/);
    await save(page).click();
    expect((await sent).method()).toBe('POST');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
  });
});

it('Who leaves leaves nothing to read, also where the browser asks and the page is kept', async () => {
  const { page } = await switchOn();
  await logIn(page, web.origin, 'nurse', nurse);
  await openAstrid(page);
  await page.getByRole('region', { name: 'Ring nu' }).waitFor();
  await page.evaluate(() => addEventListener('beforeunload', (event) => event.preventDefault()));
  const asked = page.waitForEvent('dialog');
  await leaveBy(page, 'Byt användare');
  await (await asked).dismiss();
  await page
    .getByText('Laddar …')
    .or(page.getByRole('link', { name: 'Logga in' }))
    .first()
    .waitFor();
  expect(await page.locator('body').textContent()).not.toMatch(/Astrid|Maja/);
});
