import type { KeyObject } from 'node:crypto';
import type { AuditReader, CheckpointRow } from './audit-reader.ts';
import { canonicalJson, type Json } from './canonical-json.ts';
import { bodyHash, type CheckpointBody } from './checkpoint.ts';
import type { Origin } from './fault.ts';
import type { Findings } from './findings.ts';
import { isSigned } from './seal-key.ts';

/** A signed checkpoint; `counts` may have been left away to save memory. */
export type Evidence = Pick<CheckpointBody, 'number' | 'at' | 'round' | 'roundHash' | 'rows' | 'heads'> & {
  counts?: Record<string, number>;
};

export type PublicKeys = ReadonlyMap<string, KeyObject>;

const PAGE = 50;

/** Those in the database, in the order of their numbers: each signed, and each naming the one before. */
export async function* storedEvidence(
  reader: AuditReader,
  keys: PublicKeys,
  findings: Findings,
): AsyncGenerator<Evidence> {
  const from: Origin = 'database';
  let last = { number: 0, hash: '' };
  for (;;) {
    const page = await reader.checkpoints(last.number, PAGE);
    for (const row of page) {
      const checkpoint = Number(row.number);
      const body = bodyOf(row);
      if (checkpoint !== last.number + 1)
        findings.noteChain({ kind: 'checkpoint-removed', checkpoint: last.number + 1, from });
      else if (!body || body.previous !== last.hash)
        findings.noteChain({ kind: 'checkpoint-altered', checkpoint, from });
      if (body && isSignedRow(row, keys)) yield body;
      else findings.noteChain({ kind: 'checkpoint-unsigned', checkpoint, from });
      last = { number: checkpoint, hash: bodyHash(row.body) };
    }
    if (page.length < PAGE) return;
  }
}

/** The signed decisions of the database. */
export async function storedDecisions(reader: AuditReader, keys: PublicKeys): Promise<CheckpointBody[]> {
  const rows = (await reader.decisions()).filter((row) => isSignedRow(row, keys));
  return rows.flatMap((row) => bodyOf(row) ?? []);
}

const isSignedRow = ({ key, body, signature }: CheckpointRow, keys: PublicKeys): boolean =>
  isSigned(keys, key, body, Buffer.from(signature, 'hex'));

/** The body, if it is that of its row. */
function bodyOf({ body, number, kind }: CheckpointRow): CheckpointBody | undefined {
  try {
    const read = JSON.parse(body) as CheckpointBody;
    return String(read.number) === number && read.kind === kind ? read : undefined;
  } catch {
    return undefined;
  }
}

/** One line of an export: the checkpoint with its signature in base64. */
export const lineOf = ({ body, key, signature }: Pick<CheckpointRow, 'body' | 'key' | 'signature'>): string =>
  `{"checkpoint":${body},"key":"${key}","signature":"${Buffer.from(signature, 'hex').toString('base64')}"}`;

/**
 * Those of an export, in the order of their rounds; only the last keeps its counts. Exports may have been put
 * together, and the banner of npm may stand in front.
 */
export async function exportedEvidence(
  lines: AsyncIterable<string>,
  keys: PublicKeys,
  findings: Findings,
): Promise<Evidence[]> {
  const all = new Map<string, Evidence>();
  let last: Evidence | undefined;
  for await (const line of lines) {
    if (!line.trim() || line.startsWith('>')) continue;
    const body = readLine(line, keys);
    if (!body) {
      findings.noteChain({ kind: 'checkpoint-unsigned', checkpoint: (last?.number ?? 0) + 1, from: 'file' });
      continue;
    }
    const { number, at, round, roundHash, rows, heads, counts } = body;
    all.set(`${number} ${at}`, { number, at, round, roundHash, rows, heads });
    if (!last || round >= last.round) last = { number, at, round, roundHash, rows, heads, counts };
  }
  if (last) all.set(`${last.number} ${last.at}`, last);
  return [...all.values()].toSorted((a, b) => a.round - b.round);
}

function readLine(line: string, keys: PublicKeys): CheckpointBody | undefined {
  try {
    const { checkpoint, key, signature } = JSON.parse(line) as Record<string, string>;
    const body = checkpoint as unknown as CheckpointBody;
    const signed = isSigned(
      keys,
      key ?? '',
      canonicalJson(body as unknown as Json),
      Buffer.from(signature ?? '', 'base64'),
    );
    return signed ? body : undefined;
  } catch {
    return undefined;
  }
}
