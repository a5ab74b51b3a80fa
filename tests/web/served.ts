import type { Browser } from 'playwright-core';
import { afterAll } from 'vitest';
import { launchBrowser } from './browser.ts';
import { startWeb, type WebService } from './web-service.ts';

/** The built sandbox, until the tests of the file have run. */
export async function served(): Promise<WebService> {
  const web = await startWeb();
  afterAll(() => web.close());
  return web;
}

/** The same, and a browser to look at it with. */
export async function servedInBrowser(): Promise<{ readonly web: WebService; readonly browser: Browser }> {
  const [web, browser] = await Promise.all([startWeb(), launchBrowser()]);
  afterAll(async () => {
    await browser.close();
    await web.close();
  });
  return { web, browser };
}
