import { setTimeout as sleep } from 'node:timers/promises';
import { type BrowserContext, chromium, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../services/service-process.ts';
import { launchOptions } from './browser.ts';
import { readableOnDisk } from './disk.ts';
import { areGone, killedWith } from './processes.ts';
import { stored, storeInTheClear } from './storage.ts';
import { logIn, patienceMs, phone } from './visits.ts';
import { startWeb, type WebService } from './web-service.ts';

let web: WebService;
beforeAll(async () => {
  web = await startWeb();
});
afterAll(async () => {
  await web.close();
});

/** A telephone with storage of its own, on disk. */
interface Telephone {
  readonly profile: string;
  readonly context: BrowserContext;
  readonly page: Page;
}

const folders: { path: string; remove(): void }[] = [];
const running = new Set<BrowserContext>();
afterEach(async () => {
  for (const context of running) await context.close().catch(() => undefined);
  running.clear();
  for (const folder of folders.splice(0)) folder.remove();
});

async function switchOn(profile = newProfile()): Promise<Telephone> {
  const context = await chromium.launchPersistentContext(profile, { ...(await launchOptions()), ...phone });
  running.add(context);
  context.setDefaultTimeout(patienceMs);
  return { profile, context, page: context.pages()[0] ?? (await context.newPage()) };
}

function newProfile(): string {
  const folder = temporaryFolder();
  folders.push(folder);
  return folder.path;
}

/** As a telephone whose battery falls out: no page is told, and nothing of the browser is left that holds its files. */
async function kill({ profile, context }: Telephone): Promise<void> {
  running.delete(context);
  const ended = new Promise((resolve) => context.once('close', resolve));
  const ids = await killedWith(`--user-data-dir=${profile}`);
  await ended;
  await until(() => areGone(ids));
}

const CODE = '483920';

/** A telephone on which the day's patients lie. */
async function downloaded(persona = 'ssk-hemsjukvard', profile?: string): Promise<Telephone> {
  const telephone = await switchOn(profile);
  const { page } = telephone;
  await logIn(page, web.origin, 'nurse', persona);
  await page.getByRole('button', { name: 'Ladda ner för dagen' }).click();
  await page.getByLabel('Ny kod').fill(CODE);
  await page.getByRole('button', { name: 'Spara koden' }).click();
  await page.getByText(/patienter är nedladdade\./).waitFor();
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  return telephone;
}

async function enterCode(page: Page, code: string): Promise<void> {
  await page.getByLabel('Din kod').fill(code);
  await page.getByRole('button', { name: 'Lås upp', exact: true }).click();
}

async function unlock(page: Page): Promise<void> {
  await enterCode(page, CODE);
  await page.getByRole('region', { name: 'Besök', exact: true }).waitFor();
}

const open = (page: Page, path: string) => page.goto(`${web.origin}/nurse${path}`);
const openAstrid = (page: Page) =>
  page
    .getByRole('link', { name: /Astrid Testberg/ })
    .first()
    .click();

async function registerVisit(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Registrera besök' }).first().click();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^(Spara|Registrera)/ })
    .click();
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
}

/** Visits to Astrid that have ended or go on, written by the nurse's unit. */
async function visits(): Promise<number> {
  const { json } = await web.ask(
    'ssk-hemsjukvard',
    'Encounter?patient=astrid-testberg&status=finished,in-progress&_summary=count',
  );
  return json.total;
}

/** What the patient's log says. */
const logText = async (): Promise<string> =>
  (await web.ask('patient', 'Patient/astrid-testberg/$atkomstlogg')).text;

async function until(holds: () => Promise<boolean>): Promise<boolean> {
  for (let wait = 0; wait < 40; wait++) {
    if (await holds()) return true;
    await sleep(250);
  }
  return false;
}

describe('Without coverage', () => {
  it('a nurse reads, writes, loses the telephone’s power and comes back: what was written arrives once', async () => {
    const telephone = await downloaded();
    const before = await visits();
    expect(await logText()).toContain('hämtade planen för att kunna läsa den utan uppkoppling');
    expect(await logText()).not.toContain('läste utan uppkoppling');

    await telephone.context.setOffline(true);
    await open(telephone.page, '/');
    await unlock(telephone.page);
    await openAstrid(telephone.page);
    await telephone.page.getByText(/Från telefonen, hämtat/).waitFor();
    await telephone.page.getByRole('region', { name: 'Ring nu' }).getByRole('link').first().waitFor();
    await telephone.page.getByText('Andnöd i vila, förvirring eller ont i bröstet.').waitFor();
    await telephone.page.getByRole('status').filter({ hasText: 'Ingen täckning' }).waitFor();
    await registerVisit(telephone.page);
    await telephone.page.getByRole('status').filter({ hasText: '1 väntar på att skickas' }).waitFor();
    await kill(telephone);
    expect(readableOnDisk(telephone.profile, secrets)).toEqual([]);

    const back = await switchOn(telephone.profile);
    await logIn(back.page, web.origin, 'nurse', 'ssk-hemsjukvard');
    await unlock(back.page);
    expect(await until(async () => (await visits()) === before + 1)).toBe(true);
    expect(await until(async () => (await logText()).includes('läste utan uppkoppling'))).toBe(true);
    await open(back.page, '/');
    await sleep(1500);
    expect(await visits()).toBe(before + 1);
    expect(await back.page.getByText('väntar på att skickas').count()).toBe(0);
  }, 90_000);

  it('an answer that is lost on the way back makes no second visit', async () => {
    const { context, page } = await downloaded();
    const before = await visits();
    let lost = 0;
    await context.route('**/nurse/api/Encounter', async (route) => {
      if (route.request().method() !== 'POST' || lost++ > 0) return route.continue();
      await route.fetch();
      await route.abort('connectionreset');
    });
    await context.setOffline(true);
    await openAstrid(page);
    await registerVisit(page);
    await context.setOffline(false);
    expect(await until(async () => lost > 1)).toBe(true);
    await page
      .getByRole('status')
      .filter({ hasText: 'väntar på att skickas' })
      .waitFor({ state: 'detached' });
    expect(await visits()).toBe(before + 1);
  }, 60_000);

  it('a visit whose sending is cut off by the telephone’s end is sent when it is switched on again', async () => {
    const telephone = await downloaded();
    const before = await visits();
    // It goes out and nothing comes back, as in a lift.
    const sent = new Promise<void>((resolve) => {
      void telephone.context.route('**/nurse/api/Encounter', () => resolve());
    });
    await openAstrid(telephone.page);
    await telephone.page.getByRole('button', { name: 'Registrera besök' }).first().click();
    await telephone.page
      .getByRole('dialog')
      .getByRole('button', { name: /^Spara/ })
      .click();
    await sent;
    await kill(telephone);
    const back = await switchOn(telephone.profile);
    await logIn(back.page, web.origin, 'nurse', 'ssk-hemsjukvard');
    await unlock(back.page);
    expect(await until(async () => (await visits()) === before + 1)).toBe(true);
  }, 90_000);

  it('the plan cannot be changed, and says when it can', async () => {
    const { context, page } = await downloaded();
    await context.setOffline(true);
    await openAstrid(page);
    await page.getByRole('link', { name: 'Plan', exact: true }).click();
    await page.getByRole('button', { name: 'Ändra er del' }).first().click();
    await page.getByText('Du kan ändra när du har täckning igen').waitFor();
    expect(await page.getByRole('dialog').getByRole('textbox').count()).toBe(0);
  });

  it('what is older than four hours is shown with a warning and the number to call; after twelve it is gone', async () => {
    const { context, page } = await downloaded();
    await context.setOffline(true);
    await page.clock.install({ time: Date.now() + 5 * 3_600_000 });
    await open(page, '/');
    await unlock(page);
    await openAstrid(page);
    await page.getByText(/Uppgifterna hämtades/).waitFor();
    await page.getByRole('region', { name: 'Ring nu' }).getByRole('link').first().waitFor();
    await page.clock.fastForward(8 * 3_600_000);
    // That she read is not told to the log yet: it stays sealed, and nothing else does.
    await page.getByText('Det finns arbete som inte är skickat').waitFor();
    await enterCode(page, CODE);
    await page.getByLabel('Din kod').waitFor({ state: 'detached' });
    await open(page, '/nummer');
    expect(await page.locator('body').textContent()).not.toContain('Astrid');
    expect(await stored(page)).toMatchObject({ cached: 0 });
  });

  it('the numbers are there also for who has never logged in', async () => {
    const { context, page } = await switchOn();
    await open(page, '/');
    await page.getByRole('link', { name: 'Logga in' }).waitFor();
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
    await context.setOffline(true);
    await open(page, '/nummer');
    await page.locator('main a[href="tel:112"]').waitFor();
    expect(await page.locator('main a[href="tel:112"]').count()).toBe(1);
    expect(await page.locator('main a[href^="tel:"]').count()).toBeGreaterThan(2);
  });
});

/** What would tell somebody who reads the storage of the telephone about a patient. */
const secrets = [
  'Testberg',
  'Astrid',
  '19410314',
  '410314-9805',
  '1941-03-14',
  'Strandvägen',
  'Portkod 4711',
  '070-174 06',
  'astrid-testberg',
  'Andnöd i vila',
  'Väg dig varje morgon',
  'Omar Lind',
  'Gunvor',
];

describe('On the telephone’s disk', () => {
  it('attack 85: nothing about a patient can be read: in use, when locked, after logging out', async () => {
    const telephone = await downloaded();
    const { page, profile } = telephone;
    const read = async () => {
      // Long enough for the browser to write what it holds back.
      await sleep(1000);
      return readableOnDisk(profile, secrets);
    };
    await openAstrid(page);
    await page.getByRole('link', { name: 'Plan', exact: true }).click();
    await page.getByRole('heading', { name: 'Vem gör vad' }).waitFor();
    expect(await read()).toEqual([]);
    await open(page, '/');
    await unlock(page);
    await page.getByRole('button', { name: 'Lås det som är nedladdat' }).click();
    await page.getByLabel('Din kod').waitFor();
    expect(await read()).toEqual([]);
    await page.locator('header summary').click();
    await page.getByRole('button', { name: 'Byt användare' }).click();
    await page.getByRole('link', { name: 'Logga in' }).waitFor();
    expect(await read()).toEqual([]);
    expect(await stored(page)).toEqual({
      localStorage: 0,
      sessionStorage: 0,
      records: 0,
      cached: 0,
      foreignCaches: [],
    });
    await telephone.context.close();
    expect(readableOnDisk(profile, secrets)).toEqual([]);
  }, 60_000);

  it.each([
    {
      how: 'by the button',
      leave: async (page: Page) => {
        await page.locator('header summary').click();
        await page.getByRole('button', { name: 'Byt användare' }).click();
        await page.getByRole('link', { name: 'Logga in' }).waitFor();
      },
    },
    {
      // Nothing is deleted then: what lies there is sealed.
      how: 'by a form, with no script to delete anything',
      leave: async (page: Page) => {
        await page.evaluate(() => {
          const form = Object.assign(document.createElement('form'), {
            method: 'post',
            action: '/nurse/logout',
          });
          document.body.append(form);
          form.submit();
        });
        await page.waitForURL('**/nurse/logout');
      },
    },
  ])(
    'after a logout $how nothing can be read, and the numbers are there without coverage',
    async ({ leave }) => {
      const { context, page, profile } = await downloaded();
      await leave(page);
      expect((await page.request.get(`${web.origin}/nurse/session`)).status()).toBe(401);
      await context.setOffline(true);
      await open(page, '/nummer');
      await page.locator('main a[href="tel:112"]').waitFor();
      expect(await page.locator('main a[href^="tel:"]').count()).toBeGreaterThan(2);
      await context.close();
      expect(readableOnDisk(profile, secrets)).toEqual([]);
    },
    60_000,
  );

  it('what a page stores in the clear would have been found', async () => {
    const { page, profile, context } = await switchOn();
    await open(page, '/');
    await storeInTheClear(page, 'Astrid Testberg');
    await context.close();
    expect(readableOnDisk(profile, ['Astrid Testberg'])).not.toEqual([]);
  });

  it('what is locked or erased in one tab is closed in the others', async () => {
    const { context, page } = await downloaded();
    const other = await context.newPage();
    const lockIn = (tab: Page) => tab.getByRole('button', { name: 'Lås det som är nedladdat' });
    const unlockOther = async () => {
      await other.bringToFront();
      await enterCode(other, CODE);
      await lockIn(other).waitFor();
      await page.bringToFront();
    };
    await open(other, '/');
    await unlockOther();
    await lockIn(page).click();
    await other.getByLabel('Din kod').waitFor();
    await unlockOther();
    await page.locator('header summary').click();
    await page.getByRole('button', { name: 'Byt användare' }).click();
    await page.getByRole('link', { name: 'Logga in' }).waitFor();
    await lockIn(other).waitFor({ state: 'detached' });
    expect((await stored(page)).records).toBe(0);
  }, 60_000);

  it('five wrong codes delete it', async () => {
    const { context, page } = await downloaded();
    await context.setOffline(true);
    await open(page, '/');
    for (let wrong = 1; wrong <= 5; wrong++) {
      await enterCode(page, '759301');
      if (wrong < 5) await page.getByText(/Fel kod\. Du har/).waitFor();
      if (wrong < 5) expect(await page.getByLabel('Din kod').inputValue()).toBe('');
    }
    await page.getByText('Det som var sparat på telefonen är raderat').waitFor();
    expect((await stored(page)).records).toBe(0);
  }, 60_000);

  it('another user finds nothing of the former', async () => {
    const { context, page } = await downloaded();
    await context.clearCookies();
    await logIn(page, web.origin, 'nurse', 'lakare-vardcentral');
    expect(await until(async () => (await stored(page)).records === 0)).toBe(true);
  });

  it('a session that is ended from another device empties it', async () => {
    const { page } = await downloaded();
    const other = await switchOn();
    await logIn(other.page, web.origin, 'nurse', 'ssk-hemsjukvard');
    await other.page.locator('header summary').click();
    await other.page.getByRole('button', { name: 'Logga ut på alla enheter' }).click();
    await other.page.getByRole('link', { name: 'Logga in' }).waitFor();
    await page.reload();
    await page.getByText('avslutades från en annan enhet').waitFor();
    expect(await until(async () => (await stored(page)).records === 0)).toBe(true);
  });
});
