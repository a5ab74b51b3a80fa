/**
 * Run before `npm start` and `npm test`, so that each of them is all that a fresh checkout needs: installs the packages
 * when they are missing or older than the lockfile, and builds the clients when they are older than their sources. Plain
 * JavaScript, because the Node it runs on may be an old one.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const installed = 'node_modules/.package-lock.json';
const built = 'services/web/dist/built';
/** What the clients are built from. */
const sources = [
  'services/web/src',
  'services/web/public',
  'services/web/vite.config.ts',
  'scripts/build-web.mjs',
];

const major = Number(process.versions.node.split('.')[0]);
if (major < 20) {
  console.error(
    `Node ${process.versions.node} is too old to install the packages: install Node 20 or later.`,
  );
  process.exit(1);
}
if (isOlder(installed, 'package-lock.json')) {
  console.error('Installing the packages (about a minute, once) ...');
  npm('ci', '--no-audit', '--no-fund', '--loglevel=error');
}
if (isOlder(built, installed) || sources.flatMap(filesIn).some((source) => isOlder(built, source))) {
  console.error('Building the nurse client and the patient client ...');
  npm('run', '--silent', 'build:web');
}

function npm(...command) {
  const { status } = spawnSync('npm', command, {
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: process.platform === 'win32',
  });
  if (status !== 0) process.exit(status ?? 1);
}

function isOlder(made, source) {
  return !existsSync(made) || statSync(made).mtimeMs < statSync(source).mtimeMs;
}

function filesIn(path) {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path, { recursive: true }).map((name) => join(path, name));
}
