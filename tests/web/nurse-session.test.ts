import type { BrowserContext, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { served } from './served.ts';
import {
  beginVisit,
  CODE,
  download,
  enterCode,
  leaveBy,
  openAstrid,
  registerVisit,
  telephones,
  unlock,
  until,
} from './telephone.ts';
import { logIn } from './visits.ts';

const web = await served();
const { switchOn } = telephones(web.origin);

const nurse = 'ssk-hemsjukvard';
const note = 'Såret ser bättre ut i dag.';
const noteField = (page: Page) => page.getByRole('dialog').getByLabel('Anteckning');
const covered = (page: Page) => page.getByRole('heading', { name: 'Logga in igen för att fortsätta' });
const inSight = (page: Page, text: RegExp) => page.getByText(text).filter({ visible: true }).count();
/** As when one comes back to the window. */
const comeBack = (page: Page) => page.evaluate(() => dispatchEvent(new Event('focus')));

/** A nurse who is writing about a visit when the session ends. */
async function writing(): Promise<{ context: BrowserContext; page: Page }> {
  const { context, page } = await switchOn();
  await logIn(page, web.origin, 'nurse', nurse);
  await openAstrid(page);
  await beginVisit(page, note);
  await context.clearCookies();
  await comeBack(page);
  await covered(page).waitFor();
  return { context, page };
}

async function logInAgain(context: BrowserContext, page: Page, persona: string): Promise<void> {
  const opened = context.waitForEvent('page');
  await page.getByRole('link', { name: 'Logga in igen' }).click();
  const login = await opened;
  await login.locator(`button[value="${persona}"]`).click();
  await login.getByRole('heading', { name: 'Du är inloggad' }).waitFor();
  await login.close();
}

const sessionStatus = async (page: Page): Promise<number> =>
  (await page.request.get(`${web.origin}/nurse/session`)).status();

describe('When the session ends', () => {
  it('what is being written is hidden, and there again for the same person, who can save it', async () => {
    const { context, page } = await writing();
    expect(await inSight(page, /Astrid|Såret/)).toBe(0);
    expect(await page.locator('body').ariaSnapshot()).not.toMatch(/Astrid|Såret|dialog/);
    expect(await covered(page).evaluate(isFocused)).toBe(true);
    await page.locator('main a[href="tel:112"]').filter({ visible: true }).waitFor();

    await logInAgain(context, page, nurse);
    await comeBack(page);
    await noteField(page).waitFor();
    expect(await noteField(page).inputValue()).toBe(note);
    expect(await noteField(page).evaluate(isFocused)).toBe(true);
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /^Spara/ })
      .click();
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    const { text } = await web.ask(nurse, 'Encounter?patient=astrid-testberg&_sort=-_lastUpdated&_count=5');
    expect(text).toContain(note);
  });

  it('and nothing has the focus, the page has it afterwards', async () => {
    const { context, page } = await switchOn();
    await logIn(page, web.origin, 'nurse', nurse);
    await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
    await context.clearCookies();
    await comeBack(page);
    await covered(page).waitFor();
    await logInAgain(context, page, nurse);
    await comeBack(page);
    await page.getByRole('heading', { name: 'Dagens patienter' }).waitFor();
    expect(await page.getByRole('main').evaluate(isFocused)).toBe(true);
  });

  it('another person finds nothing of it', async () => {
    const { context, page } = await writing();
    // It is told by the login, before one comes back.
    const anew = page.waitForEvent('load');
    await logInAgain(context, page, 'lakare-vardcentral');
    await anew;
    await page.getByRole('heading', { level: 1 }).first().waitFor();
    expect(await page.locator('textarea').count()).toBe(0);
  });

  it.each([
    {
      what: 'a reading',
      ask: (page: Page) => page.evaluate(() => void dispatchEvent(new Event('nv-refresh'))),
    },
    {
      what: 'the saving itself',
      ask: (page: Page) =>
        page
          .getByRole('dialog')
          .getByRole('button', { name: /^Spara/ })
          .click(),
    },
  ])('$what that is refused is enough, and loses nothing', async ({ ask }) => {
    const { context, page } = await switchOn();
    await logIn(page, web.origin, 'nurse', nurse);
    await openAstrid(page);
    await beginVisit(page, note);
    await context.clearCookies();
    await ask(page);
    await covered(page).waitFor();
    await logInAgain(context, page, nurse);
    await comeBack(page);
    await page.getByLabel('Anteckning').waitFor();
    expect(await page.getByLabel('Anteckning').inputValue()).toBe(note);
  });
});

const isFocused = (element: Element): boolean => element === document.activeElement;

describe('Where nothing answers', () => {
  it('and the telephone has been locked, the code brings back what was being written', async () => {
    const { context, page } = await switchOn();
    await download(page, web.origin);
    await context.setOffline(true);
    await page.reload();
    await unlock(page);
    await openAstrid(page);
    await beginVisit(page, note);
    const other = await context.newPage();
    await other.goto(`${web.origin}/nurse/`);
    await enterCode(other, CODE);
    await other.getByRole('button', { name: 'Lås det som är nedladdat' }).click();
    await comeBack(page);
    await page.getByLabel('Din kod').waitFor();
    expect(await inSight(page, /Astrid|Såret/)).toBe(0);
    await page.locator('main a[href="tel:112"]').filter({ visible: true }).waitFor();
    await enterCode(page, CODE);
    await noteField(page).waitFor();
    expect(await noteField(page).inputValue()).toBe(note);
  }, 60_000);
});

