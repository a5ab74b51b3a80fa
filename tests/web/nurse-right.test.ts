import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { servedInBrowser } from './served.ts';
import { type Client, logIn, newVisitor, phone, tablet, thumb, troublesOf } from './visits.ts';

const { web, browser } = await servedInBrowser();

async function visit(client: Client, persona: string): Promise<{ page: Page; troubles: string[] }> {
  const context = await newVisitor(browser, client === 'nurse' ? phone : tablet);
  const page = await context.newPage();
  const troubles = troublesOf(page);
  await logIn(page, web.origin, client, persona);
  return { page, troubles };
}

const open = (page: Page, path: string) => page.goto(web.origin + path);
const astrid = '/nurse/patient/astrid-testberg';
const said = (page: Page) => page.getByRole('main').textContent();

describe('Nödöppning', () => {
  it('needs its reason, opens the plan, and is seen by the patient', async () => {
    const { page, troubles } = await visit('nurse', 'ambulans');
    await open(page, astrid);
    await page.getByRole('button', { name: /^Nödöppning/ }).click();
    await page.getByText('Öppningen granskas och syns för patienten.').waitFor();
    const form = page.locator('form').filter({ has: page.getByRole('textbox') });
    await form.getByRole('button', { name: /^Öppna/ }).click();
    await page.getByRole('alert').first().waitFor();
    expect(await said(page)).not.toContain('Väg dig varje morgon');
    await form.getByRole('textbox').fill('Medvetslös i hemmet, svår andnöd');
    for (const box of await form.getByRole('checkbox').all()) await box.check();
    await form.getByRole('button', { name: /^Öppna/ }).click();
    const goOn = page.getByRole('button', { name: /planen|Visa|Fortsätt/ });
    await goOn
      .or(page.getByRole('heading', { level: 1, name: 'Astrid Testberg' }))
      .first()
      .waitFor();
    if (await goOn.count()) await goOn.first().click();
    await page.getByRole('heading', { level: 1, name: 'Astrid Testberg' }).waitFor();
    expect(await said(page)).toContain('Väg dig varje morgon');
    expect(troubles).toEqual([]);

    const { page: hers } = await visit('patient', 'patient');
    await open(hers, '/patient/logg');
    const entry = hers.getByRole('listitem').filter({ hasText: 'Nödöppning' }).first();
    expect(await entry.textContent()).toContain('Ambulans');
    await page.context().close();
    await hers.context().close();
  });

  it('is not offered to an omsorgsgivare', async () => {
    const { page } = await visit('nurse', 'nattpatrull');
    await open(page, '/nurse/patient/elis-testberg');
    await page.getByRole('heading', { level: 1, name: 'Du ser inte den här personen' }).waitFor();
    expect(await page.getByRole('button', { name: /Nödöppning/ }).count()).toBe(0);
    await page.context().close();
  });
});

describe('Another user in the same browser', () => {
  it('begins anew in a tab that was left open', async () => {
    const { page } = await visit('nurse', 'ssk-hemsjukvard');
    await open(page, astrid);
    await page.getByRole('heading', { level: 1, name: 'Astrid Testberg' }).waitFor();
    const other = await page.context().newPage();
    const anew = page.waitForEvent('load');
    await logIn(other, web.origin, 'nurse', 'ambulans');
    await anew;
    await page.getByText('Johan Wik').first().waitFor();
    await page.context().close();
  });
});

describe('The patient’s no', () => {
  it('a spärr takes effect in the nurse’s next request, and its lifting too', async () => {
    const { page: nurse } = await visit('nurse', 'ssk-hemsjukvard');
    const { page: hers } = await visit('patient', 'patient');
    await open(nurse, astrid);
    await nurse.getByText('Andnöd i vila, förvirring eller ont i bröstet.').waitFor();

    await open(hers, '/patient/delning');
    await hers
      .getByRole('link', { name: /^Spärra det som Region/ })
      .first()
      .click();
    await hers.getByRole('radio', { name: /^Allt som/ }).check();
    await hers.getByRole('radio', { name: 'Andra vårdgivare och omsorgsgivare' }).check();
    await hers.getByRole('button', { name: 'Spärra mina uppgifter' }).click();
    await hers.getByText('Uppgifterna är spärrade.').waitFor();

    await nurse.reload();
    await nurse
      .getByText(/spärrad|spärrat/)
      .first()
      .waitFor();
    expect(await said(nurse)).not.toContain('Andnöd i vila');
    expect(await said(nurse)).not.toContain('Omar Lind');

    await hers.getByRole('link', { name: 'Häv spärren' }).first().click();
    await hers.getByRole('button', { name: 'Häv spärren' }).click();
    await hers.getByText('Spärren är hävd.').waitFor();
    await nurse.reload();
    await nurse.getByText('Andnöd i vila, förvirring eller ont i bröstet.').waitFor();
    await nurse.context().close();
    await hers.context().close();
  });

  it('a no to sharing leaves the nurse what her own organisation has written, and she can ask again in two taps', async () => {
    const { page: nurse } = await visit('nurse', 'ssk-hemsjukvard');
    const { page: hers } = await visit('patient', 'patient');
    const answer = async (text: string) => {
      await open(hers, '/patient/delning');
      await hers
        .getByRole('link', { name: /^Ändra vad Falkenbergs kommun, hälso/ })
        .first()
        .click();
      await hers.getByRole('radio', { name: text }).check();
      await hers.getByRole('button', { name: 'Spara svaret' }).click();
      await hers.getByText(/Ditt (ja|nej) är sparat/).waitFor();
    };
    await answer('Nej');
    await open(nurse, astrid);
    await nurse.getByText('Personen har sagt nej').waitFor();
    expect(await said(nurse)).not.toContain('Andnöd i vila');
    await answer('Ja, jag samtycker');
    await nurse.reload();
    await nurse.getByText('Andnöd i vila, förvirring eller ont i bröstet.').waitFor();
    await nurse.context().close();
    await hers.context().close();
  });
});

