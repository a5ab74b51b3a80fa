import { generateKeyPairSync } from 'node:crypto';
import {
  type AuditReport,
  createSealer,
  exportCheckpoints,
  readSealKey,
  type Sealer,
  type SealKey,
  verifyAudit,
} from '@naravard/store';
import { createTestDatabase, type TestDatabase } from '@naravard/testkit';
import pg from 'pg';

/** A row as a statement of the service writes it; what is left out is as in an ordinary read. */
export interface AuditRow {
  at?: string;
  bucket?: number;
  actor?: string | null;
  patient?: string | null;
  reason?: string;
  query?: string | null;
  targets?: string[];
}

export interface SealWorld {
  database: TestDatabase;
  /** Connections that act as the service's role. */
  service: pg.Pool;
  sealer: Sealer;
  key: SealKey;
  /** Writes one row in a transaction of its own; its id. */
  write(row?: AuditRow, on?: pg.Pool | pg.ClientBase): Promise<string>;
  /** Rows one after the other, in two buckets, sealed in rounds of at most ten; their ids. */
  writeMany(count: number): Promise<string[]>;
  verify(checkpoints?: readonly string[]): Promise<AuditReport>;
  export(): Promise<string[]>;
  /** As someone with all rights on the database. */
  attack(sql: string, values?: unknown[]): Promise<void>;
  close(): Promise<void>;
}

export const newKey = (): SealKey =>
  readSealKey(generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString());

const insert = `insert into audit (at, request, interaction, outcome, reason, actor_kind, actor, bucket, type, patient, targets, query)
values (coalesce($1, clock_timestamp()), 'request', 'read', 0, $2, 'staff', $3, $4, 'CarePlan', $5, $6, $7) returning id`;

/** A database of its own with a sealer whose rounds hold ten rows. */
export async function createSealWorld(): Promise<SealWorld> {
  const database = await createTestDatabase();
  const service = new pg.Pool({
    connectionString: database.url,
    options: '-c role=naravard_service',
    max: 8,
  });
  const key = newKey();
  const sealer = createSealer({ url: database.url, key, batch: 10, poll: 100 });
  const write = async (row: AuditRow = {}, on: pg.Pool | pg.ClientBase = service) => {
    const {
      at = null,
      reason = 'own-unit',
      actor = 'SE1-E1',
      bucket = 7,
      patient = 'p1',
      targets,
      query = null,
    } = row;
    const values = [at, reason, actor, bucket, patient, targets ?? ['CarePlan/1'], query];
    return (await on.query<{ id: string }>(insert, values)).rows[0]?.id ?? '';
  };
  return {
    database,
    service,
    sealer,
    key,
    write,
    async writeMany(count) {
      const ids: string[] = [];
      for (let at = 0; at < count; at++)
        ids.push(await write({ bucket: at % 2 ? 7 : 8, actor: `SE1-E${at}`, patient: `p${at % 2}` }));
      await sealer.finish();
      return ids;
    },
    async verify(checkpoints) {
      const lines =
        checkpoints &&
        (async function* () {
          yield* checkpoints;
        })();
      return verifyAudit({ url: database.url, keys: [key.publicKey], ...(lines && { checkpoints: lines }) });
    },
    async export() {
      const lines: string[] = [];
      for await (const line of exportCheckpoints(database.url)) lines.push(line);
      return lines;
    },
    async attack(sql, values = []) {
      await database.pool.query(sql, values);
    },
    async close() {
      await sealer.stop();
      await service.end();
      await database.drop();
    },
  };
}
