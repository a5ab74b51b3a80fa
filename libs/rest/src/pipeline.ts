import { type Actor, nobody } from '@naravard/access';
import { Problem } from '@naravard/fhir';
import type { RequestContext } from '@naravard/store';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { formatInForm, formatOf, wishedFormat } from './asked-format.ts';
import { audited } from './audited.ts';
import { receiveUploads, uploadIn } from './bulk-import/uploads.ts';
import type { Call, Interaction } from './call.ts';
import type { Engine } from './engine.ts';
import { problemOf } from './framework-error.ts';
import { aboutOf, checkGranted, contextFor } from './granted.ts';
import type { CountRequest } from './hardening/rate-limit.ts';
import { callerOf, refuseTokenIn } from './identity/bearer.ts';
import type { Identity } from './identity/identity.ts';
import { RefusedCaller } from './identity/refused-caller.ts';
import { everyInteraction } from './interactions/table.ts';
import { jobAddresses } from './jobs/job-addresses.ts';
import { startedJob } from './jobs/start-job.ts';
import { logFailure } from './log-failure.ts';
import { bodyMedia, type Media } from './media.ts';
import { parsePrefer } from './prefer.ts';
import { parsePairs, queryOf } from './query-pairs.ts';
import { identifiedCall } from './references/identified-call.ts';
import { refusal } from './reply.ts';
import type { RouteParts } from './route.ts';
import { type Format, plainFormat, send } from './send.ts';
import { ServerTiming } from './server-timing.ts';
import { withDifference } from './stale-difference.ts';
import { checkPlace } from './wrong-place.ts';

/** What the steps before the body have found out about a request; grows step by step. */
interface Admitted {
  /** Who calls, once that is known: whom the request is counted to. */
  caller?: Actor;
  /** Undefined until the caller is known, and for what is open to all: neither is audited, but who is known and refused is. */
  context?: RequestContext;
  /** Undefined until it has been negotiated. */
  format?: Format;
  media: Media | '';
  /** The body is FHIR in XML. */
  isXml: boolean;
  query: Call['query'];
  /** Present for administrators. */
  timing?: ServerTiming;
}

declare module 'fastify' {
  interface FastifyRequest {
    admitted: Admitted | null;
  }
}

/** What stands before every interaction. */
interface Entrance {
  identity: Identity;
  count: CountRequest;
}

/** The same, and all that can be asked: of what is asked in the wrong way the right one is told. */
interface Gate extends Entrance {
  all: readonly Interaction[];
}

/**
 * The lifecycle of every FHIR request. Steps run in this order for each row of the table in interactions/table.ts:
 *
 *   identify    who calls: 401, or 403 for who is known and may not enter (not for open interactions)
 *   count       who calls too often: 429, not audited
 *   negotiate   format of the answer and of the body: 406, 415
 *   address     type mounted here, ids well formed: 404, 400
 *   granted     the scopes of the token let it do this with the type: 403
 *   (body)      read as text, at most limits.bodyBytes: 413; FHIR in XML becomes JSON: 400
 *   refer       references by identifier alone are given the literal, where one resource has it
 *   handle      the interaction: returns a Reply or throws a Problem
 *   audit       of a thrown Problem, since nothing else has left a row
 *   send        Reply to headers and body, which becomes XML when that was asked for
 */
export function registerInteractions(
  app: FastifyInstance,
  engine: Engine,
  entrance: Entrance,
  prefix: string,
  ofModules: readonly Interaction[],
): void {
  app.decorateRequest('admitted', null);
  const all = everyInteraction(ofModules);
  for (const interaction of [...all, ...jobAddresses(all)]) {
    const serve = (to: FastifyInstance) =>
      to.route({
        method: interaction.method,
        url: `${prefix}${interaction.route}`,
        onRequest: (request) => admit(engine, { ...entrance, all }, interaction, request),
        handler: (request, reply) => respond(engine, interaction, request, reply),
        errorHandler: (error, request, reply) => fail(engine, interaction, error, request, reply),
      });
    if (interaction.body?.includes('ndjson')) receiveUploads(app, serve);
    else serve(app);
  }
}