it('A spoken yes is recorded in two taps and opens the plan', async () => {
  const { page } = await visit('nurse', 'lakare-vardcentral');
  await open(page, '/nurse/patient/vera-testberg/besok');
  const others = page.getByText('Såromläggning').first();
  await page.getByRole('heading', { level: 1, name: 'Vera Testberg' }).waitFor();
  expect(await others.count()).toBe(0);
  const hand = thumb();
  const question = page.getByText('Får jag läsa vad andra har skrivit om din vård? Du kan säga nej.');
  const ask = page.getByRole('button', { name: 'Fråga om samtycke' });
  await ask.or(question).first().waitFor();
  if (await ask.count()) await hand.tap(ask);
  await question.waitFor();
  await hand.tap(page.getByText('Ja, samtycker'));
  const save = page.getByRole('button', { name: /^Spara/ });
  if (await save.count()) await hand.tap(save);
  await others.waitFor();
  expect(hand.taps()).toBeLessThanOrEqual(3);
  const receipt = page.getByRole('status').filter({ hasText: 'Svaret är antecknat: ja.' });
  await receipt.getByText('Du kan nu läsa vad de här har skrivit:').waitFor();
  expect(await receipt.getByRole('listitem').allTextContents()).toContain('Hemsjukvården Söder');
  await page.getByRole('button', { name: 'Fortsätt' }).click();
  await receipt.waitFor({ state: 'hidden' });
  await page.context().close();
});

/** A meeting, by which the unit has to do with the patient. */
const encounterOf = (patient: string) => ({
  resourceType: 'Encounter',
  status: 'in-progress',
  class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'AMB' },
  subject: { reference: `Patient/${patient}` },
  period: { start: new Date().toISOString() },
});

describe('Two nurses', () => {
  it('change the same part of a SIP: the second sees both and chooses, and nothing she wrote is lost', async () => {
    const [one, other] = await Promise.all([
      visit('nurse', 'ssk-hemsjukvard'),
      visit('nurse', 'usk-delegering'),
    ]);
    const edit = async ({ page }: typeof one, text: string) => {
      await open(page, `${astrid}/plan`);
      await page.getByRole('button', { name: 'Ändra er del' }).first().click();
      await page.getByRole('dialog').getByRole('textbox').first().fill(text);
    };
    const save = ({ page }: typeof one) =>
      page
        .getByRole('dialog')
        .getByRole('button', { name: /^Spara/ })
        .first()
        .click();
    await edit(one, 'Besök tre gånger i veckan, säger Maja.');
    await edit(other, 'Besök varje dag, säger Sven.');
    await save(one);
    await one.page.getByRole('dialog').waitFor({ state: 'hidden' });
    await save(other);
    const dialog = other.page.getByRole('dialog');
    await dialog.getByText('Besök tre gånger i veckan, säger Maja.').first().waitFor();
    expect(await dialog.innerHTML()).toContain('Besök varje dag, säger Sven.');
    await dialog
      .getByRole('button', { name: /min|mitt|mina/i })
      .first()
      .click();
    await dialog.waitFor({ state: 'hidden' });
    const { text } = await web.ask('ssk-hemsjukvard', 'CarePlan?patient=astrid-testberg');
    expect(text).toContain('Besök varje dag, säger Sven.');
    expect(one.troubles.concat(other.troubles)).toEqual([]);
    await one.page.context().close();
    await other.page.context().close();
  });
});

