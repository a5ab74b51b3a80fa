import type { Page } from 'playwright-core';
import type { Client } from './visits.ts';

/** A page of a client, or a state of one, as somebody comes to it. */
export interface Scene {
  /** Names its picture too. */
  readonly name: string;
  readonly path: string;
  /** The page with the link that leads there. */
  readonly from?: string;
  /** What is done there before it is looked at. */
  readonly act?: (page: Page) => Promise<void>;
}

/** What one persona looks at; nobody is logged in without one. */
export interface Sitting {
  readonly client: Client;
  readonly persona: string | null;
  readonly scenes: readonly Scene[];
}

const press = (name: string | RegExp) => (page: Page) => page.getByRole('button', { name }).first().click();

const patientPages: readonly Scene[] = [
  { name: 'idag', path: '/patient/' },
  {
    name: 'meny',
    path: '/patient/',
    act: async (page) => {
      const opener = page.locator('summary', { hasText: 'Meny' });
      // A wide screen shows all of it.
      if (await opener.isVisible()) await opener.click();
    },
  },
  { name: 'ring', path: '/patient/ring' },
  { name: 'samre', path: '/patient/samre' },
  { name: 'mal', path: '/patient/mal' },
  { name: 'vem', path: '/patient/vem' },
  { name: 'tider', path: '/patient/tider' },
  { name: 'logg', path: '/patient/logg' },
  { name: 'delning', path: '/patient/delning' },
  { name: 'skriv', path: '/patient/skriv' },
  { name: 'skriv-anteckning', path: '/patient/skriv/anteckning' },
  { name: 'skriv-fel-nummer', path: '/patient/skriv/fel-nummer' },
  { name: 'skriv-tacka-nej', path: '/patient/skriv/tacka-nej' },
  { name: 'skriv-fel', path: '/patient/skriv/anteckning', act: press('Skicka') },
  { name: 'snart-utloggad', path: '/patient/skriv/anteckning', act: almostLoggedOut },
  { name: 'samtycke', path: '/patient/delning', act: follow(/Ändra vad .+ får läsa/) },
  { name: 'sparra', path: '/patient/delning', act: follow(/Spärra det som/) },
  { name: 'kontaktblad', path: '/patient/kontaktblad' },
  { name: 'om', path: '/patient/om' },
  { name: 'tillganglighet', path: '/patient/tillganglighet' },
  { name: 'finns-inte', path: '/patient/finns-inte' },
];

/** Shown as it is some minutes before the end, which tests/web/patient-ending.test.ts waits for. */
async function almostLoggedOut(page: Page): Promise<void> {
  await page.evaluate(() => document.querySelector('.nv-ending > [hidden]')?.removeAttribute('hidden'));
}

function follow(name: RegExp) {
  return (page: Page) => page.getByRole('link', { name }).first().click();
}

/** A page as it is after a choice that was made there. */
const chosen = (name: 'sprak' | 'storlek', value: string, page: string) => ({
  path: `/patient/val?${name}=${value}`,
  from: `/patient/${page}`,
});

const inOtherWords: readonly Scene[] = [
  { name: 'lattlast-idag', ...chosen('sprak', 'sv-lattlast', '') },
  { name: 'lattlast-samre', ...chosen('sprak', 'sv-lattlast', 'samre') },
  { name: 'engelska-ring', ...chosen('sprak', 'en', 'ring') },
  { name: 'engelska-vem', ...chosen('sprak', 'en', 'vem') },
  { name: 'arabiska-idag', ...chosen('sprak', 'ar', '') },
  { name: 'arabiska-ring', ...chosen('sprak', 'ar', 'ring') },
  { name: 'arabiska-delning', ...chosen('sprak', 'ar', 'delning') },
  { name: 'arabiska-tillganglighet', ...chosen('sprak', 'ar', 'tillganglighet') },
  { name: 'arabiska-skriv', ...chosen('sprak', 'ar', 'skriv') },
];