async function admit(
  engine: Engine,
  { identity, count, all }: Gate,
  interaction: Interaction,
  request: FastifyRequest,
): Promise<void> {
  const { headers } = request;
  const arrived = performance.now();
  const admitted: Admitted = { media: '', isXml: false, query: [] };
  request.admitted = admitted;
  if (!interaction.open) admitted.caller = await callerOf(identity, request.raw);
  await count(request);
  const { caller } = admitted;
  if (caller?.kind === 'administrator')
    admitted.timing = new ServerTiming(engine, performance.now() - arrived);
  if (caller) admitted.context = contextOf(engine, caller, request.id, interaction);
  const pairs = parsePairs(queryOf(request.raw.url ?? ''));
  admitted.format = formatOf(engine, interaction, pairs, headers.accept);
  if (interaction.body) Object.assign(admitted, bodyMedia(headers, interaction.body));
  checkPlace(engine, all, interaction, partsOf(request));
  if (admitted.context) {
    Object.assign(admitted.context, aboutOf(interaction, partsOf(request)));
    checkGranted(admitted.context.actor, interaction, partsOf(request));
  }
  admitted.query = pairs.filter(([name]) => name !== '_format' && name !== '_pretty');
}

const contextOf = (engine: Engine, actor: Actor, request: string, interaction: Interaction): RequestContext =>
  contextFor({ actor, ...engine.rights(actor), request, interaction: interaction.name }, interaction);

function partsOf(request: FastifyRequest): RouteParts {
  const { type = '', id = '', version = '', compartment = '' } = request.params as Partial<RouteParts>;
  return { type, id, version, compartment };
}

async function respond(
  engine: Engine,
  interaction: Interaction,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { headers, admitted } = request;
  if (!admitted) throw new Problem('internal');
  const { media, query, timing } = admitted;
  timing?.begin();
  // What is open to all does not touch the store.
  const context = admitted.context ?? contextOf(engine, nobody, request.id, interaction);
  const sent = typeof request.body === 'string' ? request.body : '';
  const stream = uploadIn(request);
  if (media === 'form') refuseTokenIn(sent);
  if (interaction.body && !interaction.body.includes('form') && sent === '' && !stream) {
    throw new Problem('structure', 'The body is empty: send a resource.');
  }
  const body = admitted.isXml ? engine.xml.read(sent, engine.limits.depth) : sent;
  if (media === 'form') admitted.format = formatInForm(engine, interaction, request, body) ?? admitted.format;
  const format = admitted.format ?? plainFormat;
  const conditions = {
    ifMatch: headers['if-match'],
    ifNoneMatch: headers['if-none-match'],
    ifModifiedSince: headers['if-modified-since'],
    ifNoneExist: single(headers['if-none-exist']),
  };
  const prefer = parsePrefer(single(headers.prefer));
  const asked = {
    format: format.contentType,
    ...(format.asked !== undefined && { linked: format.asked }),
    media,
    query,
    ...(stream && { stream }),
  };
  const call: Call = { ...partsOf(request), ...asked, body, conditions, prefer, context };
  const within = timing?.engine ?? engine;
  const identified = await identifiedCall(within, interaction, call);
  const later = prefer.async ? await startedJob(engine, interaction, identified) : undefined;
  const answer = later ?? (await interaction.handle(within, identified));
  const { problem } = answer;
  if (!problem || !admitted.context) return send(reply, answer, engine.base, format, timing);
  const told = await withDifference(engine, context, changeAsked(interaction, request), problem);
  return send(
    reply,
    told === problem ? answer : { ...answer, ...refusal(told) },
    engine.base,
    format,
    timing,
  );
}

const changeAsked = (interaction: Interaction, request: FastifyRequest) => ({
  interaction,
  parts: partsOf(request),
  ifMatch: request.headers['if-match'],
});

const single = (header: string | string[] | undefined): string | undefined =>
  Array.isArray(header) ? header.join(', ') : header;

/** Audits a refusal and says it; without audit nothing is said but 503. */
async function fail(
  engine: Engine,
  interaction: Interaction,
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const problem = problemOf(error);
  const { admitted } = request;
  const context =
    problem instanceof RefusedCaller
      ? contextOf(engine, problem.actor, request.id, interaction)
      : admitted?.context;
  logFailure(request.log, problem);
  const audit = async (told: Problem, within: RequestContext) =>
    audited(engine, within, told, partsOf(request).type.replace('*', ''), interaction);
  const answered = context
    ? await audit(await withDifference(engine, context, changeAsked(interaction, request), problem), context)
    : problem;
  const format = admitted?.format ?? wishedFormat(engine, interaction, request);
  return send(reply, refusal(answered), engine.base, format, admitted?.timing);
}
