import { Problem } from '@naravard/fhir';
import type { Condition } from '@naravard/search';
import type { Job, Stored } from '@naravard/store';
import type { Call } from '../call.ts';
import type { Engine } from '../engine.ts';
import { ndjson, streamOf } from '../ndjson.ts';
import { type Reply, textOf } from '../reply.ts';
import { exportPlan, exportSubset, lostSince } from './export-plan.ts';
import type { HeldExport } from './export-request.ts';
import { resultOf } from './job-result.ts';

/** Resources of one statement: its audit rows are committed before its bytes leave. */
const PAGE = 1_000;

/** Resources that are sent together: short texts die young, and long ones fill the memory before they are collected. */
const PIECE = 25;

/**
 * One file of an export, a resource a line. Pages are read as the client takes them, each with the rights of its moment; who
 * goes away ends the reading. The first is read before anything is answered, so that what fails then has its status.
 * @throws Problem 'not-found' for what is no file of the export
 */
export async function exportFile(engine: Engine, call: Call, job: Job): Promise<Reply> {
  const request = JSON.parse(job.request) as HeldExport;
  const result = resultOf(job);
  const isFile = result?.kind === 'gathered' && result.files.some(({ type }) => type === call.type);
  if (!isFile) throw new Problem('not-found');
  const subset = exportSubset(engine, request);
  const line = (stored: Stored): string => {
    const text = textOf(stored);
    return `${oneLine(subset ? engine.subset(text, subset) : text)}\n`;
  };
  const conditions = request.filters.length ? (exportPlan(engine, request).get(call.type) ?? []) : [];
  const file = { at: request.types.indexOf(call.type), conditions };
  const pages = pagesOf(engine, call, job.id, file, line);
  const first = await pages.next();
  return { status: 200, stream: streamOf(fromFirst(first, pages)), shown: { as: ndjson } };
}

/** Line breaks between elements; those within a text are escaped in JSON. */
const oneLine = (text: string): string => (/[\r\n]/.test(text) ? text.replace(/[\r\n]+/g, ' ') : text);

type Pages = AsyncGenerator<string, void, undefined>;

async function* pagesOf(
  engine: Engine,
  { context, type }: Call,
  id: string,
  { at: file, conditions }: { at: number; conditions: readonly Condition[] },
  line: (stored: Stored) => string,
): Pages {
  let after: string | undefined = '';
  while (after !== undefined) {
    const now = { ...context, ...engine.rights(context.actor) };
    const asking = { ...now, interaction: '$export' };
    const page = await engine.store.jobs.page(asking, id, {
      file,
      after,
      count: PAGE,
    });
    after = page.next;
    const lost = await lostSince(engine, asking, type, conditions, page.resources);
    const resources = page.resources.filter((each) => !lost.has(each.id));
    for (let at = 0; at < resources.length; at += PIECE)
      yield resources
        .slice(at, at + PIECE)
        .map(line)
        .join('');
  }
}

async function* fromFirst(first: IteratorResult<string, void>, pages: Pages): Pages {
  if (first.done) return;
  yield first.value;
  yield* pages;
}
