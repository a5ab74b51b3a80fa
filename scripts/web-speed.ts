import type { CDPSession, Page } from 'playwright-core';
import { startService, temporaryFolder } from '../tests/services/service-process.ts';
import { launchBrowser } from '../tests/web/browser.ts';
import { type Client, logIn, phone } from '../tests/web/visits.ts';

/**
 * How soon the clients can be used on a telephone with weak coverage: `npm run web:speed`. CPU four times slower; network of 400
 * ms there and back and 50 kB/s, and once more a good one.
 */
const good = { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: -1 };
const slow = { offline: false, latency: 400, downloadThroughput: 50_000, uploadThroughput: 50_000 };

interface Measured {
  page: string;
  requests: number;
  /** Over the network, headers included. */
  kilobytes: number;
  /** Largest contentful paint, ms after the navigation began. */
  lcp: number;
  /** When whom to call, or the first heading of a page that has none, can be read. */
  usable: number;
}

const folder = temporaryFolder();
const service = await startService({ DATA_DIR: folder.path });
const browser = await launchBrowser();
try {
  console.table([
    ...(await measured('nurse', 'nattsjukskoterska', [
      ['list', '/nurse/', 'main h1'],
      ['patient', '/nurse/patient/astrid-testberg', 'main a[href^="tel:"]'],
    ])),
    ...(await measured('patient', 'patient', [
      ['today', '/patient/', 'main a[href^="tel:"]'],
      ['whom to call', '/patient/ring', 'main a[href^="tel:"]'],
      ['access log', '/patient/logg', 'main h1'],
    ])),
  ]);
} finally {
  await browser.close();
  await service.stop();
  folder.remove();
}

type Visited = readonly [name: string, path: string, usableAt: string];

/** Each page in a browser that has nothing, then once more. */
async function measured(client: Client, persona: string, pages: readonly Visited[]): Promise<Measured[]> {
  const rows: Measured[] = [];
  for (const [name, path, usableAt] of pages) {
    const context = await browser.newContext(phone);
    const page = await context.newPage();
    await logIn(page, service.origin, client, persona);
    await page.waitForLoadState('networkidle');
    await page.goto('about:blank');
    const session = await context.newCDPSession(page);
    await session.send('Network.enable');
    await session.send('Network.emulateNetworkConditions', slow);
    await session.send('Emulation.setCPUThrottlingRate', { rate: 4 });
    for (const cache of ['empty', 'full', 'full on a good network']) {
      if (cache === 'empty') await forget(session);
      if (cache.endsWith('good network')) await session.send('Network.emulateNetworkConditions', good);
      rows.push(await visited(page, session, `${client} ${name}, cache ${cache}`, path, usableAt));
      // The patient's client has no service worker; the nurse's comes some seconds after the first page.
      if (client === 'nurse') await page.evaluate(() => navigator.serviceWorker.ready.then(() => null));
    }
    await context.close();
  }
  return rows;
}

/** A telephone that is logged in, but has never loaded the page. */
async function forget(session: CDPSession): Promise<void> {
  await session.send('Network.clearBrowserCache');
  const storageTypes = 'cache_storage,service_workers';
  await session.send('Storage.clearDataForOrigin', { origin: service.origin, storageTypes });
}

async function visited(
  page: Page,
  session: CDPSession,
  name: string,
  path: string,
  usableAt: string,
): Promise<Measured> {
  const seen = { requests: 0, bytes: 0 };
  const count = ({ encodedDataLength }: { encodedDataLength: number }) => {
    seen.requests++;
    seen.bytes += encodedDataLength;
  };
  session.on('Network.loadingFinished', count);
  const begun = performance.now();
  await page.goto(`${service.origin}${path}`, { waitUntil: 'commit' });
  await page.locator(usableAt).first().waitFor();
  const usable = performance.now() - begun;
  await page.waitForLoadState('networkidle');
  const lcp = await page.evaluate(largestPaint);
  session.off('Network.loadingFinished', count);
  return {
    page: name,
    requests: seen.requests,
    kilobytes: Math.round(seen.bytes / 100) / 10,
    lcp: Math.round(lcp),
    usable: Math.round(usable),
  };
}

/** Runs in the page. */
function largestPaint(): Promise<number> {
  return new Promise((resolve) => {
    new PerformanceObserver((list) => resolve(list.getEntries().at(-1)?.startTime ?? 0)).observe({
      type: 'largest-contentful-paint',
      buffered: true,
    });
  });
}
