import { Problem } from '@naravard/fhir';
import { parseSubset } from '@naravard/search';
import type { LogReader, LogRow } from '@naravard/store';
import { type BundleLink, bundleText, outcomeEntry } from '../bundle-text.ts';
import type { Call, Interaction, Pair } from '../call.ts';
import type { Engine } from '../engine.ts';
import { answerFormat } from '../media.ts';
import { holderOf, inFormat, pageOf } from '../page.ts';
import { parsePairs } from '../query-pairs.ts';
import type { Reply } from '../reply.ts';
import { auditEvent } from './audit-event.ts';
import { auditReader } from './audit-reader.ts';
import { type AuditQuery, parseAuditQuery } from './search-parameters.ts';
import { viewOf } from './view.ts';

/** A transaction sees what it wrote, and the log is none of it. */
const reach = (): never => {
  throw new Problem(
    'unprocessable',
    'A transaction cannot hold a search of the log: ask for it in a batch or on its own.',
  );
};

/** The log is searched as AuditEvent, newest first; by POST as well, and as the part of it that is about a patient. */
export const auditSearches: readonly Interaction[] = [
  {
    name: 'search-type',
    method: 'GET',
    route: '/AuditEvent',
    reach,
    handle: (engine, call) => answer(engine, call, call.query, false),
  },
  {
    name: 'search-type',
    method: 'POST',
    route: '/AuditEvent/_search',
    body: ['form'],
    reach,
    async handle(engine, call) {
      const posted = parsePairs(call.body);
      answerFormat(posted.find(([name]) => name === '_format')?.[1], undefined);
      const pairs = [...call.query, ...posted];
      return answer(
        engine,
        call,
        pairs.filter(([name]) => name !== '_format' && name !== '_pretty'),
        true,
      );
    },
  },
  {
    name: 'search-type',
    method: 'GET',
    route: '/Patient/:id/AuditEvent',
    reach,
    handle: (engine, call) => answer(engine, call, withPatient(call), false),
  },
];

const withPatient = ({ id, query }: Call): readonly Pair[] =>
  query.some(([name]) => name === '_page') ? query : [['patient', id], ...query];

/** What a page link carries: no right, since the reader is asked for anew. */
interface AuditPosition {
  kind: 'audit';
  pairs: readonly Pair[];
  lenient: boolean;
  posted: boolean;
  after?: readonly (string | null)[];
}

async function answer(engine: Engine, call: Call, pairs: readonly Pair[], posted: boolean): Promise<Reply> {
  const { context, prefer } = call;
  const token = pageOf(pairs);
  const { after, ...start }: AuditPosition =
    token === undefined
      ? { kind: 'audit', pairs, lenient: prefer.handling === 'lenient', posted }
      : open(engine, call, token);
  const query = parseAuditQuery(start.pairs, engine.base, start.lenient);
  const reader = auditReader(context.actor, 's');
  checkAgent(engine, reader, query);
  const asked = new URLSearchParams(
    start.pairs.map(([name, value]): [string, string] => [name, value]),
  ).toString();
  const page = await engine.store.auditLog.search({ ...context, query: asked }, reader, {
    filters: query.filters,
    count: query.count,
    ...(after && { after }),
  });
  const url = `${engine.base}/AuditEvent`;
  const sealed = (position: AuditPosition) =>
    `${url}?_page=${engine.pages.seal(position, holderOf(context.actor))}`;
  const plain = asked ? `${url}?${asked}` : url;
  const first = start.posted ? sealed(start) : plain;
  const links: BundleLink[] = [
    { relation: 'self', url: token === undefined ? first : `${url}?_page=${token}` },
    { relation: 'first', url: first },
    ...(page.next ? [{ relation: 'next' as const, url: sealed({ ...start, after: page.next }) }] : []),
  ];
  const subset = parseSubset(engine.definitions, 'AuditEvent', start.pairs);
  const cut = (text: string) => (subset ? engine.subset(text, subset, 'match') : text);
  const entries = page.rows.map((row) => entryOf(engine, reader, row, cut));
  return {
    status: 200,
    body: bundleText('searchset', [...entries, ...ignoredOf(query)], { links: inFormat(links, call) }),
  };
}

function entryOf(engine: Engine, reader: LogReader, row: LogRow, cut: (text: string) => string): string {
  const event = auditEvent(row, viewOf(reader, row, engine.showStaffNames), engine.base);
  const fullUrl = `${engine.base}/AuditEvent/${row.id}`;
  return `{"fullUrl":"${fullUrl}","resource":${cut(JSON.stringify(event))},"search":{"mode":"match"}}`;
}

/** Who may not be told names of staff may not find out by asking for them one by one either. */
function checkAgent(engine: Engine, reader: LogReader, { filters }: AuditQuery): void {
  if (reader.kind !== 'person' || engine.showStaffNames) return;
  const others = filters.some(
    (filter) => filter.kind === 'agent' && filter.ids.some((id) => id !== reader.patient),
  );
  if (!others) return;
  throw new Problem('forbidden', {
    severity: 'error',
    expression: 'agent',
    diagnostics:
      'Leave agent out: who works at a unit is not told here. Loggen visar enheter, inte vilka som arbetar där.',
  });
}

const ignoredOf = ({ ignored }: AuditQuery): string[] => {
  if (!ignored.length) return [];
  const issue = ignored.map((name) => ({
    severity: 'warning',
    code: 'not-supported',
    diagnostics: `The parameter ${name} was ignored: the log is not searched by it.`,
    expression: [name],
  }));
  return [outcomeEntry({ resourceType: 'OperationOutcome', issue })];
};

function open(engine: Engine, { context }: Call, token: string): AuditPosition {
  const position = engine.pages.open(token, holderOf(context.actor)) as AuditPosition;
  if (position.kind === 'audit') return position;
  throw new Problem(
    'bad-request',
    'This page link belongs to another address: take it from the answer unchanged.',
  );
}
