import type { Browser, BrowserContext, BrowserContextOptions, Locator, Page } from 'playwright-core';

const swedish = { locale: 'sv-SE', timezoneId: 'Europe/Stockholm' };

export const phone = {
  ...swedish,
  viewport: { width: 360, height: 740 },
  hasTouch: true,
  isMobile: true,
} as const;
export const tablet = {
  ...swedish,
  viewport: { width: 820, height: 1180 },
  hasTouch: true,
  isMobile: true,
} as const;
export const desktop = { ...swedish, viewport: { width: 1280, height: 900 } } as const;

/** A browser of its own as far as what it stores goes; waits no longer than somebody at the door would. */
export async function newVisitor(browser: Browser, options: BrowserContextOptions): Promise<BrowserContext> {
  const context = await browser.newContext(options);
  context.setDefaultTimeout(patienceMs);
  return context;
}

export const patienceMs = 8000;

export type Client = 'nurse' | 'patient';

/** Logs in as a persona, through the page of the sandbox on which one chooses who to be. */
export async function logIn(page: Page, origin: string, client: Client, persona: string): Promise<void> {
  await page.goto(`${origin}/${client}/login`);
  await page.locator(`button[value="${persona}"]`).click();
  await page.waitForURL(`${origin}/${client}/**`);
  await page.getByRole('heading', { level: 1 }).first().waitFor();
}

/** What goes wrong in a page without being seen: scripts that throw, what the policy refuses, dialogs. */
export function troublesOf(page: Page): string[] {
  const troubles: string[] = [];
  page.on('pageerror', ({ message }) => troubles.push(`error: ${message}`));
  page.on('dialog', (dialog) => {
    troubles.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('console', (message) => {
    // Answers that are refused, and what is not there without coverage, are told to the user.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
      troubles.push(`console: ${message.text()}`);
  });
  return troubles;
}

/** Counts what a thumb does. */
export interface Thumb {
  tap(what: Locator): Promise<void>;
  taps(): number;
}

export function thumb(): Thumb {
  let taps = 0;
  return {
    tap: async (what) => {
      taps++;
      await what.tap();
    },
    taps: () => taps,
  };
}

/** Whether it lies on the screen as it is, without scrolling and not under something else. */
export const isInSight = (what: Locator): Promise<boolean> =>
  what.evaluate((element) => {
    const { left, top, right, bottom } = element.getBoundingClientRect();
    if (top < 0 || left < 0 || bottom > innerHeight || right > innerWidth) return false;
    const over = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
    return over !== null && (element.contains(over) || over.contains(element));
  });
