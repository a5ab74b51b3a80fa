import { hsaIdentifier } from '../../../api/hsa-id.ts';
import { Choices } from '../../../ui/choices.tsx';
import { call } from '../../data/ask.ts';
import { refusedForm } from '../../data/refused-form.ts';
import { type Block, loadCarers } from '../../data/sharing.ts';
import { Sentences, Top } from '../../parts/elements.tsx';
import { type Fault, Form, faultOf } from '../../parts/form.tsx';
import { type Content, href, type Outcome, type PersonsView, type Route, redirect } from '../../view.ts';
import { namedCarer } from './consent.tsx';

const PATH = '/delning/sparra';
const reaches = ['yttre', 'inre'] as const;

/** The person blocks what an organisation or a unit has written (PDL 2008:355 4 kap 4 §, SVOD 2022:913 2 kap 3 §). */
export const blocking: Route<PersonsView> = {
  get: async (view) => showBlock(view, []),
  post: async (view) => {
    const { form } = view.request;
    const carer = await namedCarer(view);
    if (!carer) return redirect(href('/delning'));
    const whose = form.get('vad');
    const unit = carer.units.find(({ hsaId }) => hsaId === whose);
    const reach = reaches.find((each) => each === form.get('for'));
    const { errors } = view.texts.delning;
    const faults: Fault[] = [];
    if (whose !== 'allt' && !unit) faults.push({ field: 'vad', text: errors.noWhat });
    if (!reach) faults.push({ field: 'for', text: errors.noFor });
    if (faults.length > 0) return showBlock(view, faults);
    return (
      (await refusedForm(
        () =>
          call(view, '$sparra', [
            { name: 'reach', valueCode: reach },
            { name: 'organisation', valueIdentifier: hsaIdentifier(carer.hsaId) },
            { name: 'as', valueCode: carer.as },
            ...(unit ? [{ name: 'unit', valueIdentifier: hsaIdentifier(unit.hsaId) }] : []),
          ]),
        (fault) => showBlock(view, [fault]),
      )) ?? redirect(href('/delning'), 'sparrad')
    );
  },
};

async function showBlock(view: PersonsView, faults: readonly Fault[]): Promise<Outcome> {
  const carer = await namedCarer(view);
  if (!carer || view.user.actsFor) return redirect(href('/delning'));
  const words = view.texts.delning;
  const { form } = view.request;
  const content: Content = {
    page: 'delning',
    title: words.blockTitle(carer.name),
    ...(faults.length > 0 && { faulty: true, status: 422 }),
    body: (
      <>
        <Top title={words.blockTitle(carer.name)} />
        <Sentences of={words.blockMeans} />
        <Form
          view={view}
          path={PATH}
          query={{ hos: carer.key }}
          faults={faults}
          submit={words.blockButton}
          cancel={['/delning', words.cancel]}
          danger
        >
          <Choices
            legend={words.blockWhat}
            name="vad"
            options={[
              { value: 'allt', label: words.wholeOrganisation(carer.name) },
              ...carer.units.map(({ hsaId, name }) => ({ value: hsaId, label: words.oneUnit(name) })),
            ]}
            value={form.get('vad') ?? undefined}
            error={faultOf(faults, 'vad')}
          />
          <Choices
            legend={words.blockFor}
            name="for"
            options={reaches.map((value) => ({ value, label: words.blockForChoices[value] }))}
            value={form.get('for') ?? undefined}
            error={faultOf(faults, 'for')}
          />
        </Form>
      </>
    ),
  };
  return content;
}

/** The person lifts a spärr for good. */
export const lifting: Route<PersonsView> = {
  get: async (view) => showLift(view, []),
  post: async (view) => {
    const block = await namedBlock(view);
    if (!block) return redirect(href('/delning'));
    return (
      (await refusedForm(
        () =>
          call(view, '$hav-sparr', [{ name: 'sparr', valueReference: { reference: `Consent/${block.id}` } }]),
        (fault) => showLift(view, [fault]),
      )) ?? redirect(href('/delning'), 'havd')
    );
  },
};

async function showLift(view: PersonsView, faults: readonly Fault[]): Promise<Outcome> {
  const block = await namedBlock(view);
  if (!block || view.user.actsFor) return redirect(href('/delning'));
  const words = view.texts.delning;
  const content: Content = {
    page: 'delning',
    title: words.liftTitle,
    ...(faults.length > 0 && { faulty: true, status: 422 }),
    body: (
      <>
        <Top title={words.liftTitle} />
        <p>
          {block.unit === null ? words.wholeOrganisation(block.carer) : words.oneUnit(block.unit)}.{' '}
          {words.reach[block.reach]}
        </p>
        <Sentences of={words.liftMeans} />
        <Form
          view={view}
          path="/delning/hav"
          query={{ sparr: block.id }}
          faults={faults}
          submit={words.liftButton}
          cancel={['/delning', words.cancel]}
        >
          {null}
        </Form>
      </>
    ),
  };
  return content;
}

async function namedBlock(view: PersonsView): Promise<(Block & { carer: string }) | undefined> {
  const id = view.request.query.get('sparr');
  const carers = await loadCarers(view);
  return carers
    .flatMap(({ name, blocks }) => blocks.map((block) => ({ ...block, carer: name })))
    .find((block) => block.id === id);
}
