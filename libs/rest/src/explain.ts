import type { Actor } from '@naravard/access';
import { Problem } from '@naravard/fhir';
import { outlineQuery, type Query } from '@naravard/search';
import type { RequestContext } from '@naravard/store';
import type { Pair } from './call.ts';
import type { Engine } from './engine.ts';
import type { Reply } from './reply.ts';

/**
 * Whether a search asks how it would be answered (`_explain=true`) and not for the answer: for administrators only.
 * @throws Problem 'forbidden' for others, 'bad-request' for another value.
 */
export function isExplained({ kind }: Actor, pairs: readonly Pair[]): boolean {
  const asked = pairs.find(([name]) => name === '_explain')?.[1];
  if (asked === undefined || asked === 'false') return false;
  if (asked !== 'true') {
    throw new Problem('bad-request', {
      severity: 'error',
      expression: '_explain',
      diagnostics: "The value of '_explain' cannot be used: write true, or leave it out.",
    });
  }
  if (kind === 'administrator') return true;
  throw new Problem('forbidden', {
    severity: 'error',
    expression: '_explain',
    diagnostics: 'How a search is answered is shown to administrators only: leave _explain out.',
  });
}

/** Parameters with the query as it was understood and PostgreSQL's plan of it; neither holds values or data. */
export async function explainReply(engine: Engine, context: RequestContext, query: Query): Promise<Reply> {
  const plan = await engine.store.explain(context, query);
  const parameter = [
    { name: 'query', valueString: outlineQuery(query) },
    { name: 'plan', valueString: plan.join('\n') },
  ];
  return { status: 200, body: JSON.stringify({ resourceType: 'Parameters', parameter }) };
}
