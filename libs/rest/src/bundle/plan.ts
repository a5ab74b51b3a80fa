import { Problem } from '@naravard/fhir';
import type { Query } from '@naravard/search';
import type { Call, Interaction, SearchReach } from '../call.ts';
import { conditionOf } from '../condition.ts';
import type { Engine } from '../engine.ts';
import { problemOf } from '../framework-error.ts';
import { atEntry } from './at-entry.ts';
import type { Entry } from './entries.ts';
import { callOf } from './entry-call.ts';

/** What an entry of a transaction will do. */
export type Step = 'create' | 'update' | 'patch' | 'delete' | 'read' | 'search';

export interface Planned {
  entry: Entry;
  call: Call;
  step: Step;
  /** Id as known before anything is resolved: chosen here for creates, from the URL otherwise; '' when a condition tells. */
  id: string;
  /** Of a conditional interaction. */
  condition?: Query;
  /** Of a search. */
  reach?: SearchReach;
}

/** Runs `work` for an entry and puts the entry's place in front of what it throws. */
export function within<T>(entry: Pick<Entry, 'index'>, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw atEntry(entry, problemOf(error));
  }
}

/** Every entry as a step; nothing is resolved yet. @throws Problem naming the entry */
export const planOf = (engine: Engine, outer: Call, entries: readonly Entry[]): Planned[] =>
  entries.map((entry) => within(entry, () => planEntry(engine, outer, entry)));

function planEntry(engine: Engine, outer: Call, entry: Entry): Planned {
  const { interaction, call } = callOf(engine, outer, entry);
  const step = stepOf(interaction);
  const planned = { entry, call, step, id: call.id };
  switch (step) {
    case 'create': {
      const { ifNoneExist } = call.conditions;
      const condition = ifNoneExist === undefined ? undefined : conditionOf(engine, call.type, ifNoneExist);
      return { ...planned, id: engine.store.newId(), condition };
    }
    case 'update':
    case 'patch':
    case 'delete':
      return call.id ? planned : { ...planned, condition: conditionOf(engine, call.type, call.query) };
    case 'read':
      return planned;
    case 'search':
      return { ...planned, reach: interaction.reach?.(engine, call) };
    default:
      return step satisfies never;
  }
}

const steps: Readonly<Record<string, Step>> = {
  create: 'create',
  update: 'update',
  patch: 'patch',
  delete: 'delete',
  read: 'read',
  'search-type': 'search',
  'search-system': 'search',
};

function stepOf({ name }: Interaction): Step {
  const step = steps[name];
  if (step) return step;
  throw new Problem(
    'unprocessable',
    `A transaction cannot hold ${name}: ask for it in a batch or on its own.`,
  );
}
