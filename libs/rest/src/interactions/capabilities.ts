import type { Interaction } from '../call.ts';
import { capabilityStatement } from '../capability.ts';
import type { Engine } from '../engine.ts';

/** http://hl7.org/fhir/R4/http.html#capabilities: what this process can do; open to all. */
export const capabilities = (
  interactions: readonly Interaction[],
  operations: readonly Interaction[],
): Interaction => ({
  name: 'capabilities',
  method: 'GET',
  route: '/metadata',
  open: true,
  async handle(engine) {
    return { status: 200, body: statementOf(engine, interactions, operations) };
  },
});

/** The text of /metadata, made when it is first asked for after something has changed. */
export function statementOf(
  engine: Engine,
  interactions: readonly Interaction[],
  operations: readonly Interaction[],
): string {
  const made = engine.documents.get('metadata');
  if (made !== undefined) return made;
  const text = JSON.stringify(capabilityStatement(engine, interactions, operations));
  engine.documents.set('metadata', text);
  return text;
}
