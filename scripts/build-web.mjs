/**
 * Builds the two clients of services/web into its `dist`: scripts and styles with their manifest (client), the service
 * worker (client/sw.js) and the server-rendered patient client (patient/render.js). Fails when a first load outgrows its
 * budget, which is what a page costs at 50 kB a second. Plain JavaScript, since install-once.mjs imports it.
 */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, gzipSync } from 'node:zlib';

const web = resolve(import.meta.dirname, '../services/web');
const dist = join(web, 'dist');
const client = join(dist, 'client');

/** The entries that pages load, and how many bytes of scripts and styles, compressed, they may have at first. */
const entries = {
  nurse: { source: 'src/nurse/main.tsx', budget: 60_000 },
  patient: { source: 'src/patient/client.ts', budget: 40_000 },
};

/** Part of the nurse's first load that must be a file of its own, since it runs before the rest has come. */
const early = 'src/nurse/data/first-asked.ts';

/** All three builds; `say` is told the sizes. */
export async function buildWeb(say = console.log) {
  const { build } = await import('vite');
  const configFile = join(web, 'vite.config.ts');
  const run = (options, define = {}) => build({ configFile, logLevel: 'warn', define, build: options });
  await run({
    outDir: client,
    emptyOutDir: true,
    manifest: true,
    rolldownOptions: {
      input: [...Object.values(entries).map(({ source }) => source), early].map((each) => join(web, each)),
    },
  });
  const manifest = JSON.parse(readFileSync(join(client, '.vite/manifest.json'), 'utf8'));
  await run(
    {
      outDir: client,
      emptyOutDir: false,
      copyPublicDir: false,
      rolldownOptions: {
        input: join(web, 'src/sw/sw.ts'),
        output: { entryFileNames: 'sw.js', format: 'iife' },
      },
    },
    { 'self.__SHELL': JSON.stringify(shellOf(manifest)) },
  );
  await build({
    configFile,
    logLevel: 'warn',
    ssr: { noExternal: true },
    build: {
      outDir: join(dist, 'patient'),
      emptyOutDir: true,
      copyPublicDir: false,
      ssr: join(web, 'src/patient/server.tsx'),
      rolldownOptions: { output: { entryFileNames: 'render.js' } },
    },
  });
  for (const file of textsIn(client)) writeFileSync(`${file}.br`, brotliCompressSync(readFileSync(file)));
  const heavy = tooHeavy(manifest, say);
  if (heavy.length) throw new Error(heavy.join('\n'));
  mkdirSync(dist, { recursive: true });
  writeFileSync(join(dist, 'built'), '');
}

/** What an entry loads before anything is done: its files and those that it imports, in the order of loading. */
function firstLoad(manifest, entry, seen = new Set()) {
  if (seen.has(entry)) return [];
  seen.add(entry);
  const { file, css = [], imports = [] } = manifest[entry];
  return [...imports.flatMap((each) => firstLoad(manifest, each, seen)), file, ...css];
}

/** The addresses that the nurse client must have without a network: the page, and all of its files, also those loaded late. */
function shellOf(manifest) {
  const files = new Set();
  const visit = (entry) => {
    const { file, css = [], imports = [], dynamicImports = [], assets = [] } = manifest[entry];
    if (files.has(file)) return;
    for (const each of [file, ...css, ...assets]) files.add(each);
    for (const each of [...imports, ...dynamicImports]) visit(each);
  };
  visit(entries.nurse.source);
  return [
    '/nurse/',
    '/nurse/manifest.webmanifest',
    '/web/icon.svg',
    ...[...files].sort().map((file) => `/web/${file}`),
  ];
}

/** What is sent compressed, and as small as it gets: a tenth less than gzip, which is too slow to do when the service starts. */
const textsIn = (folder) =>
  readdirSync(folder, { recursive: true })
    .filter((name) => /\.(js|css|svg)$/.test(name))
    .map((name) => join(folder, name));

function tooHeavy(manifest, say) {
  return Object.entries(entries).flatMap(([name, { source, budget }]) => {
    const files = [...new Set(firstLoad(manifest, source))];
    const bytes = files.reduce((sum, file) => sum + gzipSync(readFileSync(join(client, file))).length, 0);
    const said = `${name}: ${(bytes / 1000).toFixed(1)} kB of ${budget / 1000} kB compressed at the first load`;
    say(said);
    return bytes > budget ? [`Too much. ${said}: load later what is not seen first.`] : [];
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await buildWeb().catch((error) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  });
}
