import { Problem } from '@naravard/fhir';
import type { Condition, RelationCondition } from './condition.ts';
import type { Part, Query } from './query.ts';

/** What a search by a parameter must be limited to; declared by the module whose type it is. */
export interface SearchNeed {
  readonly type: string;
  readonly parameter: string;
  /** The search must be about one patient. */
  readonly with: 'patient';
  /** Section of law, for whoever reads the refusal. */
  readonly citation: string;
}

/**
 * Refuses a query that tests a parameter beyond what it may be used for: as a condition in any form, alone or inside
 * `_filter`, a chain or `_has`, and as a sort key.
 * @throws Problem 'business-rule' that says the law and what to add.
 */
export function checkNeeds(query: Query, needs: readonly SearchNeed[]): void {
  if (!needs.length) return;
  for (const part of query.parts) {
    const found = needOf(part, needs);
    if (found) {
      const { type, parameter, citation } = found;
      const isRelated = query.parts.every((part) => part.type !== type);
      const advice = isRelated
        ? `search ${type} itself, with patient=Patient/id or patient.identifier=system|value.`
        : query.parts.length > 1
          ? `add patient=Patient/id, or leave ${type} out of _type.`
          : 'add patient=Patient/id or patient.identifier=system|value.';
      throw new Problem('business-rule', {
        severity: 'error',
        expression: parameter,
        diagnostics: `${type} can be searched by '${parameter}' for one patient at a time only: ${advice} ${citation}.`,
      });
    }
  }
}

function needOf({ type, conditions, sort }: Part, needs: readonly SearchNeed[]): SearchNeed | undefined {
  const bound = conditions.some((condition) => isOnePatient(condition, type));
  const keys = bound ? [] : sort.map(({ parameter }) => needFor(parameter, needs));
  return unmet(conditions, type, bound, needs) ?? keys.find((need) => need !== undefined);
}

/**
 * The first need that conditions of a type, which all hold, leave unmet. `around`: what is around them leaves resources
 * of one patient only.
 */
function unmet(
  conditions: readonly Condition[],
  type: string,
  around: boolean,
  needs: readonly SearchNeed[],
): SearchNeed | undefined {
  const bound = around || conditions.some((condition) => isOnePatient(condition, type));
  for (const condition of conditions) {
    const found = unmetIn(condition, type, bound, needs);
    if (found) return found;
  }
  return undefined;
}

function unmetIn(
  condition: Condition,
  type: string,
  bound: boolean,
  needs: readonly SearchNeed[],
): SearchNeed | undefined {
  switch (condition.kind) {
    case 'text': {
      // Words in a resource tell of its elements too.
      const need = bound ? undefined : needs.find((each) => each.type === condition.type);
      return need && { ...need, parameter: condition.field };
    }
    case 'not':
      return unmet([condition.condition], type, bound, needs);
    case 'all':
      return unmet(condition.conditions, type, bound, needs);
    case 'any':
      return condition.conditions
        .map((each) => unmet([each], type, bound, needs))
        .find((found) => found !== undefined);
    case 'chain':
    case 'has': {
      const there = condition.kind === 'chain' ? condition.type : condition.parameter.resourceType;
      const own = bound ? undefined : needFor(condition.parameter, needs);
      return own ?? unmet([condition.condition], there, bound && staysWithPatient(condition), needs);
    }
    default:
      return bound ? undefined : needFor(condition.parameter, needs);
  }
}

/** Between a patient and what is about that patient; any other relation may lead to somebody else. */
const staysWithPatient = ({ parameter, type }: RelationCondition): boolean =>
  type === 'Patient' && parameter.column === 'patient';

const needFor = (
  { resourceType, code }: { resourceType: string; code: string },
  needs: readonly SearchNeed[],
): SearchNeed | undefined => needs.find(({ type, parameter }) => type === resourceType && parameter === code);

/** Whether a condition on resources of `type` leaves those about one patient, or that patient. */
function isOnePatient(condition: Condition, type: string): boolean {
  switch (condition.kind) {
    case 'reference': {
      const [value, ...others] = condition.values;
      if (condition.parameter.column !== 'patient' || others.length) return false;
      if (value?.kind === 'logical') return value.tests.every(({ code }) => code !== undefined);
      return value?.kind === 'local' && value.type === 'Patient';
    }
    case 'token': {
      const [value, ...others] = condition.values;
      const { parameter, modifier } = condition;
      const names = type === 'Patient' && (parameter.column === 'id' || parameter.code === 'identifier');
      const isExact = modifier === null || modifier === 'of-type';
      return names && isExact && value?.code !== undefined && !others.length;
    }
    case 'chain':
      return (
        condition.type === 'Patient' &&
        condition.parameter.column === 'patient' &&
        isOnePatient(condition.condition, 'Patient')
      );
    case 'all':
      return condition.conditions.some((each) => isOnePatient(each, type));
    default:
      return false;
  }
}
