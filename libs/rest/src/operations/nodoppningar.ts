import { actorOfKey, extensions } from '@naravard/access';
import { assemble, Problem } from '@naravard/fhir';
import type { Opening } from '@naravard/store';
import { limitOf } from '../audit/access-log.ts';
import { isReviewer } from '../audit/audit-reader.ts';
import { type NameOf, namesOf, placesOf, staffOf } from '../audit/directory-names.ts';
import { countOf } from '../audit/search-parameters.ts';
import type { Interaction, Pair } from '../call.ts';
import { answered, type Part } from './answer.ts';
import { checkScopes } from './callers.ts';
import { holderPart } from './nodoppning.ts';
import { refused } from './refusal.ts';

/**
 * `GET $nodoppningar?start=&end=&_count=` (SVOD 2022:913 4 kap 4 §): every nödöppning by the reviewer's own organisation, and
 * those of others that met its data: who, where, about whom, when, why (of the own alone), and what was read under it.
 */
export const nodoppningar: Interaction = {
  name: '$nodoppningar',
  method: 'GET',
  route: '/$nodoppningar',
  async handle(engine, { context, query }) {
    const { actor } = context;
    if (!isReviewer(actor)) {
      throw refused(
        'forbidden',
        'Only who has the task to check the log may see this.',
        'Bara den som har uppdraget att granska loggen får se detta.',
      );
    }
    checkScopes(actor, 'AuditEvent', 's');
    const { start, end, count } = askedOf(query, Date.parse(context.at));
    const { organisation } = actor;
    const asked = new URLSearchParams({ start, end, _count: String(count) }).toString();
    const found = await engine.store.auditLog.openings(
      { ...context, query: asked },
      { organisation, start, end, count: count + 1 },
    );
    const shown = found.slice(0, count);
    const nameOf = await namesOf(engine, context, 'Organization', placesOf(shown));
    const staffNameOf = await namesOf(engine, context, 'Practitioner', staffOf(shown));
    return answered(
      { name: 'period', valuePeriod: { start, end } },
      ...shown.map((opening) => openingPart(opening, nameOf, staffNameOf)),
      ...(found.length > count ? [{ name: 'more', valueBoolean: true }] : []),
    );
  },
};

const month = 31 * 86_400_000;

/** The month before `end`, or before now, where no start is given. */
function askedOf(pairs: readonly Pair[], now: number): { start: string; end: string; count: number } {
  const asked = { start: '', end: new Date(now + 1).toISOString(), count: 50 };
  for (const [name, value] of pairs) {
    if (name === '_count') asked.count = countOf(value, 200);
    else if (name === 'start') asked.start = limitOf(name, value).start;
    else if (name === 'end') asked.end = limitOf(name, value).end;
    else throw new Problem('unknown-parameter', 'The list of openings knows start, end and _count alone.');
  }
  if (!asked.start) asked.start = new Date(Date.parse(asked.end) - month).toISOString();
  if (asked.start >= asked.end) throw new Problem('bad-request', 'end must be after start.');
  return asked;
}

function openingPart(opening: Opening, nameOf: NameOf, staffNameOf: NameOf): Part {
  const { at, actor, organisation, unit, title, patient, consent, body, reads } = opening;
  const legal = actorOfKey(organisation);
  const reason = body === null ? undefined : reasonIn(consent, body);
  return {
    name: 'opening',
    part: [
      { name: 'at', valueInstant: at },
      { name: 'patient', valueReference: { reference: `Patient/${patient}` } },
      ...(actor ? [{ name: 'employee', valueString: `${staffNameOf(actor)} (${actor})` }] : []),
      ...(title ? [{ name: 'title', valueString: title }] : []),
      ...(unit ? [{ name: 'unit', valueString: `${nameOf(unit)} (${unit})` }] : []),
      ...(legal ? [holderPart('by', legal, nameOf(legal.hsaId))] : []),
      ...(reason === undefined ? [] : [{ name: 'reason', valueString: reason }]),
      { name: 'consent', valueReference: { reference: `Consent/${consent}` } },
      ...reads.map(({ at, targets }) => ({
        name: 'read',
        part: [
          { name: 'at', valueInstant: at },
          ...targets.map((target) => ({ name: 'what', valueString: target })),
        ],
      })),
    ],
  };
}

function reasonIn(id: string, body: string): string | undefined {
  const consent = JSON.parse(assemble('Consent', id, 1, '', null, body)) as {
    extension?: { url: string; valueString?: string }[];
  };
  return consent.extension?.find(({ url }) => url === extensions.emergencyReason)?.valueString;
}
