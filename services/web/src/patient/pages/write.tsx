import type { ComponentChildren } from 'preact';
import { hsaIdentifier } from '../../api/hsa-id.ts';
import type { SamordnadPlan } from '../../api/plan.ts';
import { Callout } from '../../ui/callout.tsx';
import { Choices } from '../../ui/choices.tsx';
import { namedNotes } from '../../ui/named-notes.ts';
import { NoteList } from '../../ui/note-list.tsx';
import { TextArea } from '../../ui/text-area.tsx';
import { call, type Parameter } from '../data/ask.ts';
import { loadPlan } from '../data/plan.ts';
import { refusedForm } from '../data/refused-form.ts';
import { loadCarers } from '../data/sharing.ts';
import { Section, Top } from '../parts/elements.tsx';
import { type Fault, Form, faultOf } from '../parts/form.tsx';
import { Notices } from '../parts/notices.tsx';
import { type Content, href, type Outcome, type PersonsView, type Route, redirect } from '../view.ts';

export const kinds = ['anteckning', 'andring', 'tacka-nej', 'fast-kontakt', 'sip', 'fel-nummer'] as const;
type Kind = (typeof kinds)[number];

const LONGEST = 2000;

/** The code of `$meddelande`, and what the person chooses: a plan, a number or who shall read it. */
const sorts: Readonly<Record<Kind, { code: string; choose: 'plan' | 'number' | 'carer' }>> = {
  anteckning: { code: 'egen-anteckning', choose: 'carer' },
  andring: { code: 'onskan-andring', choose: 'plan' },
  'tacka-nej': { code: 'onskan-andring', choose: 'plan' },
  'fast-kontakt': { code: 'onskan-fast-kontakt', choose: 'carer' },
  sip: { code: 'onskan-sip', choose: 'carer' },
  'fel-nummer': { code: 'fel-nummer', choose: 'number' },
};

/** The ways to write, and what the person has written. */
export async function write(view: PersonsView): Promise<Content> {
  const plan = await loadPlan(view);
  const { texts } = view;
  return {
    page: 'skriv',
    title: texts.titles.skriv,
    person: plan.patient.name,
    body: (
      <>
        <Top title={texts.titles.skriv} lead={texts.skriv.lead} />
        <Notices view={view} plan={plan} />
        <Urgent view={view} />
        <Section title={texts.skriv.what}>
          <ul class="nv-doors">
            {kinds.map((kind) => (
              <li key={kind}>
                <a href={href(`/skriv/${kind}`)}>{texts.skriv.kinds[kind].title}</a>
              </li>
            ))}
          </ul>
        </Section>
        <Section title={texts.skriv.mine}>
          <NoteList notes={namedNotes(plan)} />
        </Section>
      </>
    ),
  };
}

const Urgent = ({ view: { texts } }: { view: PersonsView }) => (
  <Callout kind="info" title={texts.skriv.notUrgentTitle}>
    <p>
      {texts.skriv.notUrgent} <a href={href('/ring')}>{texts.titles.ring}</a>
    </p>
  </Callout>
);

/** The form of one kind. */
export function writing(kind: Kind): Route<PersonsView> {
  return {
    get: (view) => show(view, kind, []),
    post: async (view) => {
      const { form } = view.request;
      const words = view.texts.skriv;
      const text = (form.get('text') ?? '').trim();
      const chosen = (await optionsOf(view, kind)).find(({ value }) => value === form.get('val'));
      const faults: Fault[] = [];
      if (!chosen) faults.push({ field: 'val', text: words.errors.noChoice });
      if (text === '') faults.push({ field: 'text', text: words.errors.noText });
      const before = chosen?.before ? `${chosen.before} ` : '';
      const most = LONGEST - before.length;
      if (text.length > most) faults.push({ field: 'text', text: words.errors.longText(most) });
      if (!chosen || faults.length > 0) return show(view, kind, faults);
      const parameters: Parameter[] = [
        { name: 'kind', valueCode: sorts[kind].code },
        { name: 'text', valueString: before + text },
        ...chosen.parameters,
      ];
      return (
        (await refusedForm(
          () => call(view, '$meddelande', parameters),
          (fault) => show(view, kind, [fault]),
        )) ?? redirect(href('/skriv'), 'skickat')
      );
    },
  };
}

