import { Problem } from '@naravard/fhir';
import type { Call, Interaction } from '../call.ts';
import type { Engine } from '../engine.ts';
import { jobHolderOf } from '../jobs/held-actor.ts';
import { ndjsonFormats } from '../ndjson.ts';
import type { Reply } from '../reply.ts';
import { importReply, outcomeFile } from './import-answer.ts';
import { ownImport } from './importer.ts';
import { receive } from './receive.ts';

/**
 * Bulk import, an operation of our own: R4 has none, and the one that is proposed
 * (https://github.com/smart-on-fhir/bulk-import) fetches files, where this one is sent them. A file of NDJSON of any length is
 * posted, and its lines are written as they come, each as an ordinary write. Whoever did not send it finds nothing at the
 * addresses that tell of it.
 */
export const importInteractions: readonly Interaction[] = [
  {
    name: '$import',
    method: 'POST',
    route: '/$import',
    body: ['ndjson'],
    handle: receive,
  },
  {
    name: '$import',
    method: 'GET',
    route: '/$import/:id',
    handle: async (engine, call) => importReply(engine, await ownImport(engine, call)),
  },
  { name: '$import', method: 'DELETE', route: '/$import/:id', handle: forget },
  {
    name: '$import',
    method: 'GET',
    route: '/$import/:id/outcome',
    formats: ndjsonFormats,
    handle: async (engine, call) => outcomeFile(engine, await ownImport(engine, call)),
  },
];

/** What was written stays; an upload that goes on ends. */
async function forget(engine: Engine, call: Call): Promise<Reply> {
  const { id } = await ownImport(engine, call);
  const isForgotten = await engine.store.imports.forget(id, jobHolderOf(call.context.actor));
  if (isForgotten) return { status: 204 };
  throw new Problem('not-found');
}
