import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { servedInBrowser } from './served.ts';
import { isInSight, logIn, newVisitor, phone, type Thumb, thumb, troublesOf } from './visits.ts';

const { web, browser } = await servedInBrowser();

/** A nurse with a telephone in one hand. */
async function phoneOf(persona: string): Promise<{ page: Page; troubles: string[] }> {
  const context = await newVisitor(browser, phone);
  const page = await context.newPage();
  const troubles = troublesOf(page);
  await logIn(page, web.origin, 'nurse', persona);
  return { page, troubles };
}

/** What the next tap calls. The call is not made: a browser without a telephone may leave a later navigation hanging for it. */
const numberCalledOn = (page: Page): Promise<string | undefined> =>
  page.evaluate(
    () =>
      new Promise((resolve) => {
        const hold = (event: Event) => {
          event.preventDefault();
          resolve((event.target as Element).closest('a')?.href);
        };
        addEventListener('click', hold, { once: true });
      }),
  );

const region = (page: Page, name: string): Locator => page.getByRole('region', { name });

describe.each([
  ['by day', 'ssk-hemsjukvard'],
  ['at night, who has never met her', 'nattsjukskoterska'],
])('From the list, within three taps, the nurse %s', (_when, persona) => {
  let page: Page;
  let troubles: string[];
  let hand: Thumb;
  beforeAll(async () => {
    ({ page, troubles } = await phoneOf(persona));
  });
  afterAll(async () => {
    expect(troubles).toEqual([]);
    await page.context().close();
  });
  beforeEach(async () => {
    await page.goto(`${web.origin}/nurse/`);
    hand = thumb();
  });
  const openAstrid = async () => {
    await hand.tap(page.getByRole('link', { name: /Astrid Testberg/ }).first());
    await page.getByRole('heading', { level: 1, name: 'Astrid Testberg' }).waitFor();
  };
  const tab = (name: string) =>
    hand.tap(page.getByRole('navigation', { name: 'Patientens sidor' }).getByRole('link', { name }));
  const plan = async () =>
    (await web.ask(persona, 'Patient/astrid-testberg/$samordnad-plan?_format=compact&week=true')).json;

  it('1-2: sees whom to call without scrolling, and calls', async () => {
    await openAstrid();
    const number = region(page, 'Ring nu').getByRole('link').first();
    const { first } = (await plan()).contactNow;
    expect(await number.textContent()).toContain(first.value);
    expect(await isInSight(number)).toBe(true);
    const called = numberCalledOn(page);
    await hand.tap(number);
    expect(await called).toMatch(/^tel:\+?\d+$/);
    expect(hand.taps()).toBe(2);
  });

  it('3: sees what to do when it gets worse, with her own normal values', async () => {
    await openAstrid();
    const steps = region(page, 'Om det blir sämre');
    await steps.getByText('Andnöd i vila, förvirring eller ont i bröstet.').waitFor();
    await steps.getByRole('heading', { name: 'Ring 112 nu' }).waitFor();
    expect(await steps.textContent()).toMatch(/Syremättnad\s*92 %/);
    expect(hand.taps()).toBeLessThanOrEqual(3);
  });

  it('4: sees what is not to be done, or that no limit is written', async () => {
    await openAstrid();
    const said = page.getByText(/behandlingsbegränsning/i).first();
    expect(await isInSight(said)).toBe(true);
    expect(hand.taps()).toBeLessThanOrEqual(3);
  });

  it('5: checks who it is, the way in and what to know first, without scrolling', async () => {
    await openAstrid();
    const atTheDoor = ['Tål inte penicillin', 'Ge inte mer syrgas än så'];
    for (const text of ['1941-03-14', '…-9805', 'Strandvägen 12', 'Portkod 4711', ...atTheDoor])
      expect([text, await isInSight(page.getByRole('main').getByText(text).first())]).toEqual([text, true]);
    expect(hand.taps()).toBeLessThanOrEqual(3);
  });

  it('6: finds the daughter, and whether she may be woken', async () => {
    await openAstrid();
    const relatives = region(page, 'Närstående');
    expect(await relatives.textContent()).toMatch(/Karin Testberg.*Dotter.*Får väckas på natten/s);
    expect(await relatives.getByRole('link', { name: /070-174 06 06/ }).getAttribute('href')).toBe(
      'tel:0701740606',
    );
    expect(hand.taps()).toBeLessThanOrEqual(3);
  });

  it('7: reads the last 24 hours', async () => {
    const { status, text } = await web.ask('ssk-hemsjukvard', 'Encounter', visitThreeHoursAgo());
    expect(status, text).toBe(201);
    await openAstrid();
    await region(page, 'Senaste dygnet').getByText('Lugn i andningen, inga svullna ben.').first().waitFor();
    expect(hand.taps()).toBeLessThanOrEqual(3);
  });

  it('8: registers a visit', async () => {
    const { recent: before } = await plan();
    await openAstrid();
    await hand.tap(page.getByRole('button', { name: 'Registrera besök' }).first());
    await hand.tap(page.getByRole('dialog').getByRole('button', { name: /^(Spara|Registrera)/ }));
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    expect(hand.taps()).toBe(3);
    const { recent } = await plan();
    expect(recent.length).toBe(before.length + 1);
    await tab('Besök');
    await region(page, 'Senaste 14 dagarna')
      .getByRole('listitem')
      .nth(recent.length - 1)
      .waitFor();
  });

  it('9: ticks what has been done', async () => {
    const { done: before } = await plan();
    await openAstrid();
    await tab('Plan');
    await hand.tap(
      region(page, 'Vem gör vad')
        .getByRole('button', { name: /utfört|utförd|gjord/i })
        .first(),
    );
    await region(page, 'Vem gör vad')
      .getByText(/Utfört i dag/)
      .first()
      .waitFor();
    await region(page, 'Vem gör vad')
      .getByRole('button', { name: /^Ångra/ })
      .waitFor();
    expect(hand.taps()).toBe(3);
    expect((await plan()).done.length).toBe(before.length + 1);
  });

  it('10: finds the number of the fast läkarkontakt by day', async () => {
    await openAstrid();
    await tab('Kontakter');
    const doctor = region(page, 'Kontakter').getByRole('listitem').filter({ hasText: 'Omar Lind' }).first();
    await doctor
      .getByRole('link', { name: /031-390 06 20/ })
      .first()
      .waitFor();
    expect(hand.taps()).toBeLessThanOrEqual(3);
  });
});

