import { applyJsonPatch, Problem } from '@naravard/fhir';
import type { Stored } from '@naravard/store';
import type { Call, Interaction } from '../../call.ts';
import type { Engine } from '../../engine.ts';
import { refuseMasked } from '../../redaction/refuse-masked.ts';
import { type Reply, textOf } from '../../reply.ts';
import { stage } from '../../stage.ts';
import { checkMatch, writeWithin } from '../../written.ts';
import { bad, inputOf } from '../input.ts';
import { questionOf } from '../question.ts';
import { adding, type Change, type Labels, removing } from './labels.ts';
import { metaReply } from './meta.ts';

/**
 * `POST [type]/[id]/$meta-add` (http://hl7.org/fhir/R4/resource-operation-meta-add.html): adds profiles, tags and security labels
 * that the resource does not have. Here they are part of what is stored, so that it makes a version, by who may change the
 * resource; where nothing is new there is none. Other elements of the meta that is sent say nothing.
 */
export const metaAdd = changing('$meta-add', adding);

/** `POST [type]/[id]/$meta-delete` (http://hl7.org/fhir/R4/resource-operation-meta-delete.html): takes them away. */
export const metaDelete = changing('$meta-delete', removing);

function changing(name: string, change: Change): Interaction {
  return {
    name,
    method: 'POST',
    route: `/:type/:id/${name}`,
    body: ['fhir'],
    matches: true,
    writes: true,
    async handle(engine, call) {
      questionOf(call);
      const labels = inputOf(engine, call, { meta: 'meta' }).meta('meta') as Labels | undefined;
      if (labels === undefined) throw bad('meta', 'Give meta: the profiles, tags and security labels.');
      return changed(engine, call, (present) => change(present, labels));
    },
  };
}

/** Writes even where nothing changes: then too the store looks at who may change the resource, and audits that it was shown. */
function changed(
  engine: Engine,
  call: Call,
  changes: (present: Labels) => readonly object[],
): Promise<Reply> {
  const { context, type, id } = call;
  return engine.store.transaction(context, async (transaction) => {
    const [current] = await transaction.current([{ type, id }]);
    const { version } = changeable(call, current);
    const before = textOf(current as Stored);
    const { meta } = JSON.parse(before) as { meta: Labels };
    const text = applyJsonPatch(before, JSON.stringify(changes(meta)));
    const incoming = { type, id, text, method: 'PATCH', mode: 'update', expected: version } as const;
    const { write } = stage(engine, context, incoming);
    const written = await writeWithin(transaction, call, write);
    return metaReply({ ...(current as Stored), ...written, meta: write.meta, body: write.body });
  });
}

/** @throws Problem why it may not be changed */
function changeable(call: Call, current: Stored | undefined): Stored {
  if (!current) throw new Problem('not-found');
  if (current.deleted) throw new Problem('deleted');
  checkMatch(call, current.version);
  refuseMasked(current.mask);
  return current;
}
