import { levels, levelText } from '../behandlingsplan/steps.ts';
import type { Contact } from '../contact/contact-now.ts';
import { roundTheClock } from '../contact/contact-words.ts';
import type {
  Activity,
  Change,
  PlanForm,
  PlanInForce,
  PlannedContact,
  SamordnadPlan,
  Step,
} from './samordnad-plan.ts';
import { dateInWords, periodInWords, timeInWords } from './swedish-time.ts';

/** A line of a section: a heading within it, or something said: what it is about, the rest, and whom to call. */
export type Row =
  | { readonly kind: 'heading'; readonly text: string }
  | { readonly kind: 'item'; readonly strong: string; readonly text: string; readonly call: string };

/** Codes of `https://naravard.se/fhir/CodeSystem/samordnad-plan-avsnitt`; four of them are the parts of patientkontrakt. */
export type SectionCode =
  | 'kontakt-nu'
  | 'forsamring'
  | 'fast-vardkontakt'
  | 'overenskommelse'
  | 'overenskommen-tid'
  | 'sammanhallen-plan'
  | 'andrat';

/** A part of the plan as a person reads it, and the resources (`Type/id`) that it is about. */
export interface PlanSection {
  readonly code: SectionCode;
  readonly title: string;
  readonly rows: readonly Row[];
  readonly references: readonly string[];
}

const heading = (text: string): Row => ({ kind: 'heading', text });
const item = (strong: string, ...text: readonly (string | null)[]): Row => ({
  kind: 'item',
  strong,
  text: text.filter(Boolean).join(' '),
  call: '',
});
const calling = (row: Row, call: string): Row => (row.kind === 'item' ? { ...row, call } : row);

/** Under a heading, or nothing where there is nothing under it. */
const under = (text: string, rows: readonly Row[]): Row[] => (rows.length ? [heading(text), ...rows] : []);

/** The plan in plain Swedish, what may be needed at once first. */
export function sectionsOf(plan: SamordnadPlan): PlanSection[] {
  const { steps, patientkontrakt, changes, form, since } = plan;
  const { fastVardkontakt, overenskommelse, overenskommenTid, sammanhallenPlan } = patientkontrakt;
  const { plans, goals, followUps } = sammanhallenPlan;
  const you = form === 'patient';
  const agreed = [...overenskommelse.own, ...overenskommelse.others].map(({ plan: of }) => of);
  return [
    section('kontakt-nu', you ? 'Vem ska jag ringa?' : 'Ring nu', nowRows(plan), []),
    section(
      'forsamring',
      you ? 'Om du blir sämre' : 'Vid försämring',
      stepRows(steps, plans),
      steps.map(({ plan: of }) => of),
    ),
    section(
      'fast-vardkontakt',
      you ? 'Fast vårdkontakt: dina kontakter' : 'Fasta kontakter',
      fastVardkontakt.filter(isTold).map(contactRow),
      fastVardkontakt.map(({ reference }) => reference),
    ),
    section('overenskommelse', 'Överenskommelse: vem gör vad', agreedRows(overenskommelse, form), agreed),
    section(
      'overenskommen-tid',
      'Överenskommen tid',
      overenskommenTid.map(({ start, end, title, who }) =>
        item(capital(periodInWords(start, end)), `${title}.`, who.length ? `${who.join(', ')}.` : null),
      ),
      overenskommenTid.map(({ reference }) => reference),
    ),
    section('sammanhallen-plan', 'Sammanhållen plan', planRows(sammanhallenPlan, form), [
      ...plans.flatMap(({ reference, parts }) => [reference, ...parts.map((part) => part.reference)]),
      ...goals.map(({ reference }) => reference),
      ...followUps.map(({ plan: of }) => of),
    ]),
    ...(since === null
      ? []
      : [
          section(
            'andrat',
            `Ändrat sedan ${timeInWords(since)}`,
            changes.map(changeRow),
            changes.map(({ reference }) => reference),
          ),
        ]),
  ];
}

/** What is said where a section has nothing. */
const nothing: Readonly<Record<SectionCode, string>> = {
  'kontakt-nu': 'Ring 1177.',
  forsamring: 'Det finns inga steg för försämring i planen.',
  'fast-vardkontakt': 'Det finns ingen fast kontakt.',
  overenskommelse: 'Det finns inget bestämt om vem som gör vad.',
  'overenskommen-tid': 'Det finns ingen bokad tid.',
  'sammanhallen-plan': 'Det finns ingen plan som gäller nu.',
  andrat: 'Inget har ändrats.',
};

const section = (
  code: SectionCode,
  title: string,
  rows: readonly Row[],
  references: readonly string[],
): PlanSection => ({
  code,
  title,
  rows: rows.length ? rows : [item('', nothing[code])],
  references: [...new Set(references)],
});

function nowRows({
  contactNow: { first, thenList, reason, ifNoAnswer, danger },
  complete,
}: SamordnadPlan): Row[] {
  return [
    calling(item(''), callTo(first.who, first.value)),
    item('', reason, first.remark),
    item('', ifNoAnswer),
    ...(first.hours === roundTheClock && first.kind !== 'reserv' ? [] : otherTimes(thenList)),
    item('', danger.text),
    ...(complete ? [] : [item('', 'Det finns mer i planen än det som står här.')]),
  ];
}

