import { Problem, patchBetween } from '@naravard/fhir';
import type { Stored } from '@naravard/store';
import type { Call, Interaction } from '../../call.ts';
import type { Engine } from '../../engine.ts';
import { versionNumber } from '../../etag.ts';
import { isThere, type Reply, refusal, textOf } from '../../reply.ts';
import { knownHere, questionOf } from '../question.ts';

/**
 * `GET [type]/[id]/$diff` (as HAPI has it, https://hapifhir.io/hapi-fhir/docs/server_jpa/diff.html): what has changed between
 * the version before the current one, or `fromVersion`, and the current one, as a FHIRPath Patch. Both are what a vread shows
 * the caller; id, versionId and lastUpdated are left out, the rest of meta comes with `includeMeta=true`.
 */
export const diff: Interaction = {
  name: '$diff',
  method: 'GET',
  route: '/:type/:id/$diff',
  async handle(engine, call) {
    const { context, type, id } = call;
    const question = questionOf(call, 'fromVersion', 'includeMeta');
    const version = question.text('fromVersion');
    const meta = question.code('includeMeta', booleans) === 'true';
    const after = await engine.store.read(context, type, id);
    if (!isThere(after)) return missing(after);
    if (version === undefined && after.version === 1) throw onlyOne();
    const before = await versionOf(engine, call, { type, id, version: version ?? String(after.version - 1) });
    return isThere(before) ? patchReply(engine, before, after, meta) : missing(before);
  },
};

/** `GET $diff?from=[type]/[id]/_history/[version]&to=...`: the same of any two, of one type; without a version, the current one. */
export const diffOfTwo: Interaction = {
  name: '$diff',
  method: 'GET',
  route: '/$diff',
  async handle(engine, call) {
    const question = questionOf(call, 'from', 'to', 'includeMeta');
    const [from, to] = (['from', 'to'] as const).map((name) => placeOf(engine, name, question.text(name)));
    const meta = question.code('includeMeta', booleans) === 'true';
    if (!from || !to) throw new Problem('bad-request', knownHere(['from', 'to', 'includeMeta']));
    if (from.type !== to.type) throw unfit('to', 'from and to must be of one type.');
    const before = await versionOf(engine, call, from);
    if (!isThere(before)) return missing(before);
    const after = await versionOf(engine, call, to);
    return isThere(after) ? patchReply(engine, before, after, meta) : missing(after);
  },
};

const booleans = ['true', 'false'] as const;

interface VersionPlace {
  readonly type: string;
  readonly id: string;
  /** Undefined: the current one. */
  readonly version: string | undefined;
}

/** @throws Problem 'bad-request' for what is not a resource of a type that is served here */
function placeOf({ base, mounted }: Engine, name: string, given: string | undefined): VersionPlace {
  const relative = given?.startsWith(`${base}/`) ? given.slice(base.length + 1) : given;
  const [, type, id, version] =
    /^([A-Za-z]+)\/([A-Za-z0-9.-]{1,64})(?:\/_history\/([A-Za-z0-9.-]{1,64}))?$/.exec(relative ?? '') ?? [];
  if (type !== undefined && id !== undefined && mounted.has(type)) return { type, id, version };
  throw unfit(
    name,
    `Give ${name} as [type]/[id]/_history/[version] or [type]/[id], of a type that is served here.`,
  );
}

/** As read and vread. */
function versionOf(
  { store }: Engine,
  { context }: Call,
  { type, id, version }: VersionPlace,
): Promise<Stored | undefined> {
  if (version === undefined) return store.read(context, type, id);
  return store.readVersion(context, type, id, versionNumber(version));
}

/** The store has audited the miss. */
const missing = (stored: Stored | undefined): Reply => refusal(new Problem(stored ? 'deleted' : 'not-found'));

const onlyOne = (): Problem =>
  unfit(
    'fromVersion',
    'There is one version alone, which nothing comes before: compare with another resource by $diff?from=&to=.',
  );

const unfit = (expression: string, diagnostics: string): Problem =>
  new Problem('bad-request', { severity: 'error', expression, diagnostics });

const patchReply = ({ definitions }: Engine, before: Stored, after: Stored, meta: boolean): Reply => ({
  status: 200,
  body: patchBetween(textOf(before), textOf(after), definitions, { meta }),
});
