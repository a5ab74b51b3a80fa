import {
  type Actor,
  actorOfKey,
  custodianOf,
  deciding,
  factTypes,
  isOfWritersUnit,
  statedFacts,
  writerOf,
} from '@naravard/access';
import {
  conditionalReferences,
  type Finding,
  Problem,
  readJson,
  refuseRedacted,
  type StagedResource,
  storedText,
  type Writer,
} from '@naravard/fhir';
import type { PutWrite, RequestContext } from '@naravard/store';
import type { Engine } from './engine.ts';
import { refuseLiftRequest } from './operations/lift-request.ts';
import { refuseReservedLabels } from './reserved-labels.ts';
import { findingsOf } from './rules/findings-of.ts';
import type { StagedWrite } from './rules/staged-write.ts';
import { askedParameters } from './search-parameter.ts';

/** A resource on its way in. */
export interface Incoming {
  type: string;
  id: string;
  text: string;
  /** `text`, parsed; left out where it still has to be. */
  resource?: unknown;
  method: PutWrite['method'];
  mode: PutWrite['mode'];
  expected?: number;
  /** The id was found by a condition: the body need not repeat it. */
  conditional?: true;
  /** Written by an operation, which has asked what the law wants asked. */
  operation?: true;
}

/** Who writes, and when. */
type Staging = Pick<RequestContext, 'actor' | 'at'>;

export interface Staged {
  write: StagedWrite;
  /** Those of the write. */
  warnings: Finding[];
}

/**
 * Text to a write: structure, validity, then domain rules; nothing goes to the store past this.
 * @throws Problem 'structure', 'invalid' (all findings, up to the limit), 'unprocessable' or 'business-rule'.
 */
export function stage(engine: Engine, staging: Staging, incoming: Incoming): Staged {
  const staged = stagedOf(engine, staging, incoming);
  const { structure, profiles, taken, rules } = checksOf(engine, staged, incoming);
  const warnings = [...structure(), ...profiles(), ...taken(), ...rules()];
  return { write: writeOf(engine, staging, incoming, staged, warnings), warnings };
}

/** What is found out about a resource on its way in. @throws Problem 'structure', 'invalid' or 'bad-request' when it is not for this address */
export function stagedOf(engine: Engine, { actor, at }: Staging, incoming: Incoming): StagedResource {
  const { type, id } = incoming;
  return { type, id, resource: resourceOf(engine, incoming), writer: writing(actor), at };
}

/** Looks at a resource. Gives its warnings. @throws Problem with the errors */
type Check = () => Finding[];

/** All that is looked at in a resource itself, in this order: each relies on what those before have passed. */
export interface Checks {
  /** Whether it is valid R4. */
  readonly structure: Check;
  /** Whether it is as the profiles that hold for it say. */
  readonly profiles: Check;
  /** Whether its content may come in by a write at all. */
  readonly taken: Check;
  /** The rules of care that look at the resource alone. */
  readonly rules: Check;
}

export const checksOf = (
  engine: Engine,
  staged: StagedResource,
  { text }: Pick<Incoming, 'text'>,
): Checks => ({
  structure: () => validated(engine, staged.resource),
  profiles: () => withoutErrors(engine, engine.profiles.check(staged.resource)),
  taken() {
    refuseRedacted(staged.resource);
    refuseConditional(text);
    refuseReservedLabels(staged.resource);
    return [];
  },
  rules: () => checkRules(engine, staged),
});

/** The write of what has passed all checks; `warnings` go with it. @throws Problem of its facts, claims and search parameters */
export function writeOf(
  engine: Engine,
  { actor }: Pick<Staging, 'actor'>,
  incoming: Incoming,
  staged: StagedResource,
  warnings: Finding[],
): StagedWrite {
  const { type, id, text, method, mode, expected } = incoming;
  const { resource } = staged;
  const module = engine.types.get(type);
  const { meta, body } = storedText(text);
  const claims = module?.claims?.(resource, custodianOf(actor));
  const parameters = type === 'SearchParameter' ? askedParameters(engine, resource) : undefined;
  const rows = engine.extract(type, id, resource);
  if (!incoming.operation) refuseLiftRequest(engine, type, rows.tokens);
  const facts = factTypes.includes(type)
    ? statedFacts(resource, id, writerOf(actor, incoming.operation), engine.base)
    : undefined;
  return {
    kind: 'put',
    method,
    type,
    id,
    mode,
    expected,
    meta,
    body,
    rows,
    claims,
    ...(facts && { facts, ofWritersUnit: isOfWritersUnit(resource) }),
    ...(incoming.operation && { operation: true }),
    ...(parameters && { parameters }),
    staged,
    ownRule: module?.rules?.find((rule) => rule.keepsOwn?.(staged)),
    warnings,
  };
}

function resourceOf(engine: Engine, incoming: Incoming): object {
  const { type, id, text, resource, method, conditional } = incoming;
  const parsed = resource ?? readJson(text, engine.limits.depth);
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) {
    throw new Problem(
      'structure',
      `The body is not a resource: send a JSON object with resourceType ${type}.`,
    );
  }
  const { resourceType, id: own } = parsed as { resourceType?: unknown; id?: unknown };
  if (resourceType !== type) {
    throw new Problem('invalid', {
      severity: 'error',
      code: resourceType === undefined ? 'required' : 'value',
      expression: 'resourceType',
      diagnostics: `Here resourceType must be ${type}: change it, or send the resource to the address of its own type.`,
    });
  }
  if (method !== 'POST' && own !== id && !(conditional && own === undefined)) {
    throw new Problem('bad-request', {
      severity: 'error',
      expression: `${type}.id`,
      diagnostics: 'The id in the body must be the id in the address.',
    });
  }
  return parsed;
}

/** The warnings about a resource. @throws Problem 'invalid' with all findings, errors first, up to the limit */
export function validated(engine: Engine, resource: object): Finding[] {
  return withoutErrors(engine, engine.validate(resource));
}

/** The warnings among findings. @throws Problem 'invalid' as `validated` */
export function withoutErrors({ limits }: Engine, findings: Finding[]): Finding[] {
  if (!findings.some(({ severity }) => severity === 'error')) return findings;
  const ordered = findings.toSorted(
    (a, b) => Number(a.severity === 'warning') - Number(b.severity === 'warning'),
  );
  const cut = ordered.slice(0, limits.findings);
  const more = ordered.length - cut.length;
  const rest: Finding = { severity: 'warning', diagnostics: `${more} more: mend these first.` };
  throw new Problem('invalid', more > 0 ? [...cut, rest] : cut);
}

function refuseConditional(text: string): void {
  if (!conditionalReferences(text).length) return;
  throw new Problem(
    'unprocessable',
    'A conditional reference (Type?query) is resolved in transactions only: send a transaction, or refer by Type/id.',
  );
}

/** Who writes, as the rules of care ask; a member of staff whom a system names writes as with an own token. */
export function writing({ organisation, unit, caller }: Actor): Writer {
  const who = deciding(caller);
  const person = who.kind === 'staff' ? who.commission.employee : null;
  return { as: actorOfKey(organisation)?.as ?? null, organisation, unit, person };
}

/** Warnings of the rules that look at the resource alone. @throws Problem 'business-rule' */
function checkRules(engine: Engine, staged: StagedResource): Finding[] {
  const rules = engine.types.get(staged.type)?.rules?.filter(({ needs }) => needs === undefined);
  if (!rules?.length) return [];
  const broken = rules.flatMap((rule) => findingsOf(rule, staged, () => undefined));
  if (broken.some(({ severity }) => severity === 'error')) throw new Problem('business-rule', broken);
  return broken;
}
