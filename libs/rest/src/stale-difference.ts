import { differenceOf, type Finding, Problem } from '@naravard/fhir';
import type { RequestContext } from '@naravard/store';
import type { Interaction } from './call.ts';
import type { Engine } from './engine.ts';
import { expectedVersion } from './etag.ts';
import { operationOn } from './operation-name.ts';
import { textOf } from './reply.ts';
import type { RouteParts } from './route.ts';
import { telling, toldBy } from './telling-refusal.ts';

/** A request to change one resource. */
interface Asked {
  readonly interaction: Interaction;
  readonly parts: RouteParts;
  readonly ifMatch: string | undefined;
}

/**
 * A 412 with what has changed since the version that If-Match names: a finding for each element, without its value, so that who
 * was second can see whether the changes collide. Only to who may read both versions; other problems come back as they are.
 * http://hl7.org/fhir/R4/http.html#concurrency
 */
export async function withDifference(
  engine: Engine,
  context: RequestContext,
  asked: Asked,
  problem: Problem,
): Promise<Problem> {
  const version = problem.kind === 'stale-version' ? expectedVersion(asked.ifMatch) : undefined;
  if (!version || asked.parts.id === '') return problem;
  // The refusal is told and audited whether or not there is more to tell.
  const findings = await differences(engine, context, asked, version).catch(() => []);
  const { kind, cause } = problem;
  return telling(new Problem(kind, [...problem.findings, ...findings], { cause }), toldBy(problem));
}

async function differences(
  { store }: Engine,
  context: RequestContext,
  { interaction, parts: { type: named, id } }: Asked,
  version: number,
): Promise<Finding[]> {
  const type = operationOn(interaction)?.type ?? named;
  const [before, after] = await Promise.all([
    store.readVersion({ ...context, interaction: 'vread' }, type, id, version),
    store.read({ ...context, interaction: 'read' }, type, id),
  ]);
  if (!before || !after || before.deleted || after.deleted) return [];
  const changed = differenceOf(JSON.parse(textOf(before)) as object, JSON.parse(textOf(after)) as object);
  return changed.map((expression) => ({
    severity: 'error',
    expression,
    diagnostics: `This differs between version ${version}, which you read, and the current one, ${after.version}.`,
  }));
}