describe('What somebody has stored to harm', () => {
  const attack = '<img src=x onerror="alert(1)"><script>alert(2)</script>{{7*7}}"\'><svg onload=alert(3)>';

  it('stays text in both clients: in names, notes, plans and narrative', async () => {
    const { json: gunvor } = await web.ask('journalsystem', 'Patient/gunvor-testberg');
    const renamed = await web.ask(
      'journalsystem',
      'Patient/gunvor-testberg',
      { ...gunvor, name: [{ ...gunvor.name[0], text: `Gunvor ${attack}`, given: [`Gunvor ${attack}`] }] },
      'PUT',
    );
    expect(renamed.status, renamed.text).toBe(200);
    const note = await web.ask('patient', 'Patient/astrid-testberg/$meddelande', {
      resourceType: 'Parameters',
      parameter: [
        { name: 'kind', valueCode: 'onskan-andring' },
        { name: 'text', valueString: attack },
        { name: 'about', valueReference: { reference: 'CarePlan/astrid-behandlingsplan-2' } },
      ],
    });
    expect(note.status, note.text).toBeLessThan(300);
    const visitWith = await web.ask('ssk-hemsjukvard', 'Encounter', {
      ...encounterOf('astrid-testberg'),
      reasonCode: [{ text: attack }],
    });
    expect(visitWith.status, visitWith.text).toBe(201);

    const { page: nurse, troubles } = await visit('nurse', 'ssk-hemsjukvard');
    for (const path of [
      '/nurse/',
      '/nurse/patient/gunvor-testberg',
      ...['', '/plan', '/besok', '/kontakter'].map((tab) => astrid + tab),
    ]) {
      await open(nurse, path);
      await nurse.waitForLoadState('networkidle');
    }
    await open(nurse, '/nurse/patient/gunvor-testberg');
    await nurse.getByRole('heading', { level: 1 }).filter({ hasText: attack }).waitFor();
    await open(nurse, `${astrid}/plan`);
    await nurse.getByText(attack).first().waitFor();

    const { page: hers, troubles: hersToo } = await visit('patient', 'patient');
    for (const path of ['/', '/skriv', '/tider', '/vem', '/skriv-ut', '/logg'])
      await open(hers, `/patient${path}`);
    await open(hers, '/patient/skriv');
    await hers.getByText(attack).first().waitFor();
    expect(troubles.concat(hersToo)).toEqual([]);
    await nurse.context().close();
    await hers.context().close();
  });

  it('in addresses stays text too', async () => {
    const { page, troubles } = await visit('patient', 'patient');
    for (const path of [
      `/patient/${encodeURIComponent(attack)}`,
      `/patient/skriv?om=${encodeURIComponent(attack)}`,
      `/patient/val?sprak=${encodeURIComponent(attack)}`,
      `/patient/login?to=${encodeURIComponent('https://evil.example/')}`,
      `/patient/skriv/fel-nummer?om=${encodeURIComponent(attack)}`,
      `/nurse/patient/${encodeURIComponent(attack)}`,
    ]) {
      await open(page, path).catch(() => undefined);
      expect(new URL(page.url()).origin).toBe(web.origin);
    }
    expect(troubles).toEqual([]);
    await page.context().close();
  });
});

it('The page of neither client holds a token, nor is one kept by the browser', async () => {
  const { page } = await visit('nurse', 'ssk-hemsjukvard');
  const seen: string[] = [];
  page.on('response', async (response) => {
    const body = await response.text().catch(() => '');
    seen.push(response.url(), JSON.stringify(response.headers()), body);
  });
  await open(page, astrid);
  await page.waitForLoadState('networkidle');
  expect(seen.join('\n')).not.toMatch(/eyJ[\w-]{10,}\.eyJ/);
  const stored = await page.evaluate(() =>
    JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie]),
  );
  expect(stored).not.toMatch(/eyJ/);
  expect(await page.evaluate(() => document.cookie)).not.toMatch(/nv-n/);
  await page.context().close();
});

it('When the database is down the numbers are there, and the page says what has happened', async () => {
  const { page } = await visit('nurse', 'ssk-hemsjukvard');
  await web.loseDatabase();
  try {
    await open(page, astrid);
    await page.getByRole('heading', { level: 1, name: 'Planen kunde inte hämtas' }).waitFor();
    await page.locator('main a[href="tel:112"]').first().waitFor();
    await page.getByRole('link', { name: 'Nummer' }).click();
    await page.getByRole('heading', { level: 1, name: 'Viktiga nummer' }).waitFor();
    await page.locator('main a[href="tel:112"]').first().waitFor();
    expect(await page.locator('main a[href^="tel:"]').count()).toBeGreaterThan(2);
  } finally {
    await web.findDatabase();
  }
  await page.context().close();
});
