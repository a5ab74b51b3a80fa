import type { SqlBuilder } from '@naravard/search';
import { type Caller, type EndUser, sameActor } from './caller.ts';
import { decide } from './decide.ts';
import type { Decision } from './decision.ts';
import { factsOf } from './facts-of.ts';
import type { KeyRow } from './key-row.ts';
import { keyOfActor } from './legal-actor-key.ts';
import { marks } from './marks.ts';
import { rowOf } from './row-of.ts';
import { words } from './scope/literal.ts';
import type { FactKind, StatedFact } from './stated-fact.ts';

/** The pure decision about rows that a statement has let through, with the facts that came back beside them. */
export interface SecondCheck {
  /** SQL of which facts about a patient the decision looks at, over an alias of `fact`. */
  relevant(fact: string, sql: SqlBuilder): string;
  /**
   * SQL of what the decision on a row looks at besides, where it was told the facts of the patient and of those who have
   * informed the patient: facts as JSON without brackets, null for most rows.
   */
  besides(row: string): string;
  decide(key: KeyRow, facts: readonly StatedFact[]): Decision;
}

/** `at`: the ISO instant of the request. The facts of a patient are read once for all of its rows. */
export function secondCheck(caller: Caller, at: string): SecondCheck {
  let last:
    | { readonly stated: readonly StatedFact[]; readonly facts: ReturnType<typeof factsOf> }
    | undefined;
  return {
    relevant: (fact, sql) => relevantTo(caller, fact, sql),
    besides: (row) =>
      `case when ${row}.labels && ${words(marks.availableBy26)} then joined_facts(${row}.custodian) end`,
    decide: (key, stated) => {
      const patient = key.patient ?? '';
      if (last?.stated !== stated || last.facts.patient !== patient) {
        last = { stated, facts: factsOf(patient, stated) };
      }
      return decide(caller, last.facts, rowOf(key), at);
    },
  };
}

/** Facts that decide whichever organisation states them; of the others those of the reader's own do. */
const ofAll: readonly FactKind[] = [
  'block-inner',
  'block-outer',
  'lift',
  'informed',
  'born',
  'protected',
  'deceased',
];

function relevantTo(caller: Caller, fact: string, sql: SqlBuilder): string {
  const user: EndUser | null =
    caller.kind === 'system' ? caller.onBehalfOf : caller.kind === 'administrator' ? null : caller;
  if (user === null) return `${fact}.kind = 'protected'`;
  if (user.kind !== 'staff') return 'true';
  const { organisation } = user.commission;
  if (caller.kind === 'system' && !sameActor(organisation, caller.organisation)) return 'false';
  const own = sql.named('reader organisation', keyOfActor(organisation), 'text');
  return `(${fact}.organisation = ${own} or ${fact}.kind in ('${ofAll.join("', '")}'))`;
}