/** The nurse's own, whatever the time of day is. */
function visitThreeHoursAgo(): object {
  const begun = Date.now() - 3 * 3_600_000;
  const [start, end] = [begun, begun + 20 * 60_000].map((at) => new Date(at).toISOString());
  return {
    resourceType: 'Encounter',
    status: 'finished',
    class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'HH' },
    type: [
      { coding: [{ system: 'https://naravard.se/fhir/CodeSystem/vardkontakt', code: 'hemsjukvardsbesok' }] },
    ],
    subject: { reference: 'Patient/astrid-testberg' },
    serviceProvider: { reference: 'Organization/hemsjukvarden-soder' },
    period: { start, end },
    reasonCode: [{ text: 'Lugn i andningen, inga svullna ben.' }],
  };
}

it('Somebody whom nobody waits for is found by personnummer, and the search is in no address', async () => {
  const { page, troubles } = await phoneOf('ambulans');
  const addresses: string[] = [];
  page.on('request', (request) => addresses.push(request.url()));
  await page.getByRole('searchbox').fill('19410314-9805');
  await page.getByRole('button', { name: 'Sök' }).click();
  await page.getByRole('link', { name: 'Gå vidare' }).click();
  await page.getByRole('heading', { level: 1, name: 'Du ser inte den här personen' }).waitFor();
  expect(addresses.join('\n')).not.toMatch(/9805/);
  expect(troubles).toEqual([]);
  await page.context().close();
});

describe('Whoever may not see', () => {
  it('is told so and why, is given no name, and is offered what is open to the unit', async () => {
    const { page } = await phoneOf('lakare-privat');
    await page.goto(`${web.origin}/nurse/patient/astrid-testberg`);
    await page.getByRole('heading', { level: 1, name: 'Du ser inte den här personen' }).waitFor();
    expect(await page.locator('body').textContent()).not.toMatch(/Astrid Testberg|Strandvägen|Väg dig/);
    await page.locator('a[href="tel:112"]').first().waitFor();
    await page.getByText('Enhetens eget journalsystem registrerar kontakten.').waitFor();
    await page.getByRole('button', { name: /^Nödöppning/ }).waitFor();
    expect(await page.getByText('Ja, samtycker').count()).toBe(0);
    await page.context().close();
  });
});

it('What stands below each other on the list stands apart, and lines stay short where there is room', async () => {
  const { page } = await phoneOf('ssk-hemsjukvard');
  const boxes = () =>
    page
      .locator('.nv-list-page')
      .evaluate((list) =>
        [...list.children].map((each) => each.getBoundingClientRect()).filter(({ height }) => height > 0),
      );
  const below = await boxes();
  expect(below.length).toBeGreaterThan(2);
  for (const [index, { top }] of below.entries())
    expect(top - (below[index - 1]?.bottom ?? 0)).toBeGreaterThanOrEqual(16);
  await page.setViewportSize({ width: 1280, height: 900 });
  for (const { width } of await boxes()) expect(width).toBeLessThanOrEqual(48 * 16);
  await page.context().close();
});
