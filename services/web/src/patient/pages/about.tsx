import { ActionLink } from '../../ui/action-link.tsx';
import { Section, Sentences, Top } from '../parts/elements.tsx';
import type { Content, View } from '../view.ts';

/** Words explained, and how the service is used. */
export function about({ texts }: View): Content {
  return {
    page: 'om',
    title: texts.titles.om,
    section: 'om',
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

/** Tillgänglighetsredogörelse (lagen 2018:1937, 11-12 §§), with its function for feedback. */
export function accessibility({ texts, request }: View): Content {
  const words = texts.tillganglighet;
  return {
    page: 'tillganglighet',
    title: texts.titles.tillganglighet,
    section: 'tillganglighet',
    body: (
      <>
        <Top title={texts.titles.tillganglighet} lead={words.lead} />
        <Section title={words.how}>
          <Sentences of={words.hows} />
        </Section>
        <Section title={words.limits}>
          <Sentences of={words.limitsList} />
        </Section>
        <Section title={words.tested}>
          <p>{words.testedText}</p>
        </Section>
        <Section title={words.feedback} lead={words.feedbackLead}>
          {request.accessibilityContact === null ? (
            <p>{words.feedbackNobody}</p>
          ) : (
            <ActionLink href={request.accessibilityContact}>{words.feedbackLink}</ActionLink>
          )}
        </Section>
        <Section title={words.supervision} lead={words.supervisionLead}>
          <ActionLink href="https://www.digg.se/tdosanmalan">{words.supervisionLink}</ActionLink>
        </Section>
      </>
    ),
  };
}