/** On paper it is soon another hour: who answers then. */
const otherTimes = (thenList: readonly Contact[]): Row[] =>
  thenList
    .filter(({ answers }) => answers === 'stangt')
    .slice(0, 3)
    .map(({ who, value, hours }) => calling(item('Andra tider:', hours), callTo(who, value)));

function stepRows(steps: readonly Step[], plans: readonly PlanInForce[]): Row[] {
  const normal = plans.flatMap((plan) => plan.normal).map(({ what, value }) => `${what} ${value}`);
  const limits = plans.flatMap((plan) => plan.limits ?? []);
  const others = steps.filter(({ level }) => !levels.some((each) => each === level));
  return [
    ...(normal.length ? [item('Normala värden:', `${normal.join(', ')}.`)] : []),
    ...limits.map((each) => item('Detta ska inte göras:', each)),
    ...levels.flatMap((level) =>
      under(levelText[level], steps.filter((step) => step.level === level).map(stepRow)),
    ),
    ...under('Övrigt', others.map(stepRow)),
  ];
}

/** `Ring Hemsjukvården Söder: 031-390 06 24.` */
const callTo = (who: string, number: string): string =>
  `Ring ${who === number ? '' : `${who.slice(0, 80)}: `}${number}.`;

const call = 'Ring 112.';

/** What the call says need not stand twice. */
function stepRow({ sign, threshold, first, action, who, contact, call112, ordination }: Step): Row {
  const said = item(
    withStop(threshold === null ? sign : `${sign.replace(/\.$/, '')} (${threshold})`),
    first === null ? null : `Gör först: ${withStop(first)}`,
    action === null || (call112 && withStop(action) === call)
      ? null
      : withStop(who.length ? `${who.join(', ')}: ${action}` : action),
    ordination ? 'Följ ordinationen vid behov.' : null,
  );
  const hours = contact === null || contact.hours === roundTheClock ? '' : ` ${contact.hours}`;
  const called = contact === null ? '' : `${callTo(contact.name, contact.number)}${hours}`;
  return calling(said, call112 ? `${call} ${called}`.trim() : called);
}

/** A team or service is told of by its number alone: without one for the reader there is nobody to call. */
const isTold = ({ kind, numbers }: PlannedContact): boolean => kind === 'fast-kontakt' || numbers.length > 0;

function contactRow({ title, name, uppdrag, unit, numbers, flerLakarkontakter }: PlannedContact): Row {
  const said = numbers.slice(0, 3).map(({ value, hours }) => [value, hours].filter(Boolean).join('. '));
  const about = item(
    withStop([title, name].filter(Boolean).join(': ')),
    unit === null || unit === name ? null : `${unit}.`,
    uppdrag === null ? null : withStop(uppdrag),
    flerLakarkontakter ? 'Det finns mer än en fast läkarkontakt. Fråga vem som gäller.' : null,
  );
  return calling(about, said.map(withStop).join(' '));
}

function agreedRows(
  { own, others }: { own: readonly Activity[]; others: readonly Activity[] },
  form: PlanForm,
): Row[] {
  const done = ({ text, often }: Activity) =>
    [withStop(text), often === null ? null : withStop(often)] as const;
  return [
    ...under(
      form === 'patient' ? 'Det här gör du själv' : 'Det här gör personen själv',
      own.map((each) => item('', ...done(each))),
    ),
    ...under(
      'Det här gör andra',
      others.map((each) =>
        item(`${(each.who.length ? each.who : [each.unit ?? 'Vården']).join(', ')}:`, ...done(each)),
      ),
    ),
  ];
}

function planRows(
  { plans, goals, followUps }: SamordnadPlan['patientkontrakt']['sammanhallenPlan'],
  form: PlanForm,
): Row[] {
  const mine = form === 'patient' ? 'Ditt mål:' : 'Personens mål:';
  return [
    ...under(
      'Mål',
      goals.map(({ text, own }) => item(own ? mine : '', withStop(text))),
    ),
    ...under('Planer', plans.map(planRow)),
    ...under(
      'Uppföljning',
      followUps.map(({ date, text, who }) => item(`${capital(dateInWords(date))}:`, withStop(text), who)),
    ),
  ];
}

function planRow({ title, description, unit, responsible, parts, end }: PlanInForce): Row {
  const others = [...new Set(parts.flatMap((part) => part.unit ?? []))].filter((each) => each !== unit);
  return item(
    withStop(title),
    description === null ? null : withStop(description),
    ...responsible.map(({ role, name }) => `${role}: ${name}.`),
    others.length ? `Med: ${others.join(', ')}.` : null,
    end === null ? null : `Gäller till och med ${dateInWords(end)}.`,
  );
}

const changeWords: Readonly<Record<Change['kind'], string>> = {
  ny: 'Ny',
  andrad: 'Ändrad',
  avslutad: 'Avslutad',
};

const changeRow = ({ kind, title, unit, when }: Change): Row =>
  item(
    `${changeWords[kind]}:`,
    withStop(title),
    unit === null ? null : `${unit}.`,
    `${capital(timeInWords(when))}.`,
  );

const withStop = (text: string): string => (/[.!?:]$/.test(text) ? text : `${text}.`);
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
