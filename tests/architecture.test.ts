import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Source } from './architecture/source.ts';
import { findCycle, packageOf, quantile, root, sourcesIn, target, walk } from './architecture/source.ts';

/** docs/architecture.md, "Who may import whom": a lib imports libs before it only; the testkit imports all. */
const order = [
  'fhir',
  'terminology',
  'search',
  'access',
  'store',
  'audit',
  'notify',
  'measures',
  'rest',
  'testkit',
];
/** These import libs/fhir alone, and only services import them. */
const pure = ['care'];

const libs = sourcesIn('libs');
const services = sourcesIn('services');
const product = [...libs, ...services];
const all = [
  ...product,
  ...['tests', 'scripts', 'bench'].filter((each) => existsSync(join(root, each))).flatMap(sourcesIn),
];

/** `path -> import` for each import that breaks a rule. */
const breaches = (
  sources: readonly Source[],
  breaks: (specifier: string, source: Source) => boolean,
): string[] =>
  sources.flatMap((source) =>
    source.imports
      .filter((specifier) => breaks(specifier, source))
      .map((specifier) => `${source.path} -> ${specifier}`),
  );

const own = (specifier: string): string | undefined => /^@naravard\/([^/]+)/.exec(specifier)?.[1];
const isService = (name: string): boolean => existsSync(join(root, 'services', name));

describe('imports', () => {
  test('go from a lib to the libs before it only', () => {
    expect(
      breaches(libs, (specifier, source) => {
        const name = source.package.split('/')[1] ?? '';
        const imported = own(specifier);
        if (imported === undefined || name === 'testkit') return false;
        if (pure.includes(name)) return imported !== 'fhir';
        return order.indexOf(imported) < 0 || order.indexOf(imported) >= order.indexOf(name);
      }),
    ).toEqual([]);
  });

  test('know every lib by its place', () => {
    const names = new Set(libs.map((source) => source.package.split('/')[1] ?? ''));
    expect([...names].filter((name) => !order.includes(name) && !pure.includes(name))).toEqual([]);
  });

  test('go from a service to no other service, except in all-in-one', () => {
    expect(
      breaches(services, (specifier, source) => {
        const imported = own(specifier);
        return imported !== undefined && isService(imported) && source.package !== 'services/all-in-one';
      }),
    ).toEqual([]);
  });

  test('of @medplum/core stand in libs/fhir only', () => {
    const outside = product.filter((source) => source.package !== 'libs/fhir');
    expect(breaches(outside, (specifier) => packageOf(specifier) === '@medplum/core')).toEqual([]);
  });

  test('of pg stand in libs/store and the testkit only', () => {
    const outside = product.filter((source) => !['libs/store', 'libs/testkit'].includes(source.package));
    expect(breaches(outside, (specifier) => packageOf(specifier) === 'pg')).toEqual([]);
  });

  test('of the testkit stand in tests only', () => {
    expect(breaches(product, (specifier) => own(specifier) === 'testkit')).toEqual([]);
  });

  test('never leave a package by path, nor enter it by its own name', () => {
    expect(
      breaches(product, (specifier, source) =>
        specifier.startsWith('.')
          ? !target(source, specifier).startsWith(`${source.package}/`)
          : own(specifier) === source.package.split('/')[1],
      ),
    ).toEqual([]);
  });

  test('are covered by what the package declares', () => {
    // What is bundled need not be installed where it runs.
    const isBundled = ({ path }: Source) => /^services\/web\/(?!src\/server\/)/.test(path);
    const declared = (source: Source): object => {
      const { dependencies, devDependencies } = JSON.parse(
        readFileSync(join(root, source.package, 'package.json'), 'utf8'),
      );
      return { ...dependencies, ...(isBundled(source) && devDependencies) };
    };
    expect(
      breaches(
        product,
        (specifier, source) => !/^(\.|node:)/.test(specifier) && !(packageOf(specifier) in declared(source)),
      ),
    ).toEqual([]);
  });

  test('of the clients reach the service by its API only, and its server part by one contract', () => {
    const web = services.filter((source) => source.package === 'services/web');
    expect(breaches(web, (specifier) => own(specifier) !== undefined)).toEqual([]);
    const isServer = (path: string) => path.startsWith('services/web/src/server/');
    expect(
      breaches(web, (specifier, source) => {
        if (!specifier.startsWith('.')) return false;
        const path = target(source, specifier);
        return isServer(source.path) !== isServer(path) && path !== 'services/web/src/patient/contract.ts';
      }),
    ).toEqual([]);
  });

  test('make no cycle between files', () => {
    expect(findCycle(all)).toBeUndefined();
  });
});

describe('sizes', () => {
  test('no file is longer than 400 lines', () => {
    expect(all.filter(({ lines }) => lines > 400).map(({ path, lines }) => `${path}: ${lines}`)).toEqual([]);
  });

  test('half of the files have at most 110 lines and nine of ten at most 280', () => {
    const lines = product.map((source) => source.lines);
    expect(quantile(lines, 0.5)).toBeLessThanOrEqual(110);
    expect(quantile(lines, 0.9)).toBeLessThanOrEqual(280);
  });

  test('no function is longer than 60 lines and nine of ten have at most 35', () => {
    const functions = [...product, ...sourcesIn('scripts')].flatMap((source) =>
      source.functions.map((each) => ({ ...each, path: source.path })),
    );
    const long = functions.filter(({ lines }) => lines > 60);
    expect(long.map(({ path, line, name, lines }) => `${path}:${line} ${name}: ${lines}`)).toEqual([]);
    expect(
      quantile(
        functions.map(({ lines }) => lines),
        0.9,
      ),
    ).toBeLessThanOrEqual(35);
  });
});

test('no folder or file is a drawer', () => {
  const drawer = /(^|\/)(utils?|helpers?|common|shared|misc)(\.tsx?)?$/;
  const folders = ['libs', 'services', 'tests', 'scripts', 'bench'].filter((each) =>
    existsSync(join(root, each)),
  );
  expect(folders.flatMap(walk).filter((path) => drawer.test(path))).toEqual([]);
});

test('files are named in kebab-case', () => {
  const names = all
    .map(({ path }) => path)
    .filter((path) => !/\/[a-z0-9]+(-[a-z0-9]+)*(\.test|\.d|\.config)?\.tsx?$/.test(path));
  expect(names).toEqual([]);
});
