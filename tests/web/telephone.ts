import { setTimeout as sleep } from 'node:timers/promises';
import { type BrowserContext, chromium, type Page } from 'playwright-core';
import { afterEach } from 'vitest';
import { temporaryFolder } from '../services/service-process.ts';
import { launchOptions } from './browser.ts';
import { areGone, killedWith } from './processes.ts';
import { logIn, patienceMs, phone } from './visits.ts';

/** A telephone with storage of its own, on disk. */
export interface Telephone {
  readonly profile: string;
  readonly context: BrowserContext;
  readonly page: Page;
}

/** The telephones of a test. */
export interface Telephones {
  switchOn(profile?: string): Promise<Telephone>;
  /** One on which the day's patients lie. */
  downloaded(): Promise<Telephone>;
  /** As one whose battery falls out: no page is told, and nothing of the browser is left that holds its files. */
  kill(telephone: Telephone): Promise<void>;
}

/** Thrown away after each test, with everything that lies on them. */
export function telephones(origin: string): Telephones {
  const folders: { path: string; remove(): void }[] = [];
  const running = new Set<BrowserContext>();
  const newProfile = (): string => {
    const folder = temporaryFolder();
    folders.push(folder);
    return folder.path;
  };
  const switchOn = async (profile = newProfile()): Promise<Telephone> => {
    const context = await chromium.launchPersistentContext(profile, {
      ...(await launchOptions()),
      ...phone,
    });
    running.add(context);
    context.setDefaultTimeout(patienceMs);
    return { profile, context, page: context.pages()[0] ?? (await context.newPage()) };
  };
  afterEach(async () => {
    for (const context of running) await context.close().catch(() => undefined);
    running.clear();
    for (const folder of folders.splice(0)) folder.remove();
  });
  return {
    switchOn,
    async downloaded() {
      const telephone = await switchOn();
      await download(telephone.page, origin);
      return telephone;
    },
    async kill({ profile, context }) {
      running.delete(context);
      const ended = new Promise((resolve) => context.once('close', resolve));
      const ids = await killedWith(`--user-data-dir=${profile}`);
      await ended;
      await until(() => areGone(ids));
    },
  };
}

export const CODE = '483920';

/** Logs in and puts the day's patients on the telephone. */
export async function download(page: Page, origin: string, persona = 'ssk-hemsjukvard'): Promise<void> {
  await logIn(page, origin, 'nurse', persona);
  await page.getByRole('button', { name: 'Ladda ner för dagen' }).click();
  await page.getByLabel('Ny kod').fill(CODE);
  await page.getByRole('button', { name: 'Spara koden' }).click();
  await page.getByText(/patienter är nedladdade\./).waitFor();
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
}

export async function enterCode(page: Page, code: string): Promise<void> {
  await page.getByLabel('Din kod').fill(code);
  await page.getByRole('button', { name: 'Lås upp', exact: true }).click();
}

export async function unlock(page: Page): Promise<void> {
  await enterCode(page, CODE);
  await page.getByRole('region', { name: 'Besök', exact: true }).waitFor();
}

export const openAstrid = (page: Page): Promise<void> =>
  page
    .getByRole('link', { name: /Astrid Testberg/ })
    .first()
    .click();

export async function registerVisit(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Registrera besök' }).first().click();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^(Spara|Registrera)/ })
    .click();
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
}

/** Writes about a visit, and leaves it there. */
export async function beginVisit(page: Page, note: string): Promise<void> {
  await page.getByRole('button', { name: 'Registrera besök' }).first().click();
  await page.getByRole('dialog').getByLabel('Anteckning').fill(note);
}

/** Presses a button of the menu with the user's name. */
export async function leaveBy(page: Page, name: string): Promise<void> {
  await page.locator('header summary').click();
  await page.getByRole('button', { name }).click();
}

/** Ten seconds at most. */
export async function until(holds: () => Promise<boolean>): Promise<boolean> {
  for (let wait = 0; wait < 40; wait++) {
    if (await holds()) return true;
    await sleep(250);
  }
  return false;
}
