import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { edgeless, faintTexts, moving, sideways, smallTargets, violations } from './accessibility.ts';
import { enter, sittings } from './scenes.ts';
import { servedInBrowser } from './served.ts';
import { logIn, newVisitor, phone, troublesOf } from './visits.ts';

const { web, browser } = await servedInBrowser();

/** The narrowest screen that WCAG 2.2 asks for (1.4.10): 1280 px at a zoom of 400 %. */
const narrow = { width: 320, height: 740 };

describe.each(sittings)('$client, $persona', ({ client, persona, scenes }) => {
  let page: Page;
  let troubles: string[];
  beforeAll(async () => {
    const context = await newVisitor(browser, phone);
    page = await context.newPage();
    troubles = troublesOf(page);
    if (persona) await logIn(page, web.origin, client, persona);
  });
  afterAll(async () => {
    await page.context().close();
  });

  it.each(scenes)('$name', async (scene) => {
    troubles.length = 0;
    await page.setViewportSize(phone.viewport);
    await page.emulateMedia({ colorScheme: 'light', forcedColors: 'none', reducedMotion: 'no-preference' });
    await enter(page, web.origin, scene);
    const found: Record<string, readonly string[]> = {
      axe: await violations(page),
      'smaller than 48 px': await smallTargets(page),
    };
    await page.emulateMedia({ colorScheme: 'dark' });
    found['too faint in the dark'] = await faintTexts(page);
    await page.emulateMedia({ colorScheme: 'light', forcedColors: 'active' });
    found['without an edge in forced colours'] = await edgeless(page);
    await page.emulateMedia({ forcedColors: 'none', reducedMotion: 'reduce' });
    found['moves although less motion is asked for'] = await moving(page);
    await page.setViewportSize(narrow);
    found['wider than 320 px'] = await sideways(page);
    found['behind the scenes'] = [...troubles];
    expect(Object.fromEntries(Object.entries(found).filter(([, lines]) => lines.length > 0))).toEqual({});
  });
});
