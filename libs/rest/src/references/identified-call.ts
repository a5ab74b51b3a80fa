import { type Definitions, Problem, readJson } from '@naravard/fhir';
import type { Call, Interaction } from '../call.ts';
import type { Engine } from '../engine.ts';
import { type Added, withReferences } from './added-references.ts';
import { type BundleEntry, entriesOf } from './bundle-identifiers.ts';
import { type Held, heldReferences, targetsAt } from './held-references.ts';
import { type Asked, identifiedResources, keyOfAsked, typesOf } from './identified-resources.ts';

type Logical = Extract<Held, { kind: 'logical' }>;

/** A Reference with an identifier alone that may lead to a resource here. */
interface Wanted {
  readonly held: Logical;
  readonly asked: Asked;
}

/**
 * http://hl7.org/fhir/R4/references.html#logical: the call, in whose text each Reference by identifier alone has the literal
 * beside it, where exactly one resource has the identifier, so that it is searched, judged and shown as any other. What a
 * transaction writes itself counts, by its fullUrl. All of a Bundle is looked up at once; a text without such a Reference is
 * left as it is and costs no question.
 */
export async function identifiedCall(engine: Engine, { name }: Interaction, call: Call): Promise<Call> {
  if (engine.references.policy === 'off' || call.media !== 'fhir' || !written.has(name)) return call;
  if (!logical.test(call.body)) return call;
  const resource = readJson(call.body, engine.limits.depth);
  if (typeof resource !== 'object' || resource === null) return call;
  const body = await identifiedText(engine, call.context, call.body, resource);
  return body === call.body ? { ...call, resource } : { ...call, body };
}

const written: ReadonlySet<string> = new Set(['create', 'update', 'transaction']);

/** In R4 few elements but Reference.identifier hold one Identifier, and no list of them. */
const logical = /"identifier"\s*:\s*\{/;

/** The same for a text that comes otherwise; `resource` is the text, parsed. */
export async function identifiedText(
  engine: Engine,
  context: Call['context'],
  text: string,
  resource: object,
): Promise<string> {
  const wanted = wantedIn(engine.definitions, resource);
  if (!wanted.length) return text;
  const asked = new Map(wanted.map(({ asked: each }) => [keyOfAsked(each), each]));
  checkNumber([...asked.values()], resource);
  const stored = await identifiedResources(engine, context, [...asked.values()]);
  const entries = entriesOf(resource);
  const added = wanted.flatMap(({ held: { path }, asked: each }): Added[] => {
    const found = addressesOf(entries(each), stored.get(keyOfAsked(each)) ?? []);
    const [reference, another] = found;
    return reference !== undefined && another === undefined ? [{ path, reference }] : [];
  });
  return added.length ? withReferences(text, added) : text;
}

/** Persons by a number in a resource, as Patient/$match takes; and identifiers in a text. */
const mostPersons = 10;
const mostAsked = 5_000;

/** @throws Problem 'too-costly': a write is no way to ask who there is */
function checkNumber(asked: readonly Asked[], resource: object): void {
  const { entry } = resource as { entry?: unknown };
  const resources = Array.isArray(entry) ? entry.length : 1;
  const persons = asked.filter(({ types }) => types[0] === 'Patient').length;
  if (persons > mostPersons * resources)
    throw new Problem(
      'too-costly',
      `A resource may refer to ${mostPersons} persons by number alone: refer to the others as Patient/id.`,
    );
  if (asked.length > mostAsked)
    throw new Problem(
      'too-costly',
      `${mostAsked} different identifiers are looked up at once: send less, or refer by Type/id.`,
    );
}

/** An entry that updates, or creates where there is none yet, writes what is stored already. */
const addressesOf = (entries: readonly BundleEntry[], stored: readonly string[]): readonly string[] => [
  ...new Set([
    ...entries.map(({ address }) => address),
    ...(entries.length && entries.every(({ isNew }) => !isNew) ? [] : stored),
  ]),
];

function wantedIn(definitions: Definitions, resource: object): Wanted[] {
  return heldReferences(resource).flatMap((held) => {
    if (held.kind !== 'logical') return [];
    const targets = targetsAt(definitions, resource, held.path);
    const types = targets ? typesFor(held, targets) : [];
    return types.length ? [{ held, asked: { types, system: held.system, value: held.value } }] : [];
  });
}

/** Where the number may as well be a relative's, nothing but Reference.type tells whose it is. */
function typesFor({ type, system }: Logical, targets: readonly string[]): readonly string[] {
  const may = typesOf(system).filter((each) => !targets.length || targets.includes(each));
  if (type !== undefined) return may.filter((each) => each === type);
  const isUnclear = may.includes('Patient') && mayBeAnother(targets);
  return isUnclear ? [] : may;
}

const mayBeAnother = (targets: readonly string[]): boolean =>
  !targets.length || ['RelatedPerson', 'Person', 'Practitioner'].some((each) => targets.includes(each));
