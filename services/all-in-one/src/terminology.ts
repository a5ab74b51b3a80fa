import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { loadDefinitions } from '@naravard/fhir';
import { createLoader, type LoadReport } from '@naravard/rest';
import { openStore } from '@naravard/store';
import { SingleBar } from 'cli-progress';
import { openAuditDatabase } from './audit-database.ts';
import { CannotStart } from './cannot-start.ts';
import { readConfig } from './config.ts';
import { runTool } from './explain.ts';
import { allModules, ownGuide } from './modules.ts';

const USAGE = `npm run terminology -- load FILE [--lenient]
Loads CodeSystem, ValueSet, ConceptMap, StructureDefinition and other conformance resources, all or none: one as JSON, several as
NDJSON or a Bundle, or an implementation guide as package.tgz. Running services work with them within seconds.
--lenient leaves out what cannot be kept, and tells of it.`;

/** A code system of 100,000 concepts is written in one statement. */
const statementTimeout = 600_000;

/** `npm run terminology`: what is loaded is written with the login of the service, by the rules of the service. */
async function main(): Promise<void> {
  const { file, lenient } = readArguments();
  const config = readConfig(process.env);
  const database = await openAuditDatabase(config, console.error);
  const store = await openStore({ url: database.url, connections: 2, statementTimeout });
  try {
    const definitions = loadDefinitions();
    const loader = await createLoader({
      store,
      definitions,
      modules: allModules(definitions),
      guide: ownGuide(),
      base: config.BASE_URL,
      limits: { depth: config.MAX_JSON_DEPTH },
      fullText: config.SEARCH_FULL_TEXT === 'on',
    });
    const progress = shownProgress();
    const source = createReadStream(file).on('error', () => {});
    const report = await loader
      .load(basename(file), source, { lenient, progress: progress.told })
      .finally(progress.end);
    for (const line of linesOf(report)) console.error(line);
  } catch (error) {
    throw (error as { code?: unknown }).code === 'ENOENT'
      ? new CannotStart(`There is no file ${file}.`)
      : error;
  } finally {
    await store.close();
    await database.stop();
  }
}

function readArguments(): { file: string; lenient: boolean } {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: { lenient: { type: 'boolean', default: false } },
    });
    const [command, file, more] = positionals;
    if (command !== 'load' || file === undefined || more !== undefined)
      throw new Error('Name one file to load.');
    return { file, lenient: values.lenient };
  } catch (error) {
    throw new CannotStart(`${(error as Error).message}\n${USAGE}`);
  }
}

type Step = 'check' | 'store';

const words: Readonly<Record<Step, string>> = { check: 'checked', store: 'stored' };

/** One bar for each step. */
function shownProgress() {
  let bar: SingleBar | undefined;
  let step: Step | undefined;
  let shown = 0;
  const end = () => bar?.stop();
  const told = (now: Step, done: number, total: number) => {
    if (now !== step) {
      end();
      bar = new SingleBar({
        format: `{bar} {percentage} % | {value}/{total} ${words[now]} | {eta_formatted} left`,
        stream: process.stderr,
        hideCursor: true,
        noTTYOutput: true,
      });
      bar.start(total, 0);
      step = now;
      shown = 0;
    }
    bar?.increment(done - shown);
    shown = done;
  };
  return { told, end };
}

function linesOf(report: LoadReport & { package?: { name: string; version: string } }): string[] {
  const { created, updated, unchanged, deleted, leftOut, missing } = report;
  const what = report.package ? `${report.package.name}#${report.package.version}: ` : '';
  return [
    ...leftOut.map(({ from, reason }) => `left out: ${from}: ${reason}`),
    ...missing.map((each) => `made on ${each}, which is not loaded: load it too`),
    `${what}${created} created, ${updated} updated, ${unchanged} unchanged, ${deleted} deleted.`,
  ];
}

await runTool(main);
