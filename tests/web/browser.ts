import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium, type LaunchOptions } from 'playwright-core';

/**
 * The Chromium that tests look through: the one of CHROMIUM_PATH, else Debian's, else that of the npm package
 * @sparticuz/chromium, unpacked at its first use.
 */
export async function launchOptions(): Promise<LaunchOptions> {
  const given = process.env.CHROMIUM_PATH ?? [debian].find(existsSync);
  const args = ['--no-sandbox', '--font-render-hinting=none'];
  if (given) return { executablePath: given, args };
  const home = await unpacked();
  return {
    executablePath: join(home, 'chromium'),
    args,
    env: {
      ...(process.env as Record<string, string>),
      // What a machine without a desktop lacks.
      LD_LIBRARY_PATH: join(home, 'al2023', 'lib'),
      ...(!existsSync('/etc/fonts') && { FONTCONFIG_PATH: join(home, 'fonts') }),
    },
  };
}

export const launchBrowser = async (): Promise<Browser> => chromium.launch(await launchOptions());

const debian = '/usr/bin/chromium';
const archives = ['chromium.br', 'fonts.tar.br', 'swiftshader.tar.br', 'al2023.tar.br'];
const cache = fileURLToPath(new URL('../../node_modules/.cache/', import.meta.url));

/** The folder with the package's files. It appears whole: another worker may unpack at the same time. */
async function unpacked(): Promise<string> {
  const entry = import.meta.resolve('@sparticuz/chromium');
  const { version } = JSON.parse(readFileSync(new URL('../package.json', entry), 'utf8'));
  const home = join(cache, `chromium-${version}`);
  if (existsSync(home)) return home;
  mkdirSync(cache, { recursive: true });
  const mine = mkdtempSync(join(cache, 'unpacking-'));
  const { TMPDIR } = process.env;
  process.env.TMPDIR = mine;
  try {
    const { inflate } = await import('@sparticuz/chromium');
    const packed = fileURLToPath(new URL('../bin/', entry));
    await Promise.all(archives.map((name) => inflate(join(packed, name))));
  } finally {
    if (TMPDIR === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = TMPDIR;
  }
  try {
    renameSync(mine, home);
  } catch {
    rmSync(mine, { recursive: true });
  }
  return home;
}
