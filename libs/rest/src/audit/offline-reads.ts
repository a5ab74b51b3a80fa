import type { Actor } from '@naravard/access';
import { identifierSystems, Problem, readJson } from '@naravard/fhir';
import type { OfflineRead, OfflineResult } from '@naravard/store';
import type { Call, Interaction } from '../call.ts';
import type { Engine } from '../engine.ts';
import { hsaIdOf } from '../hsa-id.ts';
import { validated } from '../stage.ts';
import { tellingTime } from './stated-time.ts';

/**
 * `POST $offline-reads`: what was read on a device without connection, told afterwards, so that the log is whole (HSLF-FS
 * 2016:40 4 kap 9 §). Parameters with a `read` for each: `target` (Reference), `at` (instant) and, from a system client,
 * `reader` (Identifier of the employee); everybody else tells of own reads.
 *
 * A read is recorded when the reader may see the target now, or when the log has that the service showed it to the same
 * reader in the 14 days before: nobody can have read offline what the service never gave. Whatever else is claimed is
 * answered `refused` and leaves a row that says so, as does a time that cannot be taken. The row's own time is that of
 * writing; the time told is kept beside it. Its actor is the reader, its `client` who told.
 */
export const offlineReads: Interaction = {
  name: '$offline-reads',
  method: 'POST',
  route: '/$offline-reads',
  body: ['fhir'],
  writes: true,
  async handle(engine, call) {
    const now = Date.now();
    const claims = claimsOf(engine, call).map((claim) => ({ ...claim, fault: untimely(claim.at, now) }));
    const results = await engine.store.auditLog.offlineReads(
      call.context,
      claims.map(({ read, at, fault }) => ({ ...read, at: fault === undefined ? at : null })),
    );
    const parameter = claims.map((claim, index) => answerTo(claim, results[index] ?? 'refused'));
    return { status: 200, body: JSON.stringify({ resourceType: 'Parameters', parameter }) };
  },
};

const day = 86_400_000;
/** Clocks of devices may be a minute wrong, as those of token issuers may. */
const skew = 60_000;

function untimely(at: string, now: number): string | undefined {
  const time = Date.parse(at);
  if (time > now + skew) return 'The time is in the future: mend the clock of the device.';
  if (time < now - 14 * day) return 'The read is older than 14 days: it can no longer be recorded here.';
  return undefined;
}

interface Claim {
  reference: string;
  /** ISO instant, as told. */
  at: string;
  read: Omit<OfflineRead, 'at'>;
}

interface Part {
  name?: string;
  valueReference?: { reference?: string };
  valueInstant?: string;
  valueDateTime?: string;
  valueIdentifier?: { system?: string; value?: string };
}

function claimsOf(engine: Engine, { body, context }: Call): Claim[] {
  const parsed = readJson(body, engine.limits.depth) as {
    resourceType?: unknown;
    parameter?: { name?: string; part?: Part[] }[];
  } | null;
  if (parsed?.resourceType !== 'Parameters') {
    throw new Problem(
      'structure',
      'Send Parameters with a part read for each read: the service makes AuditEvents of them itself.',
    );
  }
  validated(engine, parsed);
  const reads = parsed.parameter ?? [];
  if (reads.length > engine.limits.entries) {
    throw new Problem('too-costly', `Send at most ${engine.limits.entries} reads at a time.`);
  }
  if (!reads.length) throw bad('Parameters', 'Send at least one read.');
  return reads.map(({ name, part = [] }, index) => {
    const place = `Parameters.parameter[${index}]`;
    if (name !== 'read') throw bad(place, 'Every parameter here is a read with target and at.');
    return claimOf(engine, context.actor, part, place);
  });
}

function claimOf(engine: Engine, actor: Actor, parts: readonly Part[], place: string): Claim {
  const part = (name: string): Part => parts.find((each) => each.name === name) ?? {};
  const reference = part('target').valueReference?.reference ?? '';
  const { base } = engine;
  const relative = reference.startsWith(`${base}/`) ? reference.slice(base.length + 1) : reference;
  const [, type = '', id = '', version = null] = target.exec(relative) ?? [];
  if (!engine.definitions.resourceTypes.has(type)) {
    throw bad(place, 'target must be a Reference to Type/id, or to one version of it.');
  }
  const { valueInstant, valueDateTime } = part('at');
  const time = Date.parse(valueInstant ?? valueDateTime ?? '');
  if (Number.isNaN(time) || !/T.*(Z|[+-]\d\d:\d\d)$/.test(valueInstant ?? valueDateTime ?? '')) {
    throw bad(place, 'at must be an instant, for example 2026-11-23T10:15:00Z.');
  }
  const at = new Date(time).toISOString();
  const reader = readerOf(actor, part('reader').valueIdentifier, place);
  const read = { type, id, version, reader, query: tellingTime(at) };
  return { reference: relative, at, read };
}

const target = /^([A-Z][A-Za-z]+)\/([A-Za-z0-9.-]{1,64})(?:\/_history\/([1-9]\d{0,8}))?$/;

/** Only a system client tells of other people's reads: of named staff of its organisation. */
function readerOf(actor: Actor, given: Part['valueIdentifier'], place: string): string | null {
  if (given === undefined) return null;
  const hsaId = hsaIdOf(given);
  if (hsaId === undefined) {
    throw bad(place, `reader must be an HSA-id, system ${identifierSystems.hsaId}.`);
  }
  if (actor.kind === 'system') return hsaId;
  if (actor.kind === 'staff' && actor.id.toUpperCase() === hsaId) return null;
  throw new Problem('forbidden', {
    severity: 'error',
    expression: place,
    diagnostics: 'Tell of your own reads alone: whoever read on the device signs in and sends theirs.',
  });
}

function answerTo(
  { reference, at, fault }: Claim & { fault: string | undefined },
  result: OfflineResult,
): object {
  const unknown = 'This is not known to have been shown to the reader.';
  const advice = result === 'refused' ? (fault ?? unknown) : undefined;
  return {
    name: 'read',
    part: [
      { name: 'target', valueReference: { reference } },
      { name: 'at', valueInstant: at },
      { name: 'result', valueCode: result },
      ...(advice ? [{ name: 'diagnostics', valueString: advice }] : []),
    ],
  };
}

const bad = (expression: string, diagnostics: string): Problem =>
  new Problem('bad-request', { severity: 'error', expression, diagnostics });
