import { ActionLink } from '../../ui/action-link.tsx';
import { datesIn } from '../dates.ts';
import { Section, Sentences, Top } from '../parts/elements.tsx';
import type { Content, View } from '../view.ts';

/** Words explained, and how the service is used. */
export function about({ texts }: View): Content {
  return {
    page: 'om',
    title: texts.titles.om,
    body: (
      <>
        <Top title={texts.titles.om} lead={texts.om.lead} />
        <dl class="nv-words">
          {texts.om.words.map(([word, meaning]) => (
            <div key={word}>
              <dt lang="sv">{word}</dt>
              <dd>{meaning}</dd>
            </div>
          ))}
        </dl>
        <Section title={texts.om.help}>
          <Sentences of={texts.om.helps} />
        </Section>
      </>
    ),
  };
}

/** The day on which the pages were last gone through against the law: it changes with what the statement says. */
const ASSESSED = '2026-11-24';

/** Tillgänglighetsredogörelse, with its function for feedback (lagen 2018:1937). */
export function accessibility(view: View): Content {
  const { texts, request } = view;
  const words = texts.tillganglighet;
  const { responsible, contact } = request.accessibility;
  return {
    page: 'tillganglighet',
    title: texts.titles.tillganglighet,
    body: (
      <>
        <Top title={texts.titles.tillganglighet} lead={words.lead} />
        <p>{responsible === null ? words.nobodyNamed : words.responsible(responsible)}</p>
        <Section title={words.law}>
          <Sentences of={words.laws} />
        </Section>
        <Section title={words.faults}>
          <Sentences of={words.faultsList} />
        </Section>
        <Section title={words.tested}>
          <Sentences of={words.testedList} />
          <p>{words.assessed(datesIn(view).date(ASSESSED))}</p>
        </Section>
        <Section title={words.feedback} lead={words.feedbackLead}>
          {contact === null ? (
            <p>{words.feedbackNobody}</p>
          ) : (
            <ActionLink href={contact}>{words.feedbackLink}</ActionLink>
          )}
        </Section>
        <Section title={words.supervision} lead={words.supervisionLead}>
          <ActionLink href="https://www.digg.se/tdosanmalan">{words.supervisionLink}</ActionLink>
        </Section>
      </>
    ),
  };
}
