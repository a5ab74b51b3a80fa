import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { readableOnDisk, secrets } from './disk.ts';
import { served } from './served.ts';
import { damage, stored, storeInTheClear } from './storage.ts';
import {
  CODE,
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
const { switchOn, downloaded } = telephones(web.origin);

const open = (page: Page, path: string) => page.goto(`${web.origin}/nurse${path}`);

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
    await leaveBy(page, 'Byt användare');
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
        await leaveBy(page, 'Byt användare');
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
    await leaveBy(page, 'Byt användare');
    await page.getByRole('link', { name: 'Logga in' }).waitFor();
    await lockIn(other).waitFor({ state: 'detached' });
    expect((await stored(page)).records).toBe(0);
  }, 60_000);

  it('five wrong codes delete it, and say before and after what was not sent', async () => {
    const { context, page } = await downloaded();
    await context.setOffline(true);
    await openAstrid(page);
    await registerVisit(page);
    await open(page, '/');
    for (let wrong = 1; wrong <= 5; wrong++) {
      await enterCode(page, '759301');
      if (wrong < 5) await page.getByText(/Fel kod\. Du har/).waitFor();
      if (wrong === 4)
        await page
          .getByText('Du har ett försök kvar.')
          .filter({ hasText: 'försvinner då: 1 besök eller avbockning' })
          .waitFor();
      if (wrong < 5) expect(await page.getByLabel('Din kod').inputValue()).toBe('');
    }
    await page.getByText('hann inte skickas och är borta: 1 besök eller avbockning').waitFor();
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
    await leaveBy(other.page, 'Logga ut på alla enheter');
    await other.page.getByRole('link', { name: 'Logga in' }).waitFor();
    await page.reload();
    await page.getByText('avslutades från en annan enhet').waitFor();
    expect(await until(async () => (await stored(page)).records === 0)).toBe(true);
  });

  it('what nobody has looked at for a quarter of an hour is locked', async () => {
    const { page } = await downloaded();
    await page.clock.install();
    const look = (isHidden: boolean) =>
      page.evaluate((hidden) => {
        Object.defineProperty(document, 'hidden', { value: hidden, configurable: true });
        document.dispatchEvent(new Event('visibilitychange'));
      }, isHidden);
    const lock = page.getByRole('button', { name: 'Lås det som är nedladdat' });
    await page.reload();
    await enterCode(page, CODE);
    await lock.waitFor();
    await look(true);
    await page.clock.fastForward(14 * 60_000);
    await look(false);
    await page.clock.runFor(1000);
    expect(await lock.isVisible()).toBe(true);
    await look(true);
    await page.clock.fastForward(16 * 60_000);
    await page.getByLabel('Din kod').waitFor();
    expect(await lock.count()).toBe(0);
    await look(false);
    await enterCode(page, CODE);
    await lock.waitFor();
  }, 60_000);

  it('what the telephone has damaged is said, and leaves when the nurse has seen it', async () => {
    const { context, page } = await downloaded();
    await context.setOffline(true);
    await openAstrid(page);
    await registerVisit(page);
    await damage(page, 'queue');
    await context.setOffline(false);
    await page.goBack();
    await page.getByText('Det gäller: 1 besök eller avbockning').waitFor();
    await page.getByRole('button', { name: 'Ta bort det skadade' }).click();
    await page.getByText('är skadat').waitFor({ state: 'detached' });
    await page
      .getByRole('status')
      .filter({ hasText: /Uppkopplad\./ })
      .waitFor();
  });

  it('a telephone that cannot note who was read shows whom to call all the same, and says it', async () => {
    const { context, page } = await downloaded();
    await page.evaluate(() => {
      const { add } = IDBObjectStore.prototype;
      IDBObjectStore.prototype.add = function full(...given) {
        if (this.name === 'reads') throw new DOMException('full', 'QuotaExceededError');
        return add.apply(this, given);
      };
    });
    await context.setOffline(true);
    await openAstrid(page);
    await page.getByRole('region', { name: 'Ring nu' }).getByRole('link').first().waitFor();
    await page.getByRole('status').filter({ hasText: 'Telefonen kunde inte spara' }).waitFor();
  });
});
