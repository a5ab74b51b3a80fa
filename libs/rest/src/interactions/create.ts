import type { Call, Interaction } from '../call.ts';
import type { Engine } from '../engine.ts';
import { type Reply, writtenReply } from '../reply.ts';
import { stage } from '../stage.ts';
import { writeAlone } from '../written.ts';
import { conditionalCreate } from './conditional-create.ts';

/** http://hl7.org/fhir/R4/http.html#create: the server chooses the id; with If-None-Exist only where there is none yet. */
export const create: Interaction = {
  name: 'create',
  method: 'POST',
  route: '/:type',
  body: ['fhir'],
  writes: true,
  async handle(engine, call) {
    return call.conditions.ifNoneExist === undefined
      ? createNew(engine, call)
      : conditionalCreate(engine, call);
  },
};

async function createNew(engine: Engine, call: Call): Promise<Reply> {
  const { context, type, body, resource, prefer } = call;
  const id = engine.store.newId();
  const incoming = { type, id, text: body, resource, method: 'POST', mode: 'create' } as const;
  const { write, warnings } = stage(engine, context, incoming);
  return writeAlone(engine, call, write, (written) => writtenReply(write, written, warnings, prefer.return));
}