const inLargeText: readonly Scene[] = [
  { name: 'storst-idag', ...chosen('storlek', 'storst', '') },
  { name: 'storst-samre', ...chosen('storlek', 'storst', 'samre') },
];

const astrid = '/nurse/patient/astrid-testberg';

const nursePages: readonly Scene[] = [
  { name: 'lista', path: '/nurse/' },
  { name: 'anvandare', path: '/nurse/', act: (page) => page.locator('header summary').click() },
  { name: 'sok-ingen', path: '/nurse/', act: search('Ingenstans') },
  { name: 'sok-traff', path: '/nurse/', act: search('Testberg') },
  { name: 'nummer', path: '/nurse/nummer' },
  { name: 'nu', path: astrid },
  { name: 'nu-sbar', path: astrid, act: (page) => page.locator('summary', { hasText: 'SBAR' }).click() },
  { name: 'plan', path: `${astrid}/plan` },
  { name: 'kontakter', path: `${astrid}/kontakter` },
  { name: 'besok', path: `${astrid}/besok` },
  { name: 'registrera-besok', path: astrid, act: press('Registrera besök') },
  { name: 'sip-del', path: `${astrid}/plan`, act: press('Ändra er del') },
  {
    name: 'fel-nummer',
    path: `${astrid}/kontakter`,
    act: press(/är fel/),
  },
  { name: 'gunvor', path: '/nurse/patient/gunvor-testberg' },
  { name: 'vera-skyddad', path: '/nurse/patient/vera-testberg' },
  { name: 'valj-kod', path: '/nurse/', act: press('Ladda ner för dagen') },
  { name: 'finns-inte', path: '/nurse/finns-inte' },
  // Last, since the browser asks before it leaves this one.
  { name: 'inte-sparat', path: '/nurse/', act: leaveWhileSaving },
];

function search(text: string) {
  return async (page: Page) => {
    await page.getByRole('searchbox').fill(text);
    await page.getByRole('button', { name: 'Sök' }).click();
  };
}

/** A visit that could not be saved, told on the page that was gone on to meanwhile. */
async function leaveWhileSaving(page: Page): Promise<void> {
  await page.route('**/nurse/api/Encounter', async (route) => {
    await page.evaluate(() => history.back());
    await page.getByRole('heading', { level: 1, name: 'Dagens patienter' }).waitFor();
    await route.abort();
  });
  await page
    .getByRole('link', { name: /Astrid/ })
    .first()
    .click();
  await press('Registrera besök')(page);
  await press('Spara besöket')(page);
  await page.getByRole('dialog', { name: 'Besöket är inte sparat' }).waitFor();
}

/** A service that does not answer, a telephone without coverage, and what was downloaded before. */
const withoutService: readonly Scene[] = [
  {
    name: 'tjansten-nere',
    path: astrid,
    act: async (page) => {
      await page.route('**/nurse/api/**', (route) => route.fulfill({ status: 503, body: '{}' }));
      await page.reload();
      await page.getByText('Planen kunde inte hämtas').waitFor();
    },
  },
  {
    name: 'inte-nedladdad',
    path: astrid,
    act: async (page) => {
      await loseCoverage(page);
      await page.getByText('Du har ingen täckning').first().waitFor();
    },
  },
  {
    name: 'nedladdat',
    path: '/nurse/',
    act: async (page) => {
      await press('Ladda ner för dagen')(page);
      await page.getByLabel('Ny kod').fill('483920');
      await press('Spara koden')(page);
      await page.getByText(/nedladdade\./).waitFor();
    },
  },
  { name: 'last', path: '/nurse/', act: loseCoverage },
  { name: 'utan-tackning-lista', path: '/nurse/', act: unlockWithoutCoverage },
  {
    name: 'utan-tackning-nu',
    path: '/nurse/',
    act: async (page) => {
      await unlockWithoutCoverage(page);
      await page
        .getByRole('link', { name: /Astrid/ })
        .first()
        .click();
    },
  },
  {
    name: 'utan-tackning-gammal',
    path: '/nurse/',
    act: async (page) => {
      await page.clock.install({ time: Date.now() + 5 * 3_600_000 });
      await unlockWithoutCoverage(page);
      await page
        .getByRole('link', { name: /Astrid/ })
        .first()
        .click();
      await page.getByText(/Uppgifterna hämtades/).waitFor();
    },
  },
];

