import { Problem } from '@naravard/fhir';
import type { PutWrite } from '@naravard/store';
import type { Engine } from '../engine.ts';
import { textOf } from '../reply.ts';
import type { StagedWrite } from '../rules/staged-write.ts';
import { stage } from '../stage.ts';
import { writeAll } from '../written.ts';
import { publishing } from './publisher.ts';

interface Statement {
  readonly id: string;
  readonly date: string;
}

/**
 * Keeps the CapabilityStatement of what this process serves stored as /metadata tells it; processes that serve the same have
 * one, with the date of when it last changed. http://hl7.org/fhir/R4/capabilitystatement.html
 */
export function capabilityPublisher(engine: Engine, statement: () => string): () => Promise<void> {
  let published: string | undefined;
  return async () => {
    if (statement() === published) return;
    published = await publish(engine, statement()).catch((error: unknown) => {
      if (isTaken(error)) return publish(engine, statement());
      throw error;
    });
    engine.documents.set('metadata', published);
  };
}

/** The statement as it is stored now: with the date of what was there, where that says the same. */
async function publish(engine: Engine, text: string): Promise<string> {
  const context = publishing('capability');
  const { id, date } = JSON.parse(text) as Statement;
  const type = 'CapabilityStatement';
  const put = (body: string, mode: PutWrite['mode']): StagedWrite =>
    stage(engine, context, { type, id, text: body, method: 'PUT', mode }).write;
  return engine.store.transaction(context, async (transaction) => {
    const [current] = await transaction.current([{ type, id }]);
    if (!current) {
      await writeAll(transaction, [put(text, 'create')]);
      return text;
    }
    const kept = current.deleted ? text : dated(text, date, (JSON.parse(textOf(current)) as Statement).date);
    if (current.body === put(kept, 'any').body) return kept;
    await writeAll(transaction, [put(text, 'any')]);
    return text;
  });
}

/** Another process that serves the same has been first. */
const isTaken = (error: unknown): boolean =>
  error instanceof Problem && ['conflict', 'stale-version'].includes(error.kind);

/** The first date of the text is its own. */
const dated = (text: string, from: string, to: string): string =>
  text.replace(JSON.stringify({ date: from }).slice(1, -1), JSON.stringify({ date: to }).slice(1, -1));
