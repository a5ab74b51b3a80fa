import { auditEvents, auditOperations } from '../audit/interactions.ts';
import { importInteractions } from '../bulk-import/import-interactions.ts';
import type { Interaction } from '../call.ts';
import type { Engine } from '../engine.ts';
import { jobInteractions } from '../jobs/job-interactions.ts';
import { everythingOperations } from '../operations/everything/everything-operations.ts';
import { accessOperations } from '../operations/operations.ts';
import { resourceOperations } from '../operations/resource/resource-operations.ts';
import { terminologyOperations } from '../operations/terminology/terminology-operations.ts';
import { loadPackage } from '../packages/load-package.ts';
import { bundle } from './bundle.ts';
import { capabilities, statementOf } from './capabilities.ts';
import { conditionalDelete } from './conditional-delete.ts';
import { conditionalUpdate } from './conditional-update.ts';
import { create } from './create.ts';
import { remove } from './delete.ts';
import { instanceHistory, systemHistory, typeHistory } from './history.ts';
import { conditionalPatch, patch } from './patch.ts';
import { read } from './read.ts';
import { reindexProgress } from './reindex.ts';
import { searches } from './search.ts';
import { update } from './update.ts';
import { vread } from './vread.ts';

/** What can be asked on its own or as an entry of a Bundle; static routes before patterns. */
const single: readonly Interaction[] = [
  systemHistory,
  typeHistory,
  ...searches,
  create,
  conditionalUpdate,
  conditionalPatch,
  conditionalDelete,
  read,
  update,
  patch,
  remove,
  instanceHistory,
  vread,
];

/** What an entry of a batch or transaction may ask. */
export const entryInteractions: readonly Interaction[] = [...auditEvents, ...single];

const stored = [...single, bundle(entryInteractions)];

/** What is asked of the service itself and of its audit; beside the stored types. */
export const operations: readonly Interaction[] = [
  reindexProgress,
  loadPackage,
  ...auditEvents,
  ...auditOperations,
  ...accessOperations,
  ...resourceOperations,
  ...everythingOperations,
  ...terminologyOperations,
  ...jobInteractions,
  ...importInteractions,
];

/** All interactions, of which /metadata tells, beside all operations; `further` are the operations of modules. */
export const interactionsWith = (further: readonly Interaction[]): readonly Interaction[] => [
  capabilities(stored, [...operations, ...further]),
  ...stored,
];

/** All that can be asked, of modules too: what is served, and what a job or a refusal looks a request up in. */
export const everyInteraction = (ofModules: readonly Interaction[]): readonly Interaction[] => [
  ...interactionsWith(ofModules),
  ...operations,
  ...ofModules,
];

/** The text of /metadata. */
export const statementWith = (engine: Engine, further: readonly Interaction[]): string =>
  statementOf(engine, stored, [...operations, ...further]);

/** All interactions; the pipeline, /metadata and OpenAPI read this table. */
export const interactions: readonly Interaction[] = interactionsWith([]);