/** The session has ended while a visit was being written. */
async function loseSession(page: Page): Promise<void> {
  await press('Registrera besök')(page);
  await page.context().clearCookies();
  await page.evaluate(() => dispatchEvent(new Event('focus')));
  await page.getByRole('heading', { name: 'Logga in igen för att fortsätta' }).waitFor();
}

async function loseCoverage(page: Page): Promise<void> {
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  await page.context().setOffline(true);
  await page.reload();
}

async function unlockWithoutCoverage(page: Page): Promise<void> {
  await loseCoverage(page);
  await page.getByLabel('Din kod').fill('483920');
  await page.getByRole('button', { name: 'Lås upp', exact: true }).click();
  await page.getByRole('region', { name: 'Besök', exact: true }).waitFor();
}

/** Each page and state of both clients. */
export const sittings: readonly Sitting[] = [
  {
    client: 'patient',
    persona: null,
    scenes: [{ name: 'valkommen', path: '/patient/' }],
  },
  { client: 'patient', persona: 'patient', scenes: patientPages },
  { client: 'patient', persona: 'patient', scenes: inOtherWords },
  { client: 'patient', persona: 'patient', scenes: inLargeText },
  {
    client: 'patient',
    persona: 'barn',
    scenes: [
      { name: 'barn-idag', path: '/patient/' },
      { name: 'barn-samre', path: '/patient/samre' },
    ],
  },
  {
    client: 'patient',
    persona: 'vardnadshavare',
    scenes: [
      { name: 'vardnadshavare', path: '/patient/' },
      { name: 'vardnadshavare-delning', path: '/patient/delning' },
    ],
  },
  {
    client: 'nurse',
    persona: null,
    scenes: [{ name: 'logga-in', path: '/nurse/' }],
  },
  { client: 'nurse', persona: 'ssk-hemsjukvard', scenes: nursePages },
  {
    client: 'nurse',
    persona: 'nattsjukskoterska',
    scenes: [
      { name: 'natt-lista', path: '/nurse/' },
      { name: 'natt-nu', path: astrid },
    ],
  },
  { client: 'nurse', persona: 'ssk-hemsjukvard', scenes: withoutService },
  {
    client: 'nurse',
    persona: 'ssk-hemsjukvard',
    scenes: [
      { name: 'inloggad-igen', path: '/nurse/?login=klar' },
      { name: 'logga-in-igen', path: astrid, act: loseSession },
    ],
  },
  {
    client: 'nurse',
    persona: 'ambulans',
    scenes: [
      { name: 'ingen-ratt', path: astrid },
      { name: 'nodoppning', path: astrid, act: press(/^Nödöppning/) },
    ],
  },
  {
    client: 'nurse',
    persona: 'usk-hemtjanst',
    scenes: [
      { name: 'hemtjanst-lista', path: '/nurse/' },
      { name: 'hemtjanst-nu', path: astrid },
    ],
  },
];

/** Comes to a scene and waits until nothing more is loaded. */
export async function enter(page: Page, origin: string, { path, from, act }: Scene): Promise<void> {
  await page.context().setOffline(false);
  await page.unrouteAll();
  await page.goto(origin + path, { ...(from !== undefined && { referer: origin + from }) });
  await settled(page);
  if (!act) return;
  await act(page);
  await settled(page);
}

async function settled(page: Page): Promise<void> {
  await page.getByRole('heading', { level: 1 }).first().waitFor();
  await page.waitForLoadState('networkidle');
  await page.waitForFunction(() => document.querySelector('.nv-loading') === null);
  await page.waitForFunction(() =>
    document.getAnimations().every(({ playState }) => playState !== 'running'),
  );
}
