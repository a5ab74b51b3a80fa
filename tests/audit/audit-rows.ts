import type { TestApp } from '@naravard/testkit';

const staffRow = {
  bucket: 0,
  request: 'request-1',
  interaction: 'read',
  outcome: 0,
  reason: 'own-unit',
  actor_kind: 'staff',
  actor: 'SE0000000002-2001',
  organisation: 'vg:SE0000000002-A',
  unit: 'SE0000000002-A1',
  commission: 'SE0000000002-2001U',
  purpose: 'Vård och behandling',
  title: 'Läkare',
  client: 'journal',
  type: 'CarePlan',
  patient: 'astrid-testberg' as string | null,
  targets: ['CarePlan/plan-1'] as string[],
  custodians: ['vg:SE0000000002-A'] as string[],
  query: null as string | null,
  at: new Date().toISOString(),
};

export type Row = { [Column in keyof typeof staffRow]: (typeof staffRow)[Column] | null };

/** Writes a row of the audit behind the service's back; returns its id. */
export async function insertRow({ database }: TestApp, over: Partial<Row> = {}): Promise<string> {
  const row = { ...staffRow, ...over };
  const names = Object.keys(row);
  const { rows } = await database.pool.query<{ id: string }>(
    `insert into audit (${names.join(', ')}) values (${names.map((_, index) => `$${index + 1}`).join(', ')}) returning id`,
    Object.values(row),
  );
  return rows[0]?.id ?? '';
}

/** Minutes before now. */
export const ago = (minutes: number): string => new Date(Date.now() - minutes * 60_000).toISOString();

export const clearAudit = ({ database }: TestApp): Promise<unknown> => database.pool.query('truncate audit');

/** The audit as it is in the table, oldest first. */
export async function rowsOf({ database }: TestApp): Promise<Row[]> {
  const { rows } = await database.pool.query<Row>('select * from audit order by at, id');
  return rows;
}

export const patientOf = (id: string, over: object = {}) => ({
  resourceType: 'Patient',
  id,
  active: true,
  name: [{ family: 'Testberg', given: ['Astrid'] }],
  birthDate: '1941-03-14',
  ...over,
});

export const hsaId = (value: string) => [{ system: 'urn:oid:1.2.752.29.4.19', value }];
