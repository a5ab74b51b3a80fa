import { Problem, parseDateRange, readJson } from '@naravard/fhir';
import type { Access, LogReader } from '@naravard/store';
import type { Call, Interaction, Pair } from '../call.ts';
import type { Engine } from '../engine.ts';
import { checkScopes } from '../operations/callers.ts';
import { holderOf, pageOf } from '../page.ts';
import { type Reply, refusal } from '../reply.ts';
import { validated } from '../stage.ts';
import { accessPart, type Telling } from './access-entry.ts';
import { accessLogReader } from './audit-reader.ts';
import { namesOf, placesOf, staffOf } from './directory-names.ts';
import { countOf } from './search-parameters.ts';

/**
 * `Patient/$atkomstlogg?start=&end=&_count=`: who has read, when and why, in plain Swedish for the person, for who acts for
 * a child as the access decision allows, and for the log reviewer (SVOD 4 kap 2 §, PDL 8 kap 5 §: information on access).
 *
 * It answers with Parameters, one `access` a request, and not with a Bundle of AuditEvents: what a person did in one go is
 * several AuditEvents, whose codes are for programs; their references come along.
 */
export const accessLog: readonly Interaction[] = [
  {
    name: '$atkomstlogg',
    method: 'GET',
    route: '/Patient/:id/$atkomstlogg',
    handle: (engine, call) => answer(engine, call, call.query),
  },
  {
    name: '$atkomstlogg',
    method: 'POST',
    route: '/Patient/:id/$atkomstlogg',
    body: ['fhir'],
    handle: (engine, call) => answer(engine, call, [...call.query, ...posted(engine, call)]),
  },
];

interface Parameter {
  name?: string;
  valueDate?: string;
  valueDateTime?: string;
  valueInstant?: string;
  valueInteger?: number;
  valuePositiveInt?: number;
}

/** The parameters of a posted Parameters resource as pairs. */
function posted(engine: Engine, { body, resource }: Call): Pair[] {
  const parsed = resource ?? readJson(body, engine.limits.depth);
  if ((parsed as { resourceType?: unknown } | null)?.resourceType !== 'Parameters') {
    throw new Problem('structure', 'Send Parameters with start, end and _count, or ask with GET.');
  }
  validated(engine, parsed as object);
  return ((parsed as { parameter?: Parameter[] }).parameter ?? []).map((each) => [
    each.name ?? '',
    String(
      each.valueDate ??
        each.valueDateTime ??
        each.valueInstant ??
        each.valueInteger ??
        each.valuePositiveInt ??
        '',
    ),
  ]);
}

interface AccessPosition {
  kind: 'atkomstlogg';
  patient: string;
  pairs: readonly Pair[];
  after?: readonly (string | null)[];
}

async function answer(engine: Engine, call: Call, pairs: readonly Pair[]): Promise<Reply> {
  const { context, id } = call;
  const { actor } = context;
  const token = pageOf(pairs);
  const { after, ...start }: AccessPosition =
    token === undefined ? { kind: 'atkomstlogg', patient: id, pairs } : open(engine, call, token);
  checkScopes(actor, 'AuditEvent', 's');
  const reader = accessLogReader(actor, id);
  const page = await engine.store.auditLog.accesses(context, reader, {
    patient: id,
    ...periodOf(start.pairs),
    ...(after && { after }),
  });
  if (!page) return refusal(new Problem('not-found'));
  const telling = await tellingOf(engine, call, reader, page.accesses);
  const url = `${engine.base}/Patient/${id}/$atkomstlogg`;
  const next = page.next && engine.pages.seal({ ...start, after: page.next }, holderOf(actor));
  const parameter = [
    { name: 'patient', valueReference: { reference: `Patient/${id}` } },
    ...page.accesses.map((access) => accessPart(access, telling)),
    ...(next ? [{ name: 'next', valueUri: `${url}?_page=${next}` }] : []),
  ];
  return {
    status: 200,
    body: JSON.stringify({ resourceType: 'Parameters', language: 'sv', parameter }),
  };
}

const defaultCount = 50;
const maxCount = 200;

function periodOf(pairs: readonly Pair[]): { start: string | null; end: string | null; count: number } {
  const period = { start: null as string | null, end: null as string | null, count: defaultCount };
  for (const [name, value] of pairs) {
    if (name === '_count') period.count = countOf(value, maxCount);
    else if (name === 'start') period.start = limitOf(name, value).start;
    else if (name === 'end') period.end = limitOf(name, value).end;
    else {
      throw new Problem('unknown-parameter', 'The log of accesses knows start, end and _count alone.');
    }
  }
  return period;
}

/** The first and the last instant of a date or dateTime; @throws Problem 'bad-request' */
export function limitOf(name: string, value: string): { start: string; end: string } {
  const range = parseDateRange(value.replace(/ (?=\d\d:\d\d$)/, '+'));
  if (range?.start && range.end) return { start: range.start, end: range.end };
  throw new Problem('bad-request', {
    severity: 'error',
    expression: name,
    diagnostics: `${name} must be a date or an instant, for example 2026-11-23.`,
  });
}

async function tellingOf(
  engine: Engine,
  { context }: Call,
  reader: LogReader,
  accesses: readonly Access[],
): Promise<Telling> {
  const { actor } = context;
  const isReviewer = reader.kind === 'reviewer';
  const staff = staffOf(accesses.filter(({ actorKind }) => actorKind === 'staff'));
  return {
    voice: isReviewer ? 'staff' : actor.kind === 'guardian' ? 'guardian' : 'patient',
    reader: actor.id,
    organisation: await namesOf(engine, context, 'Organization', placesOf(accesses)),
    ...((isReviewer || engine.showStaffNames) && {
      staff: await namesOf(engine, context, 'Practitioner', staff),
    }),
    events: actor.kind !== 'guardian',
  };
}

function open(engine: Engine, { context, id }: Call, token: string): AccessPosition {
  const position = engine.pages.open(token, holderOf(context.actor)) as AccessPosition;
  if (position.kind === 'atkomstlogg' && position.patient === id) return position;
  throw new Problem(
    'bad-request',
    'This page link belongs to another address: take it from the answer unchanged.',
  );
}
