import type { Actor } from '@naravard/access';
import { canonicalIdentifier, identifierSystems, type Problem } from '@naravard/fhir';
import type { NationalNumber } from '@naravard/store';
import { bundleText } from '../bundle-text.ts';
import type { Interaction } from '../call.ts';
import type { Engine } from '../engine.ts';
import { careCommission, checkScopes } from './callers.ts';
import { bad, inputOf } from './input.ts';
import { refused } from './refusal.ts';

/**
 * `POST Patient/$match` (http://hl7.org/fhir/R4/patient-operation-match.html): the person of an exact personnummer,
 * samordningsnummer or reservnummer, so that who does not see a person yet writes about the same Patient as others do. The
 * answer is the id and the number that was asked for, as it is registered: every match is certain, and with
 * `onlyCertainMatches` two are none.
 * Deviation: nothing but these identifiers is compared, and a Patient is found whoever may see it.
 */
export const match: Interaction = {
  name: '$match',
  method: 'POST',
  route: '/Patient/$match',
  body: ['fhir'],
  async handle(engine, call) {
    checkMatcher(call.context.actor);
    const input = inputOf(engine, call, {
      resource: 'resource',
      onlyCertainMatches: 'boolean',
      count: 'integer',
    });
    const most = input.integer('count') ?? Number.POSITIVE_INFINITY;
    if (most < 1) throw bad('count', 'count must be 1 or more.');
    const found = await engine.store.match(call.context, numbersOf(input.resource('resource')));
    const isUncertain = input.isTrue('onlyCertainMatches') && found.length > 1;
    const entries = isUncertain ? [] : found.slice(0, most).map((each) => entryOf(engine, each));
    return { status: 200, body: bundleText('searchset', entries, { total: entries.length }) };
  },
};

/**
 * Whoever may ask who has a number, here or by a reference (references/identified-resources.ts): staff in care, and systems for
 * themselves. @throws Problem 'forbidden'
 */
export function checkMatcher(actor: Actor): void {
  if (actor.caller.kind !== 'system' || actor.caller.onBehalfOf !== null) careCommission(actor);
  checkScopes(actor, 'Patient', 's');
}

const { personnummer, samordningsnummer, reservnummer } = identifierSystems;

/** A personnummer is looked for as a samordningsnummer too, and the other way: as either it is taken (services/care-team). */
export const numberSystems: ReadonlyMap<string | null, readonly string[]> = new Map([
  [personnummer, [personnummer, samordningsnummer]],
  [samordningsnummer, [samordningsnummer, personnummer]],
  [reservnummer, [reservnummer]],
]);

function numbersOf(resource: unknown): NationalNumber[] {
  const { resourceType, identifier = [] } = (resource ?? {}) as {
    resourceType?: string;
    identifier?: { system?: string; value?: string }[];
  };
  if (resourceType !== 'Patient') throw bad('resource', 'Send the Patient to look for as resource.');
  const numbers = identifier.flatMap(({ system: given, value: number = '' }) => {
    const { system, value } = canonicalIdentifier(given, number);
    return value === '' ? [] : (numberSystems.get(system) ?? []).map((of) => ({ system: of, value }));
  });
  if (numbers.length) return numbers.slice(0, mostNumbers);
  throw noNumber();
}

/** One person has at most one of each kind that is asked for, and an earlier one. */
const mostNumbers = 10;

const noNumber = (): Problem =>
  refused(
    'unprocessable',
    'Give the Patient an identifier with a personnummer, samordningsnummer or reservnummer: nothing else is compared.',
    'Ange personnummer, samordningsnummer eller reservnummer.',
    'Patient.identifier',
  );

const gradeUrl = 'http://hl7.org/fhir/StructureDefinition/match-grade';

const entryOf = ({ base }: Engine, { id, number }: { id: string; number: NationalNumber }): string =>
  JSON.stringify({
    fullUrl: `${base}/Patient/${id}`,
    resource: { resourceType: 'Patient', id, identifier: [number] },
    search: { extension: [{ url: gradeUrl, valueCode: 'certain' }], mode: 'match', score: 1 },
  });
