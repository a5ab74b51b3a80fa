import {
  type Audience,
  type Contact,
  type ContactNow,
  contactNow,
  contactPathsOf,
  firstGap,
  gapInWords,
  type Need,
  needs,
  systems,
  vardguiden,
} from '@naravard/care';
import { Problem, parseDateRange } from '@naravard/fhir';
import {
  answered,
  type Call,
  checkScopes,
  type Engine,
  type Interaction,
  type Part,
  searchTogether,
  textOf,
} from '@naravard/rest';

/**
 * `GET Patient/[id]/$vem-ringer-jag?at=&need=&reader=`: whom to call now, or at another instant: one number first, others in
 * order, why, what to do if nobody answers, and the first hour within a year when no contact answers (joint plan of Halland,
 * row 2a: contact paths day and night). For whoever sees the Patient, of the contacts that the caller sees. A patient
 * or guardian is given the patient's numbers; the staff all, or with `reader` those that the patient or a relative is given.
 */
export const vemRingerJag: Interaction = {
  name: '$vem-ringer-jag',
  method: 'GET',
  route: '/Patient/:id/$vem-ringer-jag',
  async handle(engine, call) {
    const { actor } = call.context;
    checkScopes(actor, 'Patient', 's');
    checkScopes(actor, 'CareTeam', 's');
    const { at, need, reader } = askedOf(call);
    const resources = await contactsOf(engine, call);
    const end = yearAfter(at);
    const paths = contactPathsOf(resources, at, end);
    const gap = firstGap(paths, at, end, reader);
    return answered(
      ...nowParts(contactNow({ paths, at, need, reader })),
      ...(gap === null ? [] : [gapPart(gap, reader)]),
    );
  },
};

interface Asked {
  at: string;
  need: Need;
  reader: Audience;
}

/** @throws Problem 'unknown-parameter' or 'bad-request' */
function askedOf({ query, context }: Call): Asked {
  const isStaff = context.actor.kind !== 'patient' && context.actor.kind !== 'guardian';
  const asked: Asked = { at: context.at, need: 'forsamring', reader: isStaff ? 'personal' : 'patient' };
  for (const [name, value] of query) {
    if (name === 'at') asked.at = instantIn(value);
    else if (name === 'need') asked.need = oneOf(name, value, needs);
    else if (name === 'reader') asked.reader = oneOf(name, value, isStaff ? readers : ['patient']);
    else throw new Problem('unknown-parameter', 'Only these parameters are known here: at, need, reader.');
  }
  return asked;
}

const readers: readonly Audience[] = ['patient', 'narstaende', 'personal'];

function oneOf<Code extends string>(name: string, value: string, codes: readonly Code[]): Code {
  const code = codes.find((each) => each === value);
  if (code === undefined) throw bad(name, `${name} must be one of: ${codes.join(', ')}.`);
  return code;
}

/** In the years that the holidays are known of. */
function instantIn(value: string): string {
  const start = parseDateRange(value)?.start;
  if (start && value.length >= 'YYYY-MM-DD'.length && start >= '1990' && start < '2100') return start;
  throw bad('at', 'at must be a day or an instant of the years 1990-2099, for example 2026-12-24T03:00.');
}

const bad = (expression: string, diagnostics: string): Problem =>
  new Problem('bad-request', { severity: 'error', expression, diagnostics });

function yearAfter(at: string): string {
  const date = new Date(at);
  date.setUTCFullYear(date.getUTCFullYear() + 1);
  return date.toISOString();
}

/** Contacts of one patient that are active, and as many as they lead to. */
const most = 500;

const categories = ['fast-kontakt', 'team'].map((code) => `${systems.careTeamType}|${code}`).join(',');

/**
 * The patient's fasta kontakter and teams with the teams behind them, those who are in them, and the services of their units.
 * @throws Problem 'not-found' when the caller does not see the Patient
 */
async function contactsOf(engine: Engine, { context, id }: Call): Promise<object[]> {
  const searching = { ...context, scope: context.searchable, query: `patient=${id}` };
  const { resources } = await searchTogether(engine, searching, {
    searches: [
      { type: 'Patient', pairs: [['_id', id]] },
      {
        type: 'CareTeam',
        pairs: [
          ['patient', id],
          ['status', 'active'],
          ['category', categories],
          ['_revinclude:iterate', 'HealthcareService:organization'],
        ],
      },
    ],
    follow: [
      { from: 'CareTeam', to: 'CareTeam' },
      { from: 'CareTeam', to: 'PractitionerRole' },
      { from: 'CareTeam', to: 'Organization' },
      { from: 'PractitionerRole', to: 'Practitioner' },
      { from: 'PractitionerRole', to: 'HealthcareService' },
    ],
    most,
    mostIncluded: most,
  });
  if (!resources.some(({ type }) => type === 'Patient')) throw new Problem('not-found');
  return resources.map((stored) => JSON.parse(textOf(stored)) as object);
}

const nowParts = ({ at, first, thenList, reason, ifNoAnswer, danger }: ContactNow): Part[] => [
  { name: 'at', valueInstant: at },
  { name: 'first', part: contactParts(first) },
  ...thenList.map((each) => ({ name: 'then', part: contactParts(each) })),
  { name: 'reason', valueString: reason },
  { name: 'ifNoAnswer', valueString: ifNoAnswer },
  {
    name: 'danger',
    part: [
      { name: 'number', valueContactPoint: { system: 'phone', value: danger.value } },
      { name: 'text', valueString: danger.text },
    ],
  },
];

const contactParts = ({ path, typ, name, uppdrag, value, answers, hours, remark }: Contact): Part[] => [
  ...(path === null ? [] : [{ name: 'contact', valueReference: { reference: path } }]),
  ...(typ === null ? [] : [{ name: 'type', valueCoding: { system: systems.fastKontakt, code: typ } }]),
  ...(name === '' ? [] : [{ name: 'name', valueString: name }]),
  { name: 'number', valueContactPoint: { system: 'phone', value } },
  { name: 'answers', valueCode: answers },
  { name: 'hours', valueString: hours },
  ...(uppdrag === null ? [] : [{ name: 'uppdrag', valueString: uppdrag }]),
  ...(remark === null ? [] : [{ name: 'remark', valueString: remark }]),
];

const gapPart = (start: string, reader: Audience): Part => ({
  name: 'gap',
  part: [
    { name: 'start', valueInstant: start },
    { name: 'text', valueString: gapInWords(start, reader, vardguiden.name) },
  ],
});
