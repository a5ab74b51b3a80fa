import { Callout } from '../../../ui/callout.tsx';
import { nameOfPerson } from '../../data/person.ts';
import { type Answer, type Block, type Carer, loadCarers } from '../../data/sharing.ts';
import { datesIn } from '../../dates.ts';
import { Done, Section, Sentences, Top } from '../../parts/elements.tsx';
import { ActsFor } from '../../parts/notices.tsx';
import { type Content, href, type PersonsView } from '../../view.ts';

/**
 * What sharing means (SVOD 2022:913 2 kap 2 §), what the person has said to each who gives care or omsorg, and the ways to
 * change it.
 */
export async function sharing(view: PersonsView): Promise<Content> {
  const [carers, person] = await Promise.all([loadCarers(view), nameOfPerson(view)]);
  const { texts, user } = view;
  const words = texts.delning;
  const { day } = datesIn(view);
  return {
    page: 'delning',
    title: texts.titles.delning,
    person,
    body: (
      <>
        <Top title={texts.titles.delning} lead={user.actsFor ? undefined : words.lead} />
        <Done view={view} />
        <ActsFor view={view} person={person} />
        {user.actsFor && (
          <Callout kind="info" title={words.guardianTitle}>
            <p>{words.guardian}</p>
          </Callout>
        )}
        <Section title={words.means}>
          <Sentences of={words.information} />
          {carers.map(({ key, name, informed }) =>
            informed === null ? null : <p key={key}>{words.informed(name, day(informed))}</p>,
          )}
        </Section>
        <Section title={words.who}>
          {carers.length === 0 && <p>{words.nobody}</p>}
          {carers.map((carer) => (
            <CarerPart key={carer.key} view={view} carer={carer} />
          ))}
        </Section>
      </>
    ),
  };
}

function CarerPart({ view, carer }: { view: PersonsView; carer: Carer }) {
  const words = view.texts.delning;
  const mayChange = !view.user.actsFor;
  const svod = carer.answers.filter(({ kind }) => kind !== 'sip');
  const sip = carer.answers.filter(({ kind }) => kind === 'sip');
  return (
    <article class="nv-carer">
      <h3>{carer.name}</h3>
      <p class="nv-muted">{words.roles[carer.as]}</p>
      <h4>{words.mayRead}</h4>
      {svod.length === 0 && <p>{words.notAsked}</p>}
      <ul class="nv-sentences">
        {[...svod, ...sip].map((answer) => (
          <AnswerLine key={`${answer.kind} ${answer.unit?.hsaId}`} view={view} answer={answer} />
        ))}
      </ul>
      {mayChange && (
        <a class="nv-row-link" href={href('/delning/samtycke', { hos: carer.key })}>
          {words.changeConsent(carer.name)}
        </a>
      )}
      <h4>{words.blocked}</h4>
      {carer.blocks.length === 0 && <p>{words.notBlocked}</p>}
      <ul class="nv-sentences">
        {carer.blocks.map((block) => (
          <BlockLine key={block.id} view={view} block={block} mayChange={mayChange} />
        ))}
      </ul>
      {mayChange && (
        <a class="nv-row-link" href={href('/delning/sparra', { hos: carer.key })}>
          {words.block(carer.name)}
        </a>
      )}
    </article>
  );
}

function AnswerLine({ view, answer }: { view: PersonsView; answer: Answer }) {
  const words = view.texts.delning;
  const { day } = datesIn(view);
  const { since, until } = answer;
  return (
    <li>
      {sentenceOf(answer, words)}
      {since !== null && ` ${words.since(day(since))}`}
      {until !== null && ` ${words.until(day(until))}`}
    </li>
  );
}

function sentenceOf({ kind, yes, unit }: Answer, words: PersonsView['texts']['delning']): string {
  if (kind === 'incapacity') return words.incapacity;
  if (kind === 'sip') return yes ? words.sipYes : words.sipNo;
  if (unit === null) return yes ? words.yes : words.no;
  return yes ? words.yesUnit(unit.name) : words.noUnit(unit.name);
}

function BlockLine({ view, block, mayChange }: { view: PersonsView; block: Block; mayChange: boolean }) {
  const words = view.texts.delning;
  const { day } = datesIn(view);
  const { id, unit, reach, since } = block;
  return (
    <li>
      {unit === null ? words.blockedAll : words.blockedUnit(unit)} {words.reach[reach]}
      {since !== null && ` ${words.since(day(since))}`}{' '}
      {mayChange && (
        <div>
          <a class="nv-row-link" href={href('/delning/hav', { sparr: id })}>
            {words.lift}
          </a>
        </div>
      )}
    </li>
  );
}
