// http://hl7.org/fhir/R4/search.html#chaining and #has

import type { Parameter } from '../catalog/parameter.ts';
import { readsWithinReferences } from '../catalog/reading-references.ts';
import { isRevealing } from '../catalog/revealing-parameters.ts';
import { edgeOf, joinable } from '../sql/index-table.ts';
import type { Statement } from '../sql/statement.ts';

/**
 * A link to another resource by a reference parameter. `chain`: the resource refers to one of `type`
 * (`subject:Patient.name`). `has`: the resource, of `type`, is referred to by one of the parameter's type
 * (`_has:Encounter:patient:date`).
 */
export interface Relation {
  readonly kind: 'chain' | 'has';
  readonly parameter: Parameter;
  readonly type: string;
}

/** Whether resources can be followed by it: a canonical URL names one without saying where it is. */
export const followable = ({ type, paths }: Parameter): boolean =>
  type === 'reference' && paths.some((path) => path.type === 'Reference' || path.type === 'Resource');

/** The SQL condition that the related row, under an alias, must meet. */
export type Meets = (alias: string) => string;

/**
 * The row under `alias` has a visible related row that meets the condition. By a reference that may be hidden nothing is
 * related.
 */
export function compileRelation(
  relation: Relation,
  alias: string,
  statement: Statement,
  meets: Meets,
): string {
  const { kind, parameter, type } = relation;
  const related = statement.alias();
  const visible = statement.visible(kind === 'chain' ? type : parameter.resourceType, related);
  const wanted = `${visible} and ${meets(related)}`;
  const holder = kind === 'chain' ? alias : related;
  const guards = [
    isRevealing(parameter, type) ? statement.unmasked(holder) : null,
    readsWithinReferences(parameter) ? statement.shownWhole(holder) : null,
  ].filter((guard) => guard !== null);
  if (!guards.length) return existsRelated(relation, alias, related, wanted, statement);
  const guard = guards.join(' and ');
  return kind === 'chain'
    ? `(${existsRelated(relation, alias, related, wanted, statement)} and ${guard})`
    : existsRelated(relation, alias, related, `(${wanted} and ${guard})`, statement);
}

function existsRelated(
  { kind, parameter, type }: Relation,
  alias: string,
  related: string,
  wanted: string,
  { sql }: Statement,
): string {
  if (parameter.column === 'patient' && type === 'Patient') {
    const edge = kind === 'chain' ? `${related}.id = ${alias}.patient` : `${related}.patient = ${alias}.id`;
    return `exists (select from resource ${related} where ${edge} and ${wanted}${joinable(sql)}`;
  }
  const [join, here] =
    kind === 'chain'
      ? [`${related}.id = x.target`, `x.rid = ${alias}.rid and x.bucket = ${alias}.bucket`]
      : [`${related}.rid = x.rid and ${related}.bucket = x.bucket`, `x.target = ${alias}.id`];
  return (
    `exists (select from reference x join resource ${related} on ${join}` +
    ` where ${here} and ${edgeOf(parameter, type)} and ${wanted}${joinable(sql)}`
  );
}

/** The (bucket, rid) of all rows that have the relation, for a set of alternatives. */
export function relationRows(relation: Relation, statement: Statement, meets: Meets): string {
  const row = statement.alias();
  const type = relation.kind === 'chain' ? relation.parameter.resourceType : relation.type;
  const related = compileRelation(relation, row, statement, meets);
  return `select ${row}.bucket, ${row}.rid from resource ${row} where ${statement.visible(type, row)} and ${related}`;
}
