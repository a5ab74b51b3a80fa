import { Problem, parseDateRange } from '@naravard/fhir';
import { shown } from '@naravard/search';
import type { HistoryQuery, Stored } from '@naravard/store';
import { type BundleLink, bundleText, historyEntry } from '../bundle-text.ts';
import type { Call, Interaction, Pair } from '../call.ts';
import type { Engine } from '../engine.ts';
import { holderOf, inFormat, pageOf } from '../page.ts';
import { type Reply, refusal } from '../reply.ts';

/** http://hl7.org/fhir/R4/http.html#history: all versions of one resource, newest first. */
export const instanceHistory: Interaction = {
  name: 'history-instance',
  method: 'GET',
  route: '/:type/:id/_history',
  handle: (engine, call) =>
    answer(engine, call, { types: [call.type], id: call.id }, `${call.type}/${call.id}/_history`),
};

/** All versions of all resources of a type. */
export const typeHistory: Interaction = {
  name: 'history-type',
  method: 'GET',
  route: '/:type/_history',
  handle: (engine, call) => answer(engine, call, { types: [call.type] }, `${call.type}/_history`),
};

/** All versions of all resources that are mounted here. */
export const systemHistory: Interaction = {
  name: 'history-system',
  method: 'GET',
  route: '/_history',
  handle: (engine, call) => answer(engine, call, { types: [...engine.mounted] }, '_history'),
};

/** What a next link carries. */
interface HistoryPosition {
  kind: 'history';
  path: string;
  pairs: readonly Pair[];
  after: readonly (string | null)[];
}

type Reach = Pick<HistoryQuery, 'types' | 'id'>;

async function answer(engine: Engine, call: Call, reach: Reach, path: string): Promise<Reply> {
  const { context } = call;
  const token = pageOf(call.query);
  const position = token === undefined ? undefined : open(engine, call, path, token);
  const pairs = position?.pairs ?? call.query;
  const query = { ...reach, ...historyParameters(pairs) };
  const page = await engine.store.history(context, position ? { ...query, after: position.after } : query);
  if (!page) return refusal(new Problem('not-found'));
  const url = `${engine.base}/${path}`;
  const parameters = new URLSearchParams(
    pairs.map(([name, value]): [string, string] => [name, value]),
  ).toString();
  const first = parameters ? `${url}?${parameters}` : url;
  const sealed = (after: HistoryPosition['after']) =>
    engine.pages.seal(
      { kind: 'history', path, pairs, after } satisfies HistoryPosition,
      holderOf(context.actor),
    );
  const links: BundleLink[] = [
    { relation: 'self', url: token === undefined ? first : `${url}?_page=${token}` },
    ...(page.next ? [{ relation: 'next' as const, url: `${url}?_page=${sealed(page.next)}` }] : []),
  ];
  return {
    status: 200,
    body: bundleText('history', entriesOf(engine, page.resources), {
      total: page.total,
      links: inFormat(links, call),
    }),
  };
}

/** Whether a version came after a deletion is known where the deletion is on the same page. */
function entriesOf({ base }: Engine, versions: readonly Stored[]): string[] {
  const key = ({ type, id }: Stored, version: number) => `${type}/${id}/${version}`;
  const deletions = new Set(
    versions.filter(({ deleted }) => deleted).map((stored) => key(stored, stored.version)),
  );
  return versions.map((stored) => historyEntry(base, stored, deletions.has(key(stored, stored.version - 1))));
}

const defaultCount = 20;
const maxCount = 1000;

function historyParameters(pairs: readonly Pair[]): Pick<HistoryQuery, 'since' | 'at' | 'count'> {
  const parameters: Pick<HistoryQuery, 'since' | 'at' | 'count'> = { count: defaultCount };
  for (const [name, value] of pairs) {
    switch (name) {
      case '_since':
        parameters.since = rangeOf(name, value).start;
        break;
      case '_at':
        parameters.at = rangeOf(name, value);
        break;
      case '_count':
        parameters.count = countOf(value);
        break;
      default:
        throw new Problem('unknown-parameter', {
          severity: 'error',
          expression: shown(name),
          diagnostics: `A history knows _since, _at and _count, not ${shown(name)}: leave it out.`,
        });
    }
  }
  return parameters;
}

function rangeOf(name: string, value: string): { start: string; end: string } {
  // A plus sign of the zone arrives as a space when it is not encoded.
  const range = parseDateRange(value.replace(/ (?=\d\d:\d\d$)/, '+'));
  if (range?.start && range.end) return { start: range.start, end: range.end };
  throw new Problem('bad-request', {
    severity: 'error',
    expression: name,
    diagnostics: `${name} must be a date or an instant, for example 2026-11-23T10:00:00Z.`,
  });
}

function countOf(value: string): number {
  if (/^(0|[1-9]\d{0,8})$/.test(value)) return Math.min(Number(value), maxCount);
  throw new Problem('bad-request', {
    severity: 'error',
    expression: '_count',
    diagnostics: `_count of a history must be a whole number from 0 to ${maxCount}.`,
  });
}

function open(engine: Engine, { context }: Call, path: string, token: string): HistoryPosition {
  const position = engine.pages.open(token, holderOf(context.actor)) as HistoryPosition;
  if (position.kind === 'history' && position.path === path) return position;
  throw new Problem(
    'bad-request',
    'This page link belongs to another address: take it from the answer unchanged.',
  );
}
