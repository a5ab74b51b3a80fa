import { type ContactAt, contactsAt, systems } from '@naravard/care';
import { Problem } from '@naravard/fhir';
import {
  answered,
  type Call,
  checkScopes,
  type Interaction,
  type Part,
  questionOf,
  said,
  searchTogether,
  textOf,
} from '@naravard/rest';

/** As many as one answer holds: contacts and teams of one patient, and as many that they refer to. */
const most = 500;

/**
 * `GET Patient/[id]/$fasta-kontakter?date=`: who the fasta kontakter of a patient are, or were on a day or at an instant
 * (patientlagen 2014:821 6 kap), as far as the caller sees them: fast läkarkontakt first, then vårdkontakt, co-ordinator and
 * omsorgskontakt, the newest first. Two fasta läkarkontakter at once, at two vårdgivare, are both told, and marked. Numbers for
 * the staff alone are left out for others; internal notes are resources of their own, which are not looked at.
 */
export const fastaKontakter: Interaction = {
  name: '$fasta-kontakter',
  method: 'GET',
  route: '/Patient/:id/$fasta-kontakter',
  async handle(engine, call) {
    const { context, id } = call;
    checkScopes(context.actor, 'Patient', 's');
    checkScopes(context.actor, 'CareTeam', 's');
    const span = spanOf(call);
    const searching = { ...context, scope: context.searchable(), query: `patient=${id}` };
    const { resources } = await searchTogether(engine, searching, {
      searches: [
        { type: 'Patient', pairs: [['_id', id]] },
        { type: 'CareTeam', pairs: pairsOf(id) },
      ],
      follow: [
        { from: 'CareTeam', to: 'CareTeam' },
        { from: 'CareTeam', to: 'PractitionerRole' },
        { from: 'PractitionerRole', to: 'Practitioner' },
      ],
      most,
      mostIncluded: most,
    });
    if (!resources.some(({ type }) => type === 'Patient')) throw new Problem('not-found');
    const parsed = resources.map((stored) => JSON.parse(textOf(stored)) as object);
    const contacts = contactsAt(parsed, span, readers[context.actor.kind]);
    return answered(...contacts.map(partOf), said(inWords(contacts, call)));
  },
};

const category = (code: string): string => `${systems.careTeamType}|${code}`;

const pairsOf = (patient: string): [name: string, value: string][] => [
  ['patient', patient],
  ['category', `${category('fast-kontakt')},${category('team')}`],
  ['_include', 'CareTeam:organization'],
  ['_revinclude:iterate', 'HealthcareService:organization'],
];

/** The time that is asked about; of a request without `date`, now. @throws Problem 'unknown-parameter' or 'bad-request' */
function spanOf(call: Call): { start: string; end: string } {
  const { at } = call.context;
  return questionOf(call, 'date').time('date') ?? limitsOf(at);
}

/** A request is asked at a millisecond. */
const limitsOf = (at: string) => ({ start: at, end: new Date(Date.parse(at) + 1).toISOString() });

/** For whom the numbers that are told may be: of a guardian both those for the patient and those for relatives. */
const readers = {
  patient: ['patient'],
  guardian: ['patient', 'narstaende'],
  staff: ['personal'],
  system: ['personal'],
  administrator: ['personal'],
} as const;

function partOf({ reference, type, start, end, ...contact }: ContactAt): Part {
  const text = (name: string, value: string | null) => (value ? [{ name, valueString: value }] : []);
  const { name, unit, uppdrag, paths, notes, flerLakarkontakter } = contact;
  return {
    name: 'contact',
    part: [
      { name: 'careTeam', valueReference: { reference } },
      ...(type ? [{ name: 'type', valueCoding: { system: systems.fastKontakt, ...type } }] : []),
      ...text('name', name),
      ...text('unit', unit),
      ...text('uppdrag', uppdrag),
      ...(start || end
        ? [{ name: 'period', valuePeriod: { ...(start && { start }), ...(end && { end }) } }]
        : []),
      ...paths.flatMap((path) => text('contactPath', path)),
      ...notes.flatMap((note) => text('note', note)),
      { name: 'flerLakarkontakter', valueBoolean: flerLakarkontakter },
    ],
  };
}

function inWords(contacts: readonly ContactAt[], { context: { actor } }: Call): string {
  const isOwn = actor.kind === 'patient';
  if (!contacts.length) {
    return isOwn ? 'Här finns ingen fast kontakt för dig.' : 'Här finns ingen fast kontakt för personen.';
  }
  if (!contacts.some(({ flerLakarkontakter }) => flerLakarkontakter)) {
    return isOwn ? 'Det här är dina fasta kontakter.' : 'Det här är personens fasta kontakter.';
  }
  return isOwn
    ? 'Du har mer än en fast läkarkontakt. Den nyaste står först. Fråga din vårdcentral vem som gäller.'
    : 'Personen har mer än en fast läkarkontakt, hos olika vårdgivare. Den nyaste står först. Ta reda på vem som gäller.';
}
