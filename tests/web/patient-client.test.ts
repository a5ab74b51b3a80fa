import type { BrowserContext, Page } from 'playwright-core';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { servedInBrowser } from './served.ts';
import { desktop, logIn, newVisitor, phone, tablet, troublesOf } from './visits.ts';

const { web, browser } = await servedInBrowser();

/** Astrid, or whoever is named, with a browser that runs no scripts. */
async function visit(persona = 'patient', scripts = false): Promise<{ page: Page; context: BrowserContext }> {
  const context = await newVisitor(browser, { ...tablet, javaScriptEnabled: scripts });
  const page = await context.newPage();
  await logIn(page, web.origin, 'patient', persona);
  return { page, context };
}

const open = (page: Page, path: string) => page.goto(`${web.origin}/patient${path}`);

describe('Without scripts', () => {
  let page: Page;
  let context: BrowserContext;
  beforeAll(async () => {
    ({ page, context } = await visit());
  });
  afterEach(() => context.clearCookies({ name: /^nv-(sprak|storlek)/ }));

  it('the first page says whom to call, as a number to press', async () => {
    const { json } = await web.ask('patient', 'Patient/astrid-testberg/$samordnad-plan?_format=compact');
    await open(page, '/');
    await page.getByRole('heading', { level: 1, name: 'Hej Astrid!' }).waitFor();
    const call = page.getByRole('region', { name: 'Ring nu' });
    expect(await call.getByRole('link').first().textContent()).toContain(json.contactNow.first.value);
    expect(await call.getByRole('link').first().getAttribute('href')).toMatch(/^tel:\+?\d+$/);
    expect(await call.textContent()).toContain(json.contactNow.reason);
  });

  it('the menu opens and leads to every page', async () => {
    await page.setViewportSize(phone.viewport);
    await open(page, '/');
    const opener = page.locator('summary', { hasText: 'Meny' });
    const menu = page.getByRole('navigation', { name: 'Huvudmeny' });
    await opener.click();
    const names = await menu.getByRole('link').allTextContents();
    for (const name of names) {
      await menu.getByRole('link', { name, exact: true }).click();
      const heading = name === 'I dag' ? 'Hej Astrid!' : name;
      await page.getByRole('heading', { level: 1, name: heading, exact: true }).waitFor();
      await opener.click();
      expect(await menu.locator('[aria-current=page]').textContent()).toBe(name);
    }
    await page.setViewportSize(tablet.viewport);
    expect(names.length).toBeGreaterThanOrEqual(7);
  });

  it.each([
    ['anteckning', 'Jag vill helst duscha på morgonen.'],
    ['andring', 'Det står fredag, men det ska vara måndag.'],
    ['tacka-nej', 'Jag vill inte ha matlåda.'],
    ['fast-kontakt', 'Jag vill att Maja är min kontakt.'],
    ['sip', 'Vi behöver prata om trapporna.'],
    ['fel-nummer', 'Det är en annan som svarar.'],
  ])('what she writes as %s is sent and stands there as hers, and the nurse reads it', async (kind, text) => {
    await open(page, `/skriv/${kind}`);
    const nurses = page.getByRole('radio', { name: 'Falkenbergs kommun, hälso- och sjukvård' });
    await nurses.or(page.getByRole('radio')).last().check();
    await page.getByRole('textbox').fill(text);
    await page.getByRole('button', { name: 'Skicka' }).click();
    await page.waitForURL(/\/patient\/skriv$/);
    await page.getByRole('status').filter({ hasText: 'Det du skrev är skickat' }).waitFor();
    const written = page.getByRole('listitem').filter({ hasText: text });
    await written.waitFor();
    expect(await written.textContent()).toContain('Astrid Testberg');
    const { json } = await web.ask(
      'ssk-hemsjukvard',
      'Patient/astrid-testberg/$samordnad-plan?_format=compact',
    );
    expect(json.notes.map((note: { text: string }) => note.text).join('\n')).toContain(text);
  });

  it('a form that lacks something comes back with what is written and says what is missing', async () => {
    await open(page, '/skriv/sip');
    await page.getByRole('textbox').fill('x'.repeat(2001));
    const [answer] = await Promise.all([
      page.waitForResponse((response) => response.request().method() === 'POST'),
      page.getByRole('button', { name: 'Skicka' }).click(),
    ]);
    expect(answer.status()).toBe(422);
    expect(await page.title()).toMatch(/^Fel:/);
    const box = page.getByRole('textbox');
    expect(await box.inputValue()).toBe('x'.repeat(2001));
    const said = page.getByText('Texten är för lång. Den får ha högst 2000 tecken.');
    expect(await said.count()).toBe(2);
    await said.first().click();
    expect(await page.evaluate(() => location.hash)).toBe('#text');
  });

  it('she says no to sharing, and yes again', async () => {
    for (const [answer, code, told] of [
      ['Nej', 'nej', 'Nej. Du har sagt nej.'],
      ['Ja, jag samtycker', 'ja', 'Ja. Du har sagt ja.'],
    ] as const) {
      await open(page, '/delning');
      await page.getByRole('link', { name: 'Ändra vad Falkenbergs kommun' }).first().click();
      await page.getByRole('radio', { name: answer }).check();
      await page.getByRole('button', { name: 'Spara svaret' }).click();
      await page
        .getByRole('status')
        .filter({ hasText: `Ditt ${code} är sparat` })
        .waitFor();
      await page.getByText(told).first().waitFor();
    }
  });

  it('she blocks what one has written, and lifts it', async () => {
    await open(page, '/delning');
    await page
      .getByRole('link', { name: /^Spärra det som Region/ })
      .first()
      .click();
    await page.getByText('Det kan ta längre tid att ge dig rätt vård.').waitFor();
    await page.getByRole('button', { name: 'Spärra mina uppgifter' }).click();
    // Said above the form, as links, and at each field.
    expect(await page.getByText(/^(Fel: ?)?Välj /).count()).toBeGreaterThanOrEqual(4);
    await page.getByRole('radio', { name: /^Allt som/ }).check();
    await page.getByRole('radio', { name: 'Andra vårdgivare och omsorgsgivare' }).check();
    await page.getByRole('button', { name: 'Spärra mina uppgifter' }).click();
    await page.getByText('Uppgifterna är spärrade.').waitFor();
    const blocked = page.getByRole('listitem').filter({ hasText: 'Ja, allt de har skrivit.' });
    await blocked.getByRole('link', { name: 'Häv spärren' }).click();
    await page.getByRole('button', { name: 'Häv spärren' }).click();
    await page.getByText('Spärren är hävd.').waitFor();
    expect(await blocked.count()).toBe(0);
  });

  it('the log tells units in plain words, and no names of staff', async () => {
    await web.ask('ssk-hemsjukvard', 'Patient/astrid-testberg/$samordnad-plan?_format=compact');
    await open(page, '/logg');
    const text = await page.getByRole('main').textContent();
    expect(text).toContain('Hemsjukvården Söder');
    expect(text).not.toContain('Maja Berg');
  });

  it('the calendar file holds times and nothing about what they are', async () => {
    await open(page, '/tider');
    const href = await page.getByRole('link', { name: 'Lägg tiderna i din kalender' }).getAttribute('href');
    const answer = await page.request.get(web.origin + href);
    expect(answer.headers()['content-type']).toContain('text/calendar');
    const file = await answer.text();
    expect(file.match(/BEGIN:VEVENT/g)?.length).toBeGreaterThan(0);
    expect(file).not.toMatch(/Andning|Hemsjukv|läkem|Astrid|Strandvägen/i);
  });

  it('another language is one press away, and what care has written stays Swedish and says so', async () => {
    await open(page, '/samre');
    await page.getByRole('link', { name: 'English' }).click();
    expect(await page.locator('html').getAttribute('lang')).toBe('en');
    expect(new URL(page.url()).pathname).toBe('/patient/samre');
    const step = page.getByText('Väg dig varje morgon och skriv upp vikten.').first();
    expect(await step.evaluate((element) => element.closest('[lang]')?.getAttribute('lang'))).toBe('sv');
    await page.getByRole('link', { name: 'العربية' }).click();
    expect(await page.locator('html').getAttribute('dir')).toBe('rtl');
    expect(await step.evaluate((element) => getComputedStyle(element).direction)).toBe('ltr');
    await page.getByRole('link', { name: 'Svenska', exact: true }).click();
    expect(await page.locator('html').getAttribute('dir')).not.toBe('rtl');
  });

  it('text can be made larger', async () => {
    await open(page, '/');
    const size = () =>
      page.getByRole('main').evaluate((main) => Number.parseFloat(getComputedStyle(main).fontSize));
    const usual = await size();
    await page.getByRole('link', { name: 'Störst text' }).click();
    expect(await size()).toBeGreaterThan(usual * 1.2);
    await page.getByRole('link', { name: 'Vanlig text' }).click();
  });

  it('an address that is not there says so', async () => {
    expect((await open(page, '/finns-inte'))?.status()).toBe(404);
    await page.getByRole('heading', { level: 1, name: 'Sidan finns inte' }).waitFor();
  });
});

