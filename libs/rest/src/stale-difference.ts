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
 * A 412, or the 409 of a lost race, with what has changed since the version that If-Match names: a finding for each element,
 * without its value, so that who was second can see whether the changes collide. Only to who may read both versions; other
 * problems come back as they are. Of a conditional interaction it is about the one match.
 * http://hl7.org/fhir/R4/http.html#concurrency
 */
export async function withDifference(
  engine: Engine,
  context: RequestContext,
  asked: Asked,
  problem: Problem,
): Promise<Problem> {
  const raced = problem.kind === 'stale-version' || problem.kind === 'conflict';
  if (!raced || asked.ifMatch === undefined) return problem;
  // The refusal is told and audited whether or not there is more to tell.
  const findings = await differences(engine, context, asked, problem).catch(() => []);
  if (!findings.length) return problem;
  const { kind, cause } = problem;
  return telling(new Problem(kind, [...problem.findings, ...findings], { cause }), toldBy(problem));
}

async function differences(
  { store }: Engine,
  context: RequestContext,
  { interaction, parts, ifMatch }: Asked,
  problem: Problem,
): Promise<Finding[]> {
  const version = expectedVersion(ifMatch);
  const type = operationOn(interaction)?.type ?? parts.type;
  const id = parts.id || matchOf(type, problem);
  if (!version || id === undefined) return [];
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

/** Id of the one resource that a refused conditional interaction tells of. */
function matchOf(type: string, problem: Problem): string | undefined {
  const matches = toldBy(problem).filter((each) => each.type === type);
  return matches.length === 1 ? matches[0]?.id : undefined;
}
