import { liftRequest } from '@naravard/access';
import { Problem } from '@naravard/fhir';
import type { Engine } from '../engine.ts';
import { granularKeys } from '../identity/granular-keys.ts';

/** As a search parameter has it. */
export const liftRequestToken = `${liftRequest.system}|${liftRequest.code}`;

/** What such a Task is found by, as the column `tokens` of a key row has it. */
export const liftRequestKeys = ({ catalog, base }: Pick<Engine, 'catalog' | 'base'>): readonly string[] =>
  granularKeys(() => catalog, base)('Task', 'code', liftRequestToken) ?? [];

/**
 * Officers are shown these Tasks of whoever asks, and lift a spärr because of them: only the operation makes one, which has
 * asked for the open nödöppning and says itself who asks. @throws Problem 'forbidden'
 */
export function refuseLiftRequest(
  engine: Pick<Engine, 'catalog' | 'base'>,
  type: string,
  tokens: readonly string[],
): void {
  if (type !== 'Task' || !liftRequestKeys(engine).some((key) => tokens.includes(key))) return;
  throw new Problem('forbidden', {
    severity: 'error',
    expression: 'Task.code',
    diagnostics: 'A request to lift a spärr is made with Patient/$begar-havning: leave the code out.',
  });
}
