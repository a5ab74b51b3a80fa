import { Problem } from '@naravard/fhir';
import type { Match } from '@naravard/store';
import { oneOf } from '../condition.ts';
import type { Engine } from '../engine.ts';
import { conditionalIncoming } from '../interactions/conditional-update.ts';
import type { Incoming } from '../stage.ts';
import { atEntry } from './at-entry.ts';
import { type Planned, within } from './plan.ts';

/** Where a writing step goes, now that its condition is resolved. */
export interface Target {
  planned: Planned;
  type: string;
  /** '' when there is nothing to delete. */
  id: string;
  /** If-None-Exist found it: nothing is written. */
  existing?: true;
  /** Version of what the condition of an update, patch or delete found. */
  version?: number;
  /** What a conditional update writes. */
  incoming?: Incoming;
}

/** `found` holds the matches of the conditional steps, in order. @throws Problem naming the entry */
export function targetsOf(engine: Engine, writing: readonly Planned[], found: readonly Match[]): Target[] {
  const next = found[Symbol.iterator]();
  return writing.map((planned) => {
    const match = planned.condition && next.next().value;
    return within(planned.entry, () => targetOf(engine, planned, match));
  });
}

function targetOf(engine: Engine, planned: Planned, match: Match | undefined): Target {
  const { call, step, id, condition } = planned;
  const target = { planned, type: call.type, id };
  if (!condition) return target;
  const one = oneOf(match);
  switch (step) {
    case 'create':
      return one ? { ...target, id: one.id, existing: true } : target;
    case 'update': {
      const incoming = conditionalIncoming(engine, call, one);
      return { ...target, id: incoming.id, incoming, version: one?.version };
    }
    case 'delete':
      return one ? { ...target, id: one.id, version: one.version } : target;
    case 'patch':
      if (!one) throw new Problem('not-found');
      return { ...target, id: one.id, version: one.version };
    case 'read':
    case 'search':
      return target;
    default:
      return step satisfies never;
  }
}

/**
 * "If any resource identities overlap in steps 1-3, then the transaction SHALL fail":
 * http://hl7.org/fhir/R4/http.html#trules. Two steps with one condition that nothing matches overlap as well.
 */
export function refuseOverlap(targets: readonly Target[]): void {
  const seen = new Map<string, number>();
  for (const { planned, type, id } of targets) {
    const { entry, condition } = planned;
    for (const key of condition ? [`${type}/${id}`, `${type}?${condition.self}`] : [`${type}/${id}`]) {
      const other = seen.get(key);
      if (other !== undefined && other !== entry.index) {
        const overlap = `Bundle.entry[${other}] writes the same resource: keep one of them.`;
        throw atEntry(entry, new Problem('bad-request', overlap));
      }
      seen.set(key, entry.index);
    }
  }
}
