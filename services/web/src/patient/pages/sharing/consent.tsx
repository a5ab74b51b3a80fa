import { hsaIdentifier } from '../../../api/hsa-id.ts';
import { Choices } from '../../../ui/choices.tsx';
import { call } from '../../data/ask.ts';
import { refusedForm } from '../../data/refused-form.ts';
import { type Carer, loadCarers } from '../../data/sharing.ts';
import { Sentences, Top } from '../../parts/elements.tsx';
import { type Fault, Form, faultOf } from '../../parts/form.tsx';
import { type Content, href, type Outcome, type PersonsView, type Route, redirect } from '../../view.ts';

const PATH = '/delning/samtycke';
const answers = ['ja', 'nej'] as const;
type Given = (typeof answers)[number];

/** The person answers the question on consent (SVOD 2022:913 3 kap 1 §), or takes back what was said on a SIP. */
export const consenting: Route<PersonsView> = {
  get: async (view) => show(view, []),
  post: async (view) => {
    const carer = await namedCarer(view);
    if (!carer) return redirect(href('/delning'));
    const takesBack = isSip(view);
    const answer = takesBack ? 'nej' : answers.find((each) => each === view.request.form.get('svar'));
    if (!answer) return show(view, [{ field: 'svar', text: view.texts.delning.errors.noAnswer }]);
    return (
      (await refusedForm(
        () => give(view, carer, answer, takesBack),
        (fault) => show(view, [fault]),
      )) ?? redirect(href('/delning'), `samtycke-${answer}`)
    );
  },
};

/** Whether the form is the one that takes back the yes to a SIP. */
const isSip = ({ request }: PersonsView): boolean => request.form.get('slag') === 'sip';

/** An answer for a SIP is given to the units that have one; the one on sharing to the whole organisation. */
async function give(view: PersonsView, carer: Carer, answer: Given, takesBack: boolean): Promise<void> {
  const units = takesBack ? carer.answers.filter(({ kind, yes }) => kind === 'sip' && yes) : [null];
  for (const each of units) {
    await call(view, '$samtycke', [
      { name: 'answer', valueCode: answer },
      { name: 'kind', valueCode: takesBack ? 'sip' : 'svod' },
      { name: 'organisation', valueIdentifier: hsaIdentifier(carer.hsaId) },
      { name: 'as', valueCode: carer.as },
      ...(each?.unit ? [{ name: 'unit', valueIdentifier: hsaIdentifier(each.unit.hsaId) }] : []),
    ]);
  }
}

async function show(view: PersonsView, faults: readonly Fault[]): Promise<Outcome> {
  const carer = await namedCarer(view);
  if (!carer || view.user.actsFor) return redirect(href('/delning'));
  const words = view.texts.delning;
  const query = { hos: carer.key };
  const cancel = ['/delning', words.cancel] as const;
  const standing = carer.answers.find(({ kind, unit }) => kind === 'svod' && unit === null);
  const hasSip = carer.answers.some(({ kind, yes }) => kind === 'sip' && yes);
  const content: Content = {
    page: 'delning',
    title: words.consentTitle(carer.name),
    ...(faults.length > 0 && { faulty: true, status: 422 }),
    body: (
      <>
        <Top title={words.consentTitle(carer.name)} />
        <Sentences of={words.consentMeans} />
        <Form
          view={view}
          path={PATH}
          query={query}
          faults={faults}
          submit={words.save}
          cancel={cancel}
          unsent={!isSip(view)}
        >
          <Choices
            legend={words.consentLead(carer.name)}
            name="svar"
            options={answers.map((value) => ({ value, label: words.answers[value] }))}
            value={view.request.form.get('svar') ?? (standing && (standing.yes ? 'ja' : 'nej'))}
            error={faultOf(faults, 'svar')}
          />
        </Form>
        {hasSip && (
          <>
            <h2>{words.withdraw}</h2>
            <p>{words.withdrawLead}</p>
            <Form
              view={view}
              path={PATH}
              query={query}
              faults={[]}
              submit={words.withdraw}
              cancel={cancel}
              unsent={isSip(view)}
            >
              <input type="hidden" name="slag" value="sip" />
            </Form>
          </>
        )}
      </>
    ),
  };
  return content;
}

/** The one of those who help the person that `hos` names; others cannot be named. */
export async function namedCarer(view: PersonsView): Promise<Carer | undefined> {
  const key = view.request.query.get('hos');
  return (await loadCarers(view)).find((carer) => carer.key === key);
}
