import { Problem, readJson } from '@naravard/fhir';
import { runBatch } from '../bundle/batch.ts';
import { readEntries } from '../bundle/entries.ts';
import { runTransaction } from '../bundle/transaction.ts';
import { bundleText, responseEntry } from '../bundle-text.ts';
import type { Interaction } from '../call.ts';

/** http://hl7.org/fhir/R4/http.html#transaction: POST of a Bundle to the base; `single` is what its entries may ask. */
export const bundle = (single: readonly Interaction[]): Interaction => ({
  name: 'transaction',
  method: 'POST',
  route: '/',
  body: ['fhir'],
  writes: true,
  async handle(engine, call) {
    const parsed = call.resource ?? readJson(call.body, engine.limits.depth);
    const type = (parsed as { type?: unknown } | null)?.type;
    if (type !== 'batch' && type !== 'transaction') {
      throw new Problem('invalid', {
        severity: 'error',
        expression: 'Bundle.type',
        diagnostics:
          'Send a Bundle of type batch or transaction here; other resources to the address of their type.',
      });
    }
    const entries = readEntries(engine, single, call.body, parsed as object);
    const outer = { ...call, context: { ...call.context, interaction: type } };
    const replies =
      type === 'batch'
        ? await runBatch(engine, outer, entries)
        : await runTransaction(engine, outer, entries);
    return { status: 200, body: bundleText(`${type}-response`, replies.map(responseEntry)) };
  },
});
