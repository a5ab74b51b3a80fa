import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { PatientClient } from '../patient/contract.ts';
import { type Fixed, fixed } from './compressed.ts';

/** What a page loads, in the order in which it does. */
export interface Assets {
  readonly styles: readonly string[];
  readonly scripts: readonly string[];
  /** What the scripts import, so that it is fetched beside them and not after. */
  readonly preloads: readonly string[];
}

export interface NurseAssets extends Assets {
  /** The script that runs before the others have come. */
  readonly early: string;
}

/** What `npm run build:web` made, read once: a file is found by its address, never by a path of the disk. */
export interface BuiltWeb {
  /** By address: `/web/assets/main-x.js`. */
  readonly files: ReadonlyMap<string, Fixed>;
  readonly nurse: NurseAssets;
  readonly patient: Assets;
  /** As it was built: it lacks its version. */
  readonly serviceWorker: string;
  readonly patientClient: PatientClient;
}

const types: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

interface ManifestEntry {
  readonly file: string;
  readonly css?: readonly string[];
  readonly imports?: readonly string[];
}
type Manifest = Readonly<Record<string, ManifestEntry>>;

/** This runs from `src/server` or from `dist/src/server`. */
const dist = join(import.meta.dirname.replace(/(\/dist)?\/src\/server$/, ''), 'dist');

/** @throws Error when the clients have not been built */
export async function readBuilt(): Promise<BuiltWeb> {
  const client = join(dist, 'client');
  const manifest = JSON.parse(readFileSync(join(client, '.vite/manifest.json'), 'utf8')) as Manifest;
  const files = new Map<string, Fixed>();
  for (const each of readdirSync(client, { recursive: true, withFileTypes: true })) {
    const type = types[extname(each.name)];
    if (!each.isFile() || !type) continue;
    const path = join(each.parentPath, each.name);
    files.set(`/web${path.slice(client.length)}`, fixed(type, readFileSync(path), brotliOf(path)));
  }
  files.delete('/web/sw.js');
  return {
    files,
    nurse: {
      ...assetsOf(manifest, 'src/nurse/main.tsx'),
      early: `/web/${manifest['src/nurse/data/first-asked.ts']?.file}`,
    },
    patient: assetsOf(manifest, 'src/patient/client.ts'),
    serviceWorker: readFileSync(join(client, 'sw.js'), 'utf8'),
    patientClient: await import(pathToFileURL(join(dist, 'patient/render.js')).href),
  };
}

const brotliOf = (path: string): Buffer | null =>
  existsSync(`${path}.br`) ? readFileSync(`${path}.br`) : null;

/** The entry's script, those that it imports, and the styles of all. */
function assetsOf(manifest: Manifest, entry: string): Assets {
  const styles = new Set<string>();
  const files = new Set<string>();
  const visit = (name: string): void => {
    const { file, imports = [], css = [] } = manifest[name] ?? {};
    for (const each of imports) visit(each);
    for (const each of css) styles.add(`/web/${each}`);
    files.add(`/web/${file}`);
  };
  visit(entry);
  const script = `/web/${manifest[entry]?.file}`;
  files.delete(script);
  return { styles: [...styles], scripts: [script], preloads: [...files] };
}
