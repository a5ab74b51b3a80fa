import type { Page, Route } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { servedInBrowser } from './served.ts';
import { beginVisit } from './telephone.ts';
import { logIn, newVisitor, phone } from './visits.ts';

const { web, browser } = await servedInBrowser();

/** At Astrid's, with a telephone that keeps nothing. */
async function atAstrids(tab = ''): Promise<Page> {
  const context = await newVisitor(browser, phone);
  const page = await context.newPage();
  await logIn(page, web.origin, 'nurse', 'ssk-hemsjukvard');
  await page
    .getByRole('link', { name: /Astrid/ })
    .first()
    .click();
  await page.getByRole('heading', { level: 1, name: 'Astrid Testberg' }).waitFor();
  if (tab) await page.getByRole('navigation').getByRole('link', { name: tab }).click();
  return page;
}

const dialog = (page: Page) => page.getByRole('dialog');
const save = (page: Page) => dialog(page).getByRole('button', { name: 'Spara besöket' });
const unsaved = (page: Page) => page.getByRole('dialog', { name: 'Besöket är inte sparat' });

/** What is sent waits until it is let go; each is let go once. */
async function holdWrites(
  page: Page,
  type: string,
): Promise<(let_: (route: Route) => Promise<void>) => Promise<void>> {
  const held: Route[] = [];
  const arrived: (() => void)[] = [];
  await page.route(`**/nurse/api/${type}*`, (route) => {
    if (route.request().method() === 'GET') return route.fallback();
    held.push(route);
    arrived.shift()?.();
    return undefined;
  });
  return async (letGo) => {
    if (held.length === 0) await new Promise<void>((resolve) => arrived.push(resolve));
    const route = held.shift();
    if (route) await letGo(route);
  };
}

const pass = (route: Route) => route.continue();
const lose = (route: Route) => route.abort();
/** It reaches the service, but the answer is lost on the way back. */
const loseAnswer = async (route: Route) => {
  await route.fetch();
  await route.abort();
};

async function notes(about: string): Promise<string[]> {
  const { json } = await web.ask('ssk-hemsjukvard', 'Encounter?patient=astrid-testberg&_count=100');
  return (json.entry as { resource: { reasonCode?: { text?: string }[] } }[])
    .flatMap(({ resource }) => resource.reasonCode?.[0]?.text ?? [])
    .filter((text) => text.startsWith(about));
}

/** The telephone has nowhere to keep it, and the nurse wants no code. */
async function wantNoCode(page: Page): Promise<void> {
  const code = page.getByRole('dialog', { name: 'Välj en kod för att spara' });
  await code.getByRole('button', { name: 'Stäng' }).click();
  await code.waitFor({ state: 'hidden' });
}

describe('A visit that is slow to be saved', () => {
  it('stays on the screen until it has been answered, whatever is pressed', async () => {
    const page = await atAstrids();
    const next = await holdWrites(page, 'Encounter');
    await beginVisit(page, 'Slow');
    await save(page).click();
    await dialog(page).getByRole('status').filter({ hasText: 'Sparar …' }).waitFor();
    await dialog(page).locator('textarea').focus();
    await page.keyboard.type(', and more');
    expect(await dialog(page).locator('textarea').inputValue()).toBe('Slow');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await dialog(page).getByRole('button', { name: 'Stäng' }).click({ force: true });
    expect(await dialog(page).isVisible()).toBe(true);
    const asked = page.waitForEvent('dialog');
    void page.reload().catch(() => undefined);
    const leaving = await asked;
    expect(leaving.type()).toBe('beforeunload');
    await leaving.dismiss();
    await next(pass);
    await dialog(page).waitFor({ state: 'hidden' });
    expect(await notes('Slow')).toEqual(['Slow']);
    await page.context().close();
  });

  it('and fails where its place is gone is told there, and is saved once when it is tried again', async () => {
    const page = await atAstrids();
    const next = await holdWrites(page, 'Encounter');
    await beginVisit(page, 'Gone');
    await save(page).click();
    await page.evaluate(() => history.back());
    await page.getByRole('heading', { level: 1, name: 'Dagens patienter' }).waitFor();
    await next(loseAnswer);
    await unsaved(page).getByText('Astrid Testberg').waitFor();
    await page.keyboard.press('Escape');
    await unsaved(page).getByRole('button', { name: 'Försök igen' }).click();
    await next(pass);
    await unsaved(page).waitFor({ state: 'hidden' });
    expect(await notes('Gone')).toEqual(['Gone']);
    await page.context().close();
  });

  it('holds as a ticked activity too', async () => {
    const page = await atAstrids('Plan');
    const next = await holdWrites(page, 'Task');
    await page
      .getByRole('button', { name: /^Utfört: / })
      .first()
      .click();
    await page.getByRole('navigation').getByRole('link', { name: 'Nu' }).click();
    await next(lose);
    const told = page.getByRole('dialog', { name: /^Inte sparat: / });
    await told.getByRole('button', { name: 'Försök igen' }).click();
    await next(pass);
    await told.waitFor({ state: 'hidden' });
    await page.context().close();
  });
});

describe('A note that is corrected after a try whose answer was lost', () => {
  it.each([
    ['reached the service', loseAnswer],
    ['did not', lose],
  ])('is what is stored, once, when the first %s', async (what, first) => {
    const page = await atAstrids();
    const next = await holdWrites(page, 'Encounter');
    await beginVisit(page, `Correct ${what}: 38 grader`);
    await save(page).click();
    await next(first);
    await wantNoCode(page);
    await page.waitForFunction(() => document.activeElement?.getAttribute('role') === 'alert');
    await dialog(page).getByLabel('Anteckning').fill(`Correct ${what}: 39 grader`);
    await save(page).click();
    await next(pass);
    await dialog(page).waitFor({ state: 'hidden' });
    expect(await notes(`Correct ${what}`)).toEqual([`Correct ${what}: 39 grader`]);
    await page.context().close();
  });
});
