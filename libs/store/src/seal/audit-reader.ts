import pg from 'pg';
import { clientConfig } from '../database.ts';
import { problemOf } from '../failure.ts';
import { type Round, roundSql, type Seal, sealSql } from './chain-form.ts';
import { headsSql } from './checkpoint.ts';
import { type RowTexts, rowTextsSql } from './row-form.ts';
import { inOrder } from './seal-round.ts';

/** A place in the order in which rows are sealed. */
export interface Place {
  xid: string;
  id: string;
}

export const beginning: Place = { xid: '0', id: '00000000-0000-0000-0000-000000000000' };

/** A row of `checkpoint` as texts; the signature in hexadecimal. */
export type CheckpointRow = Record<'number' | 'kind' | 'body' | 'key' | 'signature', string>;

const checkpointSql = `select number, kind, body, key, encode(signature, 'hex') as signature from checkpoint`;

/** What a verifier reads, page by page; each statement sees its own snapshot, so that no vacuum waits for it. */
export class AuditReader {
  readonly #client: pg.Client;

  private constructor(client: pg.Client) {
    this.#client = client;
  }

  /** @param url a login that may act as `naravard_service` */
  static async open(url: string): Promise<AuditReader> {
    const client = new pg.Client(clientConfig({ url, statementTimeout: 600_000 }));
    client.on('error', () => {});
    try {
      await client.connect();
      await client.query(`select ${inOrder('false')}`);
      return new AuditReader(client);
    } catch (error) {
      throw problemOf(error);
    }
  }

  close(): Promise<void> {
    return this.#client.end();
  }

  async #rows<Row>(name: string, text: string, values: unknown[]): Promise<Row[]> {
    try {
      return (await this.#client.query({ name, text, values })).rows as Row[];
    } catch (error) {
      throw problemOf(error);
    }
  }

  async #arrays(name: string, text: string, values: unknown[]): Promise<RowTexts[]> {
    try {
      return (await this.#client.query({ name, text, values, rowMode: 'array' })).rows as RowTexts[];
    } catch (error) {
      throw problemOf(error);
    }
  }

  rounds(after: string, limit: number): Promise<Round[]> {
    const text = `select ${roundSql} from seal_round where round > $1 order by round limit $2`;
    return this.#rows('rounds', text, [after, limit]);
  }

  /** In the order of rounds, then buckets. */
  seals(after: string, upto: string): Promise<Seal[]> {
    const text = `select ${sealSql} from seal where seal.round > $1 and seal.round <= $2 order by seal.round, seal.bucket`;
    return this.#rows('seals', text, [after, upto]);
  }

  /** Rows after a place up to another one, or to the end. */
  rowsBetween(after: Place, upto: Place | undefined, limit: number): Promise<RowTexts[]> {
    const until = upto ? 'and (a.xid, a.id) <= ($4::xid8, $5::uuid)' : '';
    const text = `select ${rowTextsSql} from audit a where (a.xid, a.id) > ($1::xid8, $2::uuid) ${until}
order by a.xid, a.id limit $3`;
    const values = [after.xid, after.id, limit, ...(upto ? [upto.xid, upto.id] : [])];
    return this.#arrays(upto ? 'rows' : 'rest', text, values);
  }

  /** Rows wherever they lie. */
  rowsById(ids: readonly string[]): Promise<RowTexts[]> {
    return this.#arrays('by-id', `select ${rowTextsSql} from audit a where a.id = any($1::uuid[])`, [ids]);
  }

  checkpoints(after: number, limit: number): Promise<CheckpointRow[]> {
    return this.#rows('checkpoints', `${checkpointSql} where number > $1 order by number limit $2`, [
      after,
      limit,
    ]);
  }

  /** Those that record a decision. */
  decisions(): Promise<CheckpointRow[]> {
    return this.#rows('decisions', `${checkpointSql} where kind <> 'regular' order by number`, []);
  }

  /** Rows that the seals say there are. */
  async sealedRows(): Promise<number> {
    const heads = await this.#rows<{ total: string }>('heads', headsSql, []);
    return heads.reduce((sum, { total }) => sum + Number(total), 0);
  }
}