describe('On paper', () => {
  it.each([
    ['the contact sheet', '/kontaktblad'],
    ['the plan', '/skriv-ut'],
  ])('%s takes at most two A4', async (_name, path) => {
    const { page, context } = await visit('patient', true);
    await open(page, path);
    expect(pages(await page.pdf({ format: 'A4' }))).toBeLessThanOrEqual(2);
    await context.close();
  });

  it('the contact sheet has the numbers of those who help, and no illness', async () => {
    const { page, context } = await visit();
    await open(page, '/kontaktblad');
    await page.emulateMedia({ media: 'print' });
    const sheet = await page.getByRole('main').textContent();
    expect(sheet).toContain('Astrid Testberg');
    expect(sheet).toContain('112');
    expect(sheet).toContain('070-174 06 06');
    expect(sheet).not.toMatch(/KOL|hjärtsvikt|psykiatri/i);
    expect(await page.getByRole('navigation').filter({ visible: true }).count()).toBe(0);
    await context.close();
  });
});

const pages = (pdf: Buffer): number => pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length ?? 0;

describe('Who may see', () => {
  it('numbers that are for staff alone stand on no page of a patient', async () => {
    const context = await newVisitor(browser, tablet);
    const page = await context.newPage();
    for (const path of ['/', '/om', '/finns-inte']) {
      await open(page, path);
      expect(await page.locator('body').textContent()).not.toMatch(
        /031-390 06 2[79]|för personal|Läkare i beredskap/,
      );
    }
    await context.close();
  });

  it('a guardian of a child of 14 reads as a guardian, without what the law keeps for the child, and blocks nothing', async () => {
    const { page, context } = await visit('vardnadshavare');
    expect(await page.getByRole('main').textContent()).toContain('Det här är planen för Alva Testberg.');
    for (const path of ['/', '/vem', '/tider', '/ring']) {
      await open(page, path);
      expect(await page.locator('body').textContent()).not.toMatch(/psykiatri/i);
    }
    await open(page, '/delning');
    expect(await page.getByRole('main').textContent()).toContain('får du inte spärra barnets uppgifter');
    expect(await page.getByRole('link', { name: /^(Spärra|Ändra vad)/ }).count()).toBe(0);
    await open(page, '/delning/sparra?hos=vardgivare.x');
    expect(new URL(page.url()).pathname).toBe('/patient/delning');
    await context.close();
  });

  it('logging out leaves nothing', async () => {
    const { page, context } = await visit();
    await page.getByRole('button', { name: 'Logga ut' }).click();
    await page.getByRole('link', { name: 'Logga in' }).first().waitFor();
    const cookies = await context.cookies(`${web.origin}/patient/`);
    // The sandbox's login has one of its own, as an e-legitimation would.
    expect(cookies.filter(({ name }) => !name.startsWith('_session'))).toEqual([]);
    await page.goBack();
    expect(await page.locator('body').textContent()).not.toContain('Astrid');
    await open(page, '/samre');
    expect(await page.locator('body').textContent()).not.toContain('Väg dig');
    await context.close();
  });

  it('a form that another site sends is refused', async () => {
    const { page, context } = await visit();
    const answer = await page.request.post(`${web.origin}/patient/skriv/anteckning`, {
      headers: { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' },
      form: { val: 'x', text: 'Skickat av en annan sida' },
    });
    expect(answer.status()).toBe(403);
    expect(await answer.text()).toContain('Formuläret kom från en annan sida.');
    await context.close();
  });

  it('when the database is down the page says so and gives numbers to call', async () => {
    const { page, context } = await visit();
    await web.loseDatabase();
    const answer = await open(page, '/');
    await web.findDatabase();
    expect(answer?.status()).toBe(503);
    expect(await page.locator('a[href="tel:112"]').count()).toBeGreaterThan(0);
    expect(await page.locator('a[href="tel:1177"]').count()).toBeGreaterThan(0);
    await context.close();
  });
});

it('Scripts help and are in nobody’s way', async () => {
  const context = await newVisitor(browser, desktop);
  const page = await context.newPage();
  const troubles = troublesOf(page);
  await logIn(page, web.origin, 'patient', 'patient');
  for (const path of [
    '/',
    '/ring',
    '/samre',
    '/mal',
    '/vem',
    '/tider',
    '/skriv',
    '/logg',
    '/delning',
    '/kontaktblad',
  ])
    await open(page, path);
  await page.getByRole('button', { name: 'Skriv ut sidan' }).first().waitFor();
  expect(troubles).toEqual([]);
  await context.close();
});

describe('Whoever logs in to the wrong client is led to the other', () => {
  it.each([
    {
      client: 'patient',
      persona: 'ssk-hemsjukvard',
      said: 'Den här sidan är för patienter',
      link: '/nurse/',
    },
    { client: 'nurse', persona: 'patient', said: 'Den här sidan är för personal', link: '/patient/' },
  ] as const)('$persona at /$client/', async ({ client, persona, said, link }) => {
    const context = await newVisitor(browser, phone);
    const page = await context.newPage();
    await logIn(page, web.origin, client, persona);
    await page.getByText(said).waitFor();
    expect(await page.locator(`main a[href="${link}"]`).count()).toBe(1);
    expect(await page.locator('body').textContent()).not.toMatch(/031-390 06 2[79]/);
    await context.close();
  });
});