interface Option {
  readonly value: string;
  readonly label: ComponentChildren;
  readonly parameters: readonly Parameter[];
  /** What stands before the person's own words, in Swedish for who reads them. */
  readonly before: string;
}

/** Only what the person sees can be chosen, so a form cannot name anything else. */
async function optionsOf(view: PersonsView, kind: Kind): Promise<readonly Option[]> {
  const { choose } = sorts[kind];
  if (choose === 'carer') {
    return (await loadCarers(view)).map(({ key, hsaId, as, name }) => ({
      value: key,
      label: name,
      before: '',
      parameters: [
        { name: 'organisation', valueIdentifier: hsaIdentifier(hsaId) },
        { name: 'as', valueCode: as },
      ],
    }));
  }
  const plan = await loadPlan(view);
  return choose === 'number' ? numbersIn(plan) : planned(plan, kind);
}

const about = (reference: string): Parameter[] => [{ name: 'about', valueReference: { reference } }];

const numbersIn = ({ patientkontrakt }: SamordnadPlan): Option[] =>
  patientkontrakt.fastVardkontakt.flatMap(({ reference, name, numbers }) =>
    numbers.map(({ value }) => ({
      value: `${reference} ${value}`,
      label: (
        <>
          {name},{' '}
          <span class="nv-number" dir="ltr">
            {value}
          </span>
        </>
      ),
      before: `Numret till ${name} är fel: ${value}.`,
      parameters: about(reference),
    })),
  );

/** Plans, and contacts who are named persons. */
function planned({ patientkontrakt }: SamordnadPlan, kind: Kind): Option[] {
  const before = kind === 'tacka-nej' ? 'Jag tackar nej:' : '';
  const plans = patientkontrakt.sammanhallenPlan.plans.map(({ reference, title }) => ({
    reference,
    label: title,
  }));
  const contacts = patientkontrakt.fastVardkontakt
    .filter((contact) => contact.kind === 'fast-kontakt')
    .map(({ reference, title, name }) => ({ reference, label: `${title}: ${name}` }));
  return [...plans, ...contacts].map(({ reference, label }) => ({
    value: reference,
    label,
    before,
    parameters: about(reference),
  }));
}

async function show(view: PersonsView, kind: Kind, faults: readonly Fault[]): Promise<Outcome> {
  const options = await optionsOf(view, kind);
  const { texts, request } = view;
  const words = texts.skriv;
  const { title, text, hint } = words.kinds[kind];
  const legends = { plan: words.aboutPlan, number: words.aboutContact, carer: words.to };
  const { choose } = sorts[kind];
  const only = options.length === 1 ? options[0]?.value : undefined;
  return {
    page: 'skriv',
    title,
    ...(faults.length > 0 && { faulty: true, status: 422 }),
    body: (
      <>
        <Top title={title} />
        <Urgent view={view} />
        {options.length === 0 ? (
          <p>{words.nobody}</p>
        ) : (
          <Form
            view={view}
            path={`/skriv/${kind}`}
            query={{}}
            faults={faults}
            submit={words.send}
            cancel={['/skriv', words.cancel]}
          >
            <Choices
              legend={legends[choose]}
              name="val"
              options={options.map(({ value, label }) => ({ value, label }))}
              value={request.form.get('val') ?? request.query.get('om') ?? only}
              hint={choose === 'carer' ? words.toHint : undefined}
              error={faultOf(faults, 'val')}
            />
            <TextArea
              label={text}
              hint={hint}
              name="text"
              value={request.form.get('text') ?? ''}
              error={faultOf(faults, 'text')}
            />
          </Form>
        )}
      </>
    ),
  };
}
