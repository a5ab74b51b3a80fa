import { createAll } from './creates.ts';
import { deleteStatement } from './delete-statement.ts';
import { raced } from './failure.ts';
import type { Statement } from './put-statement.ts';
import { askedOf, missingOf, refusedFor, withMissing } from './reference-check.ts';
import { instant, type Queryable, type Statements } from './statement.ts';
import type { PutWrite, RequestContext, Write, Written } from './types.ts';
import { whyNot } from './write-refused.ts';

interface DoneRow {
  n: string | null;
  version: string;
  last_updated: string;
  /** Of a PUT: the version in the statement's snapshot, and whether there was none or a deletion. */
  seen?: string | null;
  was_absent?: string;
  /** Of the last row, which tells of references instead: places of what is not there. */
  lost?: string | null;
}

/**
 * All writes of one kind (create, update, PUT, delete) in one statement: version, key row, index rows, claims, audit
 * and outbox; rows in (type, id) order, so that two writers of the same rows never wait for each other in a circle.
 * Deletes come first, since what they give up (a claim) is free for the others: DELETE, POST, PUT or PATCH is the order
 * of http://hl7.org/fhir/R4/http.html#trules.
 * Under READ COMMITTED a row that another transaction has just changed is judged anew (If-Match, digest), because every
 * condition stands on the key row itself.
 */
export async function writeAll(
  statements: Statements,
  on: Queryable,
  context: RequestContext,
  writes: readonly Write[],
): Promise<Written[]> {
  const written = new Map<Write, Written>();
  const puts = ordered(writes.filter((write) => write.kind === 'put'));
  const deletes = ordered(writes.filter((write) => write.kind === 'delete'));
  if (deletes.length) await run(deletes, deleteStatement(context, deletes));
  const creates = puts.filter(({ mode }) => mode === 'create');
  if (creates.length) {
    const [created = []] = await createAll(statements, on, [{ context, writes: creates }]);
    for (const [index, each] of created.entries()) written.set(creates[index] as Write, each);
  }
  for (const mode of ['update', 'any'] as const) {
    const group = puts.filter((write) => modeOf(write) === mode);
    if (group.length) await run(group, statements.puts.of(context, group, mode));
  }
  const refused = writes.filter((write) => !written.has(write));
  const reasons = refused.length ? await whyNot(statements, on, context, refused) : [];
  for (const [index, reason] of reasons.entries()) written.set(refused[index] as Write, reason);
  return writes.map((write) => written.get(write) as Written);

  async function run(group: readonly Write[], { text, values }: Statement) {
    const asked = () => askedOf(group.filter((write) => write.kind === 'put'));
    const rows = await statements.run<DoneRow>(on, text, values).catch((error: unknown) => {
      throw refusedFor(asked, error);
    });
    const missing = missingOf(asked(), rows.find(({ lost }) => lost)?.lost);
    for (const row of rows) {
      if (row.n === null) continue;
      const write = group[Number(row.n) - 1] as Write;
      const { type, id } = write;
      // Others have written it since the statement began, whose index rows this one has not seen: begin anew.
      if (write.kind === 'put' && Number(row.version) !== Number(row.seen) + 1) throw raced();
      const result = write.kind === 'delete' ? 'deleted' : row.was_absent === 't' ? 'created' : 'updated';
      const lastUpdated = instant(row.last_updated);
      const done = { result, type, id, version: Number(row.version), lastUpdated } as const;
      written.set(write, withMissing(done, missing.get(write)));
    }
  }
}

/** If-Match asks for what exists. */
const modeOf = ({ mode, expected }: PutWrite): PutWrite['mode'] =>
  mode === 'any' && expected !== undefined ? 'update' : mode;

const ordered = <T extends Write>(writes: T[]): T[] =>
  writes.sort((a, b) => (a.type < b.type ? -1 : a.type > b.type ? 1 : a.id < b.id ? -1 : 1));
