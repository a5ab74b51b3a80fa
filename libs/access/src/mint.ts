import type { Scope, ScopeRule, SqlBuilder } from '@naravard/search';
import type { Actor } from './actor.ts';
import { grantedRule } from './granted-rule.ts';
import { marks } from './marks.ts';
import { lawRule } from './scope/law-rule.ts';
import { isProtectedPatient } from './scope/masked.ts';
import { ruleOf } from './scope/rule.ts';
import { type SecondCheck, secondCheck } from './second-check.ts';

const mint = (rule: ScopeRule): Scope => rule as Scope;

/** What a request may do: everything that the store asks of it. */
export interface Rights {
  /** What the caller may see. */
  readonly scope: Scope;
  /** What of it the caller may change. */
  readonly writable: Scope;
  /** Null for work that no caller asked for. */
  readonly second: SecondCheck | null;
  /** The instant that all of it is judged at, ISO. */
  readonly at: string;
}

/** The rights of a caller at an instant, ISO with milliseconds: by law, and within the scopes of its token. */
export function rightsOf(actor: Actor, at: string): Rights {
  const rule = grantedRule(lawRule(actor.caller, at), actor.grants);
  return {
    scope: mint(rule),
    writable: mint(ownRule(rule, actor)),
    second: secondCheck(actor.caller, at),
    at,
  };
}

/** For work that no caller asked for: migrations, seeding, tests. The reason is kept for the audit. */
export function systemRights(reason: string): Rights {
  const scope = systemScope(reason);
  return { scope, writable: scope, second: null, at: new Date().toISOString() };
}

/**
 * For an operation that has asked what the law wants asked before it records: the Consents that one legal actor (by key)
 * keeps about one patient, whoever of it wrote them, and nothing else. `reason` is for the audit.
 */
export function keeperRights(organisation: string, patient: string, at: string, reason: string): Rights {
  const about = (sql: SqlBuilder) => sql.named('kept about', patient, 'text');
  const scope = mint(
    ruleOf({
      shape: 'kept consents',
      reason,
      relation: (asked, sql) => `(${asked} = ${about(sql)})`,
      ground: (row, _sight, sql) =>
        `case when ${row}.type = 'Consent' and ${row}.patient = ${about(sql)} and ${row}.custodian = ${sql.named('kept by', organisation, 'text')} then ${sql.named('ground', reason, 'text')} end`,
      unmasked: () => null,
    }),
  );
  return { scope, writable: scope, second: null, at };
}

/**
 * For officers of who has blocked (SVOD 2022:913 3 kap 5 §): the Tasks by which others ask for a lifting, by the `tokens` of
 * their code. To whom they are sent, the operation asks.
 */
export function liftRequestRights(at: string, tokens: readonly string[]): Rights {
  const reason = 'block-officer';
  const scope = mint(
    ruleOf({
      shape: 'lift requests',
      reason,
      relation: () => 'false',
      ground: (row, _sight, sql) =>
        `case when ${row}.type = 'Task' and ${row}.tokens && ${sql.named('lift requests', tokens, 'text[]')} then '${reason}' end`,
      unmasked: () => null,
    }),
  );
  return { scope, writable: scope, second: null, at };
}

/** Sees all, for work that no caller asked for. */
export const systemScope = (reason: string): Scope =>
  mint({
    shape: 'system',
    reason,
    values: null,
    sights: () => null,
    relation: () => 'true',
    ground: (_row, _sight, sql) => sql.named('ground', reason, 'text'),
    condition: () => 'true',
    unmasked: () => null,
    unnaming: () => null,
  });

/** Test-only: sees the rows of one custodian and no others. */
export function organisationScope(custodian: string): Scope {
  const condition: ScopeRule['condition'] = (row, _sight, sql) =>
    `${row}.custodian = ${sql.named('custodian', custodian, 'text')}`;
  return mint({
    ...systemScope(`custodian ${custodian}`),
    shape: 'organisation',
    ground: (row, sight, sql) => `case when ${condition(row, sight, sql)} then 'custodian' end`,
    condition,
  });
}

/**
 * PDL (2008:355) 5 kap 4 §, HFD 2017:67: direct access does not let anybody change what another has written. A client
 * without an end user is shown protected persons masked, and would store the mask (OSL 2009:400 22 kap 1 §). A spärr is
 * ended by who may: an authorised officer, or an operation (PDL 4 kap 5 §).
 * Administrators change what is in the directory, whoever wrote it.
 */
function ownRule(rule: ScopeRule, actor: Actor): ScopeRule {
  if (actor.kind === 'administrator') return rule;
  const [shape, kept] = keptFromWriter(actor);
  return within(
    rule,
    shape,
    (row, sql) => `${row}.custodian = ${sql.named('own', actor.organisation, 'text')}${kept(row)}`,
  );
}

/** What of the own organisation's a caller may not change all the same. */
function keptFromWriter({ caller, rights }: Actor): readonly [shape: string, sql: (row: string) => string] {
  if (caller.kind === 'system' && caller.onBehalfOf === null) {
    return ['own whole', (row) => ` and not ${isProtectedPatient(`${row}.patient`)}`];
  }
  if (rights.includes('block-officer')) return ['own', () => ''];
  return ['own open', (row) => ` and not '${marks.showsBlock}' = any(${row}.labels)`];
}

/** A rule cut to the rows that meet a condition. */
function within(
  rule: ScopeRule,
  shape: string,
  condition: (row: string, sql: Parameters<ScopeRule['relation']>[1]) => string,
): ScopeRule {
  return {
    ...rule,
    shape: `${shape} ${rule.shape}`,
    values: null,
    condition: (row, sight, sql) => `(${condition(row, sql)} and ${rule.condition(row, sight, sql)})`,
    ground: (row, sight, sql) => `case when ${condition(row, sql)} then ${rule.ground(row, sight, sql)} end`,
  };
}
