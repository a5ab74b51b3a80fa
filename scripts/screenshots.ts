import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { startService, temporaryFolder } from '../tests/services/service-process.ts';
import { launchBrowser } from '../tests/web/browser.ts';
import { enter, type Scene, sittings } from '../tests/web/scenes.ts';
import { type Client, desktop, logIn, newVisitor, phone, tablet } from '../tests/web/visits.ts';

/**
 * Pictures of each page and state of both clients, for somebody to look at: `npm run screenshots`, or with the beginning of
 * a name (`npm run screenshots -- nurse-nu`). They lie in `screenshots/`.
 */
const folder = fileURLToPath(new URL('../screenshots/', import.meta.url));

interface Look {
  readonly name: string;
  readonly clients: readonly Client[];
  readonly screen: BrowserContextOptions;
  readonly media?: Parameters<Page['emulateMedia']>[0];
}

const both = ['nurse', 'patient'] as const;
const looks: readonly Look[] = [
  { name: 'phone', clients: both, screen: phone },
  { name: 'tablet', clients: both, screen: tablet },
  { name: 'desktop', clients: both, screen: desktop },
  { name: 'dark', clients: both, screen: phone, media: { colorScheme: 'dark' } },
  { name: 'print', clients: ['patient'], screen: desktop, media: { media: 'print' } },
];
const onScreen = { media: 'screen', colorScheme: 'light' } as const;

const [wanted = ''] = process.argv.slice(2);
if (!wanted) rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
const data = temporaryFolder();
const service = await startService({ DATA_DIR: data.path });
const browser = await launchBrowser();
let missing = 0;
try {
  for (const look of looks) {
    for (const { client, persona, scenes } of sittings) {
      const nameOf = ({ name }: Scene) => `${client}-${name}`;
      const chosen = scenes.filter((scene) => nameOf(scene).startsWith(wanted));
      if (chosen.length === 0 || !look.clients.includes(client)) continue;
      const context = await newVisitor(browser, look.screen);
      const page = await context.newPage();
      if (persona) await logIn(page, service.origin, client, persona);
      // A scene may need what the one before it did.
      for (const scene of wanted ? scenes : chosen) {
        await page.emulateMedia(onScreen);
        if (!(await entered(page, scene))) continue;
        if (look.media) await page.emulateMedia(look.media);
        await page.screenshot({ path: join(folder, `${nameOf(scene)}-${look.name}.png`), fullPage: true });
      }
      await context.close();
    }
  }
} finally {
  await browser.close();
  await service.stop();
  data.remove();
}
if (missing > 0) process.exitCode = 1;

async function entered(page: Page, scene: Scene): Promise<boolean> {
  try {
    await enter(page, service.origin, scene);
    return true;
  } catch (cause) {
    missing++;
    console.error(
      `No picture of ${scene.name}:`,
      cause instanceof Error ? cause.message.split('\n')[0] : cause,
    );
    return false;
  }
}
