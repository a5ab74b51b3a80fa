import type { Scope, ScopeRule, SqlBuilder } from '@naravard/search';
import type { Actor } from './actor.ts';
import { grantedRule } from './granted-rule.ts';
import type { GrantLetter } from './grants.ts';
import { marks } from './marks.ts';
import { deciding } from './paths/system-client.ts';
import { keepsFacts } from './scope/kept-facts.ts';
import { lawRule } from './scope/law-rule.ts';
import { isProtectedPatient } from './scope/masked.ts';
import { readerOf, readerValues } from './scope/reader.ts';
import { ruleOf } from './scope/rule.ts';
import { type SecondCheck, secondCheck } from './second-check.ts';

const mint = (rule: ScopeRule): Scope => rule as Scope;

/** What a request may do: everything that the store asks of it. What most requests do not ask for is made when it is asked for. */
export interface Rights {
  /** What the caller may see; of a search, what it may find. */
  readonly scope: Scope;
  /** What the caller may find, within a transaction that reads and writes too. */
  searchable(): Scope;
  /** What the caller may change, and what it may delete. */
  writable(): Scope;
  deletable(): Scope;
  /** Null for work that no caller asked for. */
  readonly second: SecondCheck | null;
  /** The instant that all of it is judged at, ISO. */
  readonly at: string;
  /** It reaches past what row-level security shows the caller's organisation: its statements run outside of that net. */
  readonly beyondNet?: true;
}

/** The rights of a caller at an instant, ISO with milliseconds: by law, and within the scopes of its token. */
export function rightsOf(actor: Actor, at: string): Rights {
  const law = lawRule(actor.caller, at);
  const granted = (letter: GrantLetter) => grantedRule(law, actor.grants, letter);
  const own = (letter: GrantLetter) => once(() => mint(ownRule(granted(letter), actor, at)));
  return {
    scope: mint(granted('r')),
    searchable: once(() => mint(granted('s'))),
    writable: own('u'),
    deletable: own('d'),
    second: secondCheck(actor.caller, at),
    at,
  };
}

function once(make: () => Scope): () => Scope {
  let made: Scope | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

/** Rights that are one Scope whatever is done, and no caller's: the pure decision is not asked again. */
export const rightsWithin = (scope: Scope, at: string): Rights => ({
  scope,
  searchable: () => scope,
  writable: () => scope,
  deletable: () => scope,
  second: null,
  at,
});

/** For work that no caller asked for: migrations, seeding, tests. The reason is kept for the audit. */
export function systemRights(reason: string): Rights {
  return rightsWithin(systemScope(reason), new Date().toISOString());
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
  return rightsWithin(scope, at);
}

/** For Patient/$merge, which has asked whether it may: all that is about one of two Patients, whoever keeps it. */
export function mergeRights(patients: readonly [string, string], at: string): Rights {
  const reason = 'person-merge';
  const about = (sql: SqlBuilder) => sql.named('merged', patients, 'text[]');
  const scope = mint(
    ruleOf({
      shape: 'merged patients',
      reason,
      relation: (patient, sql) => `(${patient} = any(${about(sql)}))`,
      ground: (row, _sight, sql) => `case when ${row}.patient = any(${about(sql)}) then '${reason}' end`,
      unmasked: () => null,
    }),
  );
  return rightsWithin(scope, at);
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
  return { ...rightsWithin(scope, at), beyondNet: true };
}

/** Sees all, for work that no caller asked for. */
export const systemScope = (reason: string): Scope =>
  mint({
    shape: 'system',
    reason,
    values: null,
    sights: () => null,
    kindOf: () => '',
    relation: () => 'true',
    ground: (_row, _sight, sql) => sql.named('ground', reason, 'text'),
    condition: () => 'true',
    unmasked: () => null,
    hiding: null,
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
 * without an end user is shown protected persons masked, and would store the mask (OSL 2009:400 22 kap 1 §). What an
 * operation has recorded is changed by one, which asks who may (PDL 4 kap 4-5 §§). A Patient that was merged stays so.
 * Administrators change what is in the directory, whoever wrote it.
 */
function ownRule(rule: ScopeRule, actor: Actor, at: string): ScopeRule {
  if (actor.kind === 'administrator') return rule;
  const [shape, kept] = keptFromWriter(actor);
  const who = deciding(actor.caller);
  // A nödöppning lets read and no more.
  const related: Kept = (row, sql) =>
    who.kind === 'staff'
      ? ` and (${row}.patient is null or ${rule.relation(`${row}.patient`, sql)}) and not ${keepsFacts(row, readerOf(readerValues(who.commission, at), sql), who.commission.organisation.as)}`
      : '';
  return within(
    rule,
    who.kind === 'staff' ? `related ${shape}` : shape,
    (row, sql) =>
      `${row}.custodian = ${sql.named('own', actor.organisation, 'text')} and not ${isMerged(row)}${kept(row, sql)}${related(row, sql)}`,
  );
}

const isMerged = (row: string): string =>
  `(${row}.type = 'Patient' and exists (select from fact where fact.patient = ${row}.id and fact.kind = 'replaced' offset 0))`;

/**
 * What of the own organisation's a caller may not change all the same. Staff and persons: a spärr, and what else they state
 * through operations alone. A client of one unit: the spärr of another; one of the whole organisation may, as its journal
 * system. No client: what a person has said by own log-in.
 */
function keptFromWriter({ caller, unit }: Actor): readonly [shape: string, sql: Kept] {
  if (caller.kind !== 'system' || caller.onBehalfOf !== null) {
    return ['own open', (row) => ` and not ${showsBlock(row)} and not ${states(row, isOfOperation)}`];
  }
  const whole = (row: string) =>
    ` and not ${isProtectedPatient(`${row}.patient`)} and not ${isOfPerson(row)}`;
  if (unit === null) return ['own whole', whole];
  return [
    'own unit',
    (row, sql) =>
      `${whole(row)} and not (${showsBlock(row)} and ${row}.author_unit is distinct from ${sql.named('own unit', unit, 'text')})`,
  ];
}

type Kept = (row: string, sql: SqlBuilder) => string;

const showsBlock = (row: string): string => `'${marks.showsBlock}' = any(${row}.labels)`;

/** Whether a row is a Consent that states a fact of some sort. */
const states = (row: string, sort: string): string =>
  `(case when ${row}.type = 'Consent' then exists (select from fact where fact.bucket = ${row}.bucket and fact.rid = ${row}.rid and ${sort} offset 0) else false end)`;

/** What a patient recorded, or ended, by own log-in: there are facts about the author of a version, after Patient/$merge too. */
const isOfPerson = (row: string): string =>
  `(case when ${row}.type = 'Consent' then exists (select from version said join fact about on about.patient = said.author where said.bucket = ${row}.bucket and said.rid = ${row}.rid offset 0) else false end)`;

/** An age exception and a finding on a child have no operation (stated/consent.ts). */
const isOfOperation = `fact.kind not in ('child-unable', 'guardian-keeps-access', 'young-person-has-access')`;

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
    condition: (row, sight, sql, type) =>
      `(${condition(row, sql)} and ${rule.condition(row, sight, sql, type)})`,
    ground: (row, sight, sql, type) =>
      `case when ${condition(row, sql)} then ${rule.ground(row, sight, sql, type)} end`,
  };
}
