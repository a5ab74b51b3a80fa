import type { Note } from '../api/plan.ts';
import { useAt, useContentLanguage, useTexts } from '../text/texts.ts';
import { timeInWords } from './dates.ts';

/** What the patient, or somebody for the patient, has written; always with who wrote it. */
export function NoteList({ notes }: { readonly notes: readonly Note[] }) {
  const { notes: texts, dates } = useTexts();
  const content = useContentLanguage();
  const at = useAt();
  if (notes.length === 0) return <p>{texts.none}</p>;
  return (
    <ul class="nv-list">
      {notes.map(({ reference, kind, text, at: when, by, about }) => (
        <li key={reference} class="nv-note">
          <p class="nv-strong">{texts.kinds[kind]}</p>
          <blockquote class="nv-text">{text}</blockquote>
          {about && (
            <p class="nv-muted">
              {texts.about} <span {...content}>{about}</span>
            </p>
          )}
          <p class="nv-muted">
            <span {...content}>{by}</span>, <time dateTime={when}>{timeInWords(when, at, dates)}</time>
          </p>
        </li>
      ))}
    </ul>
  );
}
