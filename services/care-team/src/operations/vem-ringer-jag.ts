import {
  type Audience,
  type Contact,
  type ContactNow,
  contactFollow,
  gapInWords,
  type Need,
  needs,
  servicesOfUnits,
  systems,
  vardguiden,
  whomToCall,
} from '@naravard/care';
import { Problem } from '@naravard/fhir';
import {
  answered,
  type Call,
  checkScopes,
  type Engine,
  type Interaction,
  type Part,
  questionOf,
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
    const { now, gap } = whomToCall({ resources, at, until: yearAfter(at), need, reader });
    return answered(...nowParts(now), ...(gap === null ? [] : [gapPart(gap, reader)]));
  },
};

interface Asked {
  at: string;
  need: Need;
  reader: Audience;
}

/** @throws Problem 'unknown-parameter' or 'bad-request' */
function askedOf(call: Call): Asked {
  const { actor, at } = call.context;
  const question = questionOf(call, 'at', 'need', 'reader');
  const isStaff = actor.kind !== 'patient' && actor.kind !== 'guardian';
  return {
    at: withHolidays(question.time('at')?.start ?? at),
    need: question.code('need', needs) ?? 'forsamring',
    reader: question.code('reader', isStaff ? readers : ['patient']) ?? (isStaff ? 'personal' : 'patient'),
  };
}

const readers: readonly Audience[] = ['patient', 'narstaende', 'personal'];

/** In the years that the holidays are known of, and the year after it too. */
function withHolidays(at: string): string {
  if (at >= '1990' && at < '2100') return at;
  throw new Problem('bad-request', {
    severity: 'error',
    expression: 'at',
    diagnostics: 'at must be in the years 1990-2099.',
  });
}

function yearAfter(at: string): string {
  const date = new Date(at);
  date.setUTCFullYear(date.getUTCFullYear() + 1);
  return date.toISOString();
}

/** Contacts of one patient that are active, and as many as they lead to. */
const most = 500;

const categories = ['fast-kontakt', 'team'].map((code) => `${systems.careTeamType}|${code}`).join(',');

/**
 * The patient's fasta kontakter and teams with the teams behind them, those who are in them, the services of their units, and
 * the plans in force, which say whom to call when it gets worse, as in `$samordnad-plan`.
 * @throws Problem 'not-found' when the caller does not see the Patient
 */
async function contactsOf(engine: Engine, { context, id }: Call): Promise<object[]> {
  const searching = { ...context, scope: context.searchable(), query: `patient=${id}` };
  const { resources } = await searchTogether(engine, searching, {
    around: id,
    searches: [
      { type: 'Patient', pairs: [['_id', id]] },
      {
        type: 'CareTeam',
        pairs: [
          ['patient', id],
          ['status', 'active'],
          ['category', categories],
        ],
      },
      {
        type: 'CarePlan',
        pairs: [
          ['patient', id],
          ['status', 'active'],
        ],
      },
    ],
    follow: contactFollow,
    back: servicesOfUnits,
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

const contactParts = ({
  path,
  typ,
  name,
  uppdrag,
  value,
  answers,
  hours,
  remark,
  staffOnly,
}: Contact): Part[] => [
  ...(path === null ? [] : [{ name: 'contact', valueReference: { reference: path } }]),
  ...(typ === null ? [] : [{ name: 'type', valueCoding: { system: systems.fastKontakt, code: typ } }]),
  ...(name === '' ? [] : [{ name: 'name', valueString: name }]),
  { name: 'number', valueContactPoint: { system: 'phone', value } },
  { name: 'answers', valueCode: answers },
  { name: 'hours', valueString: hours },
  ...(uppdrag === null ? [] : [{ name: 'uppdrag', valueString: uppdrag }]),
  ...(remark === null ? [] : [{ name: 'remark', valueString: remark }]),
  ...(staffOnly ? [{ name: 'staffOnly', valueBoolean: true }] : []),
];

const gapPart = (start: string, reader: Audience): Part => ({
  name: 'gap',
  part: [
    { name: 'start', valueInstant: start },
    { name: 'text', valueString: gapInWords(start, reader, vardguiden.name) },
  ],
});
