import type { Parameter } from '../catalog/parameter.ts';
import { readsWithinReferences } from '../catalog/reading-references.ts';
import { canBeMasked, revealsAlways } from '../catalog/revealing-parameters.ts';
import type { Statement } from '../sql/statement.ts';
import type { Guards } from '../types/face.ts';

/** What a face needs to leave out what is hidden; what the guard around it leaves out, it needs not. */
export const guardsFor = (parameter: Parameter, alias: string, statement: Statement): Guards => ({
  unmasked: () =>
    revealsAlways(parameter) || !canBeMasked(parameter.resourceType) ? null : statement.unmasked(alias),
  edge: (only) => statement.shownEdge(alias, only),
  target: (type, id) => statement.shownTarget(alias, type, id),
});

/** The guard around a parameter that reads what may be hidden whatever value it has; null: it needs none. */
export function guardOf(
  parameter: Parameter,
  alias: string,
  statement: Statement,
  withinReferences = false,
): string | null {
  const guards = [
    revealsAlways(parameter) ? statement.unmasked(alias) : null,
    withinReferences || readsWithinReferences(parameter) ? statement.shownWhole(alias) : null,
  ].filter((guard) => guard !== null);
  return guards.length ? guards.join(' and ') : null;
}