it('The tab of the login leads to the patients too', async () => {
  const { page } = await switchOn();
  await logIn(page, web.origin, 'nurse', nurse);
  await page.goto(`${web.origin}/nurse/?login=klar`);
  await page.getByRole('heading', { name: 'Du är inloggad' }).waitFor();
  await page.getByRole('link', { name: 'Patienter', exact: true }).click();
  await page.getByRole('heading', { name: 'Dagens patienter' }).waitFor();
});

describe('Who leaves', () => {
  it.each(['1', '{"where"', 'null'])(
    'has left, also where an earlier version or a damaged telephone says %s',
    async (left) => {
      const { page } = await switchOn();
      await logIn(page, web.origin, 'nurse', nurse);
      await page.evaluate((kept) => localStorage.setItem('nv-left', kept), left);
      await page.reload();
      await page.getByRole('link', { name: 'Logga in' }).waitFor();
      expect(await sessionStatus(page)).toBe(401);
    },
  );

  it('everywhere and without coverage has left everywhere when it is back', async () => {
    const other = await switchOn();
    await logIn(other.page, web.origin, 'nurse', nurse);
    const { context, page } = await switchOn();
    await download(page, web.origin);
    await context.setOffline(true);
    await leaveBy(page, 'Logga ut på alla enheter');
    await page.getByText('Du har ingen täckning').waitFor();
    expect(await sessionStatus(other.page)).toBe(200);
    await context.setOffline(false);
    await page.getByRole('link', { name: 'Logga in' }).waitFor();
    expect(await sessionStatus(page)).toBe(401);
    expect(await sessionStatus(other.page)).toBe(401);
    await logIn(page, web.origin, 'nurse', nurse);
    await page.reload();
    await page.getByRole('heading', { name: 'Dagens patienter' }).waitFor();
    expect(await sessionStatus(page)).toBe(200);
  }, 60_000);

  it('and is not heard ends no session that is begun later', async () => {
    const { context, page } = await switchOn();
    await logIn(page, web.origin, 'nurse', nurse);
    await context.route('**/nurse/logout', (route) => route.abort());
    await leaveBy(page, 'Byt användare');
    await page.getByText('Tjänsten svarar inte').first().waitFor();
    await page.getByRole('button', { name: 'Försök igen' }).waitFor();
    await context.unroute('**/nurse/logout');
    await logIn(page, web.origin, 'nurse', 'lakare-vardcentral');
    await page.reload();
    await page.getByRole('heading', { name: 'Dagens patienter' }).waitFor();
    expect(await sessionStatus(page)).toBe(200);
  });

  it('is asked for again by the issuer, and leaves nothing in another tab', async () => {
    const { context, page } = await switchOn();
    const login = page.getByRole('link', { name: 'Logga in' });
    const asked = async () =>
      (
        await page.request.get(`${web.origin}${await login.getAttribute('href')}`, { maxRedirects: 0 })
      ).headers();
    await page.goto(`${web.origin}/nurse/`);
    await login.waitFor();
    expect((await asked()).location).not.toContain('prompt=');
    await logIn(page, web.origin, 'nurse', nurse);
    const other = await context.newPage();
    await other.goto(`${web.origin}/nurse/patient/astrid-testberg`);
    await other.getByRole('region', { name: 'Ring nu' }).waitFor();
    await leaveBy(page, 'Byt användare');
    await login.waitFor();
    expect(await until(async () => (await login.getAttribute('href'))?.includes('prompt') ?? false)).toBe(
      true,
    );
    expect((await asked()).location).toContain('prompt=login');
    await other.getByRole('link', { name: 'Logga in' }).waitFor();
    expect(await other.content()).not.toContain('Astrid');
  });

  it('with unsent work shows it to no colleague, in any tab', async () => {
    const { context, page } = await switchOn();
    await download(page, web.origin);
    const other = await context.newPage();
    await other.goto(`${web.origin}/nurse/patient/astrid-testberg`);
    await other.getByRole('region', { name: 'Ring nu' }).waitFor();
    await context.route('**/nurse/api/Encounter', (route) => route.abort());
    await openAstrid(page);
    await registerVisit(page);
    await context.clearCookies();
    await logIn(page, web.origin, 'nurse', 'lakare-vardcentral');
    for (const tab of [page, other]) {
      await tab.getByRole('heading', { name: 'En kollegas arbete väntar' }).waitFor();
      expect(await tab.content()).not.toContain('Astrid');
    }
    expect(await page.getByRole('link', { name: 'Logga in som någon annan' }).getAttribute('href')).toContain(
      'prompt=login',
    );
  }, 60_000);
});

describe('A service that does not answer', () => {
  it('is not called a lack of coverage', async () => {
    const { context, page } = await switchOn();
    await logIn(page, web.origin, 'nurse', nurse);
    await context.route('**/nurse/api/**', (route) => route.abort());
    await page.getByRole('searchbox').fill('Astrid');
    await page.getByRole('button', { name: 'Sök' }).click();
    await page.getByText('Tjänsten svarar inte. Sök igen').waitFor();
    await page.getByRole('status').filter({ hasText: 'Tjänsten svarar inte.' }).first().waitFor();
    expect(await inSight(page, /ingen täckning/i)).toBe(0);
  });
});
