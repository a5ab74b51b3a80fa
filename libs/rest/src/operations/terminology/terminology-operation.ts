import type { Terminology } from '@naravard/terminology';
import type { Call, Interaction } from '../../call.ts';
import type { Engine } from '../../engine.ts';
import { isThere, missing, type Reply, textOf } from '../../reply.ts';
import { checkScope } from '../../scope-check.ts';
import { type Input, type Inputs, inputOf } from './terminology-input.ts';

export interface Asked {
  readonly terminology: Terminology;
  readonly input: Input;
  /** The resource that the operation is asked on; undefined on the type. */
  readonly instance: object | undefined;
  /** Instant of the request, ISO. */
  readonly at: string;
}

/** An operation of http://hl7.org/fhir/R4/terminology-service.html: a function from what is loaded to a resource. */
export interface TerminologyOperation {
  readonly type: 'CodeSystem' | 'ValueSet' | 'ConceptMap';
  /** With its dollar sign. */
  readonly name: string;
  readonly inputs: Inputs;
  /** The answer. @throws Problem */
  answer(asked: Asked): object;
}

/**
 * By GET and POST, on the type and on a resource of it. On the type an answer comes from what is loaded in memory, which
 * is public and about nobody: like `/metadata` it leaves no row in the audit, though it needs a token with a scope to read
 * the type. A resource that is named by its id is read under the caller's Scope, and audited, as any read is; a refusal is
 * audited by the pipeline.
 */
export const interactionsOf = (operation: TerminologyOperation): readonly Interaction[] =>
  (['', '/:id'] as const).flatMap((instance) => [
    interaction(operation, 'GET', `/${operation.type}${instance}/${operation.name}`),
    { ...interaction(operation, 'POST', `/${operation.type}${instance}/${operation.name}`), body: ['fhir'] },
  ]);

const interaction = (
  operation: TerminologyOperation,
  method: 'GET' | 'POST',
  route: string,
): Interaction => ({
  name: operation.name,
  method,
  route,
  handle: (engine, call) => answered(operation, method, engine, call),
});

async function answered(
  { type, inputs, answer }: TerminologyOperation,
  method: 'GET' | 'POST',
  engine: Engine,
  call: Call,
): Promise<Reply> {
  const { context, id } = call;
  checkScope(context.actor.grants, type, 'r');
  const input = inputOf(engine, call, method, inputs);
  const stored = id === '' ? undefined : await engine.store.read(context, type, id);
  if (id !== '' && !isThere(stored)) return missing(stored);
  const instance = stored && (JSON.parse(textOf(stored)) as object);
  const { terminology } = engine;
  return { status: 200, body: JSON.stringify(answer({ terminology, input, instance, at: context.at })) };
}
