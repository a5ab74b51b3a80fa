import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { readableOnDisk, secrets } from './disk.ts';
import { served } from './served.ts';
import { stored } from './storage.ts';
import { CODE, enterCode, openAstrid, registerVisit, telephones, unlock, until } from './telephone.ts';
import { logIn } from './visits.ts';

const web = await served();
const { switchOn, kill, downloaded } = telephones(web.origin);

const open = (page: Page, path: string) => page.goto(`${web.origin}/nurse${path}`);

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
