import { factsSaid, type StatedFact } from '@naravard/access';
import { Problem } from '@naravard/fhir';
import type { SqlBuilder } from '@naravard/search';
import type { RequestContext, Stored } from './types.ts';

/** The columns of a key row that access decides on; page and include CTEs carry them. */
export const decidedColumns = ['type', 'patient', 'custodian', 'author_unit', 'labels', 'starts'] as const;

/** What every statement that discloses bodies returns beside them, for the second check. */
export interface SeenRow {
  /** JSON array of `decidedColumns` and of what the row is decided on besides, if anything. */
  seen: string | null;
  /** JSON array of the facts of the row's patient; on at least one row of each patient. */
  facts: string | null;
}

/** `besides`: SQL of facts that decide on the row and are not told with the patient's, as JSON without brackets. */
export const seenColumn = (alias: string, besides?: string): string =>
  `json_build_array(${[...decidedColumns.map((name) => `${alias}.${name}`), ...(besides === undefined ? [] : [besides])].join(', ')})::text`;

/** An aggregate over facts, under alias `fact`: those that decide. Undefined for a caller who is not decided on. */
export const toldOf = ({ second }: RequestContext, sql: SqlBuilder): string | undefined =>
  second === null ? undefined : `string_agg(fact.said, ',') filter (where ${second.relevant('fact', sql)})`;

/** What sights have `told`, as JSON text. */
export const factsTold = (told: string): string => `('[' || ${told} || ']')`;

/**
 * SQL of all that decides about the rows of a patient of an id, as JSON text: the patient's facts, and which of the custodians
 * and of the caller's own organisation take part in SVOD. Null for a caller who is not decided on.
 */
export function factsOf(
  context: RequestContext,
  patient: string,
  custodians: string,
  sql: SqlBuilder,
): string {
  const told = toldOf(context, sql);
  if (told === undefined) return 'null::text';
  const own = sql.named('reader organisation', context.actor.organisation, 'text');
  return `('[' || nullif(concat_ws(',', (select ${told} from fact where fact.patient = ${patient}), (select string_agg(fact.said, ',') from fact where fact.patient is null and fact.kind = 'joined' and fact.organisation = any(${custodians} || ${own}))), '') || ']')`;
}

type Cell = string | null;

/** What came back about a patient, and whether any of it is a spärr. */
interface Known {
  readonly stated: readonly StatedFact[];
  readonly blocked: boolean;
}

const nothing: Known = { stated: [], blocked: false };

const isBlock = ({ kind }: StatedFact): boolean => kind === 'block-inner' || kind === 'block-outer';

/**
 * The second check: the pure decision on the facts that came back with the rows. The SQL has let them through, so a
 * refusal means that one of the two is wrong.
 * @throws Problem 'internal' with a cause that names the type and the refusal
 */
export function checkSeen<Row extends SeenRow>(
  { second }: RequestContext,
  rows: readonly Row[],
  storedOf: (row: Row) => Stored,
): Stored[] {
  if (second === null) {
    return rows.flatMap((row) =>
      row.seen === null ? [] : [{ ...storedOf(row), custodian: keyOf(row.seen).custodian }],
    );
  }
  const facts = new Map<string | null, Known>();
  const keys = rows.map(({ seen }) => (seen === null ? undefined : keyOf(seen)));
  rows.forEach((row, index) => {
    if (row.facts === null) return;
    const told = factsSaid(row.facts);
    const patient = keys[index]?.patient ?? told.find((fact) => fact.patient !== null)?.patient ?? null;
    // Rows of one patient may each tell of their own custodian who takes part.
    const stated = [...(facts.get(patient)?.stated ?? []), ...told];
    facts.set(patient, { stated, blocked: stated.some(isBlock) });
  });
  return rows.flatMap((row, index) => {
    const key = keys[index];
    if (!key) return [];
    const { stated, blocked } = facts.get(key.patient) ?? nothing;
    const decision = second.decide(key, key.besides ? [...stated, ...key.besides] : stated);
    if (!decision.allowed) {
      throw new Problem('internal', [], {
        cause: new Error(
          `second check: the statement showed a ${key.type} that is refused: ${decision.reason}`,
        ),
      });
    }
    return [{ ...storedOf(row), custodian: key.custodian, mask: decision.mask, blocked }];
  });
}

function keyOf(seen: string) {
  const [type, patient, custodian, author_unit, labels, starts, besides] = JSON.parse(seen) as [
    string,
    Cell,
    Cell,
    Cell,
    string[],
    Cell,
    Cell?,
  ];
  const told = besides ? factsSaid(`[${besides}]`) : null;
  return { type, patient, custodian, author_unit, labels, starts, besides: told };
}
