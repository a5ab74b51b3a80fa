import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { parseAst } from 'vitest/node';

export const root = resolve(import.meta.dirname, '../..');

/** One TypeScript file as the rules of docs/architecture.md see it. */
export interface Source {
  /** From the root of the checkout: `libs/fhir/src/date.ts`. */
  path: string;
  /** The workspace package it belongs to: `libs/fhir`; its top folder (`tests`) where it belongs to none. */
  package: string;
  lines: number;
  /** What it imports, as written. */
  imports: readonly string[];
  /** Functions with their length in lines, nested ones counted with and without their parent. */
  functions: readonly { name: string; line: number; lines: number }[];
}

const skipped = new Set(['node_modules', 'dist', 'data', 'generated', 'coverage', '.git']);

/** Names of all folders and files below `folder`, without those that are installed or generated. */
export function walk(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true })
    .filter(({ name }) => !skipped.has(name))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      return entry.isDirectory() ? [path, ...walk(path)] : [path];
    });
}

/** The TypeScript files below `folder`, parsed. */
export const sourcesIn = (folder: string): Source[] =>
  walk(folder)
    .filter((path) => /\.tsx?$/.test(path) && !path.endsWith('.d.ts'))
    .map(readSource);

function readSource(path: string): Source {
  const text = readFileSync(join(root, path), 'utf8');
  const parts = path.split('/');
  const source = {
    path,
    package: /^(libs|services)$/.test(parts[0] ?? '') ? parts.slice(0, 2).join('/') : (parts[0] ?? ''),
    lines: text.split('\n').length - 1,
    imports: [] as string[],
    functions: [] as { name: string; line: number; lines: number }[],
  };
  visit(parseAst(text, { lang: path.endsWith('x') ? 'tsx' : 'ts' }), 'anonymous', (node, name) => {
    if (typeof node.source === 'object' && node.source !== null) {
      const { value } = node.source as { value?: unknown };
      if (typeof value === 'string') source.imports.push(value);
    }
    if (/Function/.test(String(node.type)) && typeof node.body === 'object' && node.body !== null) {
      const line = lineAt(text, Number(node.start));
      source.functions.push({ name, line, lines: lineAt(text, Number(node.end)) - line + 1 });
    }
  });
  return source;
}

type Node = Record<string, unknown>;

/** Calls `see` for each node below `node`, with the nearest name that it is declared by. */
function visit(node: unknown, name: string, see: (node: Node, name: string) => void): void {
  if (Array.isArray(node)) {
    for (const item of node) visit(item, name, see);
    return;
  }
  if (typeof node !== 'object' || node === null) return;
  const inner = node as Node;
  const own = nameOf(inner.id) ?? nameOf(inner.key) ?? name;
  if (typeof inner.type === 'string') see(inner, own);
  for (const value of Object.values(inner)) visit(value, own, see);
}

function nameOf(node: unknown): string | undefined {
  const name = typeof node === 'object' && node !== null ? (node as Node).name : undefined;
  return typeof name === 'string' ? name : undefined;
}

const lineAt = (text: string, offset: number): number => text.slice(0, offset).split('\n').length;

/** The file that a relative import leads to. */
export const target = (source: Source, specifier: string): string =>
  relative(root, resolve(root, dirname(source.path), specifier));

/** The npm package that an import names: `@medplum/core`, `vitest`. */
export const packageOf = (specifier: string): string =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');

/** The first cycle among the files' relative imports, as a list of paths; undefined when there is none. */
export function findCycle(sources: readonly Source[]): string[] | undefined {
  const edges = new Map(
    sources.map((source) => [
      source.path,
      source.imports
        .filter((specifier) => specifier.startsWith('.'))
        .map((specifier) => target(source, specifier)),
    ]),
  );
  const done = new Set<string>();
  const search = (path: string, trail: readonly string[]): string[] | undefined => {
    if (trail.includes(path)) return [...trail.slice(trail.indexOf(path)), path];
    if (done.has(path)) return undefined;
    const found = (edges.get(path) ?? []).map((next) => search(next, [...trail, path])).find((each) => each);
    done.add(path);
    return found;
  };
  return sources.map(({ path }) => search(path, [])).find((each) => each);
}

/** The value below which `share` of the values lie. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}
