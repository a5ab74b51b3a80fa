import { outcomeOf, Problem } from '@naravard/fhir';
import type { Stored } from '@naravard/store';
import type { Call, Interaction } from '../../call.ts';
import type { Engine } from '../../engine.ts';
import { expectedVersion } from '../../etag.ts';
import { refuseMasked } from '../../redaction/refuse-masked.ts';
import { isThere, missing, type Reply, textOf } from '../../reply.ts';
import { type Incoming, stagedOf } from '../../stage.ts';
import { bad } from '../input.ts';
import { asItStands, foundBy, howToLoad, information, lookedOver } from './looked-over.ts';
import { rehearsed } from './rehearse.ts';
import { type ValidateQuestion, validateQuestion } from './validate-question.ts';

/**
 * `POST [type]/$validate` (http://hl7.org/fhir/R4/resource-operation-validate.html): all that a write would find wrong with a
 * resource, as an OperationOutcome with 200. Without mode the resource is looked at by itself; with `create` the creation is
 * tried, and undone, so that what depends on other resources and on the caller is told as well. Nothing is stored.
 */
export const validateNew: Interaction = {
  name: '$validate',
  method: 'POST',
  route: '/:type/$validate',
  body: ['fhir'],
  async handle(engine, call) {
    const question = asked(engine, call);
    const { mode, resource } = question;
    if (mode === 'update' || mode === 'delete') {
      throw bad('mode', `mode=${mode} is about what is stored: ask it at ${call.type}/[id]/$validate.`);
    }
    if (resource === undefined) throw noResource();
    return told(engine, call, question, {
      ...sent(call, resource),
      id: engine.store.newId(),
      method: 'POST',
      mode: 'create',
    });
  },
};

/**
 * `POST [type]/[id]/$validate`: the same of what would replace a resource. With `update` the change is tried, and undone;
 * If-Match is heeded. With `delete` the deletion is. Without a resource it is the stored one that is looked at.
 */
export const validateStored: Interaction = {
  name: '$validate',
  method: 'POST',
  route: '/:type/:id/$validate',
  body: ['fhir'],
  matches: true,
  async handle(engine, call) {
    const question = asked(engine, call);
    const { mode, resource } = question;
    if (mode === 'create') {
      throw bad('mode', `mode=create is about what is not stored: ask it at ${call.type}/$validate.`);
    }
    if (mode === 'delete' || resource === undefined) return ofStored(engine, call, question);
    const incoming: Incoming = {
      ...sent(call, resource),
      id: call.id,
      method: 'PUT',
      mode: 'update',
      ...expectedBy(call),
    };
    if (mode !== 'update') return told(engine, call, question, incoming);
    const stored = await current(engine, call);
    return 'status' in stored ? stored : told(engine, call, question, incoming);
  },
};

/** `GET [type]/[id]/$validate`: the stored resource, as it is shown to the caller; or whether it could be deleted. */
export const validateRead: Interaction = {
  name: '$validate',
  method: 'GET',
  route: '/:type/:id/$validate',
  handle: async (engine, call) => ofStored(engine, call, asked(engine, call)),
};

/** @throws Problem 'unprocessable' for a profile that is not known: R4 wants an error, since nothing could be looked at */
function asked(engine: Engine, call: Call): ValidateQuestion {
  const question = validateQuestion(engine, call);
  const { mode, profile } = question;
  if (mode === 'profile' && profile === undefined)
    throw bad('profile', 'With mode=profile, name the profile.');
  if (profile !== undefined && !engine.profiles.knows(profile)) {
    throw new Problem('unprocessable', {
      severity: 'error',
      code: 'not-supported',
      expression: 'profile',
      diagnostics: `This profile is not known here: ${howToLoad}`,
    });
  }
  return question;
}

const noResource = (): Problem =>
  bad('resource', 'Send the resource, itself or as the parameter resource of Parameters.');

const sent = ({ type }: Call, resource: unknown) => ({ type, text: JSON.stringify(resource), resource });

function expectedBy({ conditions }: Call): { expected?: number } {
  const expected = expectedVersion(conditions.ifMatch);
  return expected === undefined ? {} : { expected };
}

/** The stored resource; or the refusal of who does not see it, which the store has audited. */
async function current(engine: Engine, { context, type, id }: Call): Promise<Stored | Reply> {
  const stored = await engine.store.read(context, type, id);
  return isThere(stored) ? stored : missing(stored);
}

async function ofStored(engine: Engine, call: Call, { mode, profile }: ValidateQuestion): Promise<Reply> {
  if (mode === 'create' || mode === 'update') throw noResource();
  const stored = await current(engine, call);
  if ('status' in stored) return stored;
  const { type, id } = stored;
  if (mode === 'delete') {
    const write = { kind: 'delete', type, id, ...expectedBy(call) } as const;
    return answer(await tried(engine, call, write));
  }
  // Faults of what is shown masked would not be those of what is stored.
  refuseMasked(stored.mask);
  return answer(asItStands(engine, JSON.parse(textOf(stored)) as object, profile));
}

async function told(
  engine: Engine,
  call: Call,
  { mode, profile }: ValidateQuestion,
  incoming: Incoming,
): Promise<Reply> {
  const staged = stagedOf(engine, call.context, incoming);
  const { issues, write } = lookedOver(engine, call, incoming, staged, profile);
  if (!write || (mode !== 'create' && mode !== 'update')) return answer(issues);
  const refused = await tried(engine, call, write);
  // A refusal tells the warnings of the rules as well.
  return answer([...issues, ...refused, ...(refused.length ? [] : foundBy([() => write.warnings]).issues)]);
}

/** The issues of what would refuse a write. */
async function tried(engine: Engine, call: Call, write: Parameters<typeof rehearsed>[2]): Promise<object[]> {
  const problem = await rehearsed(engine, call, write);
  return problem ? outcomeOf(problem).issue : [];
}

const answer = (issues: readonly object[]): Reply => ({
  status: 200,
  body: JSON.stringify({
    resourceType: 'OperationOutcome',
    issue: issues.length ? issues : [information('All OK.')],
  }),
});
