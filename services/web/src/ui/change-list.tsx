import type { Change } from '../api/plan.ts';
import { useAt, useContentLanguage, useTexts } from '../text/texts.ts';
import { timeInWords } from './dates.ts';

/** What is new, changed or ended, the latest first. */
export function ChangeList({ changes }: { readonly changes: readonly Change[] }) {
  const { changes: texts, dates } = useTexts();
  const content = useContentLanguage();
  const at = useAt();
  if (changes.length === 0) return <p>{texts.none}</p>;
  return (
    <ul class="nv-list">
      {changes.map(({ reference, kind, title, unit, when }) => (
        <li key={`${reference} ${when}`} class="nv-row">
          <p>
            <span class="nv-tag">{texts.kinds[kind]}</span>
            <span class="nv-strong" {...content}>
              {title}
            </span>
          </p>
          <p class="nv-muted">
            <time dateTime={when}>{timeInWords(when, at, dates)}</time>
            {unit && (
              <>
                , <span {...content}>{unit}</span>
              </>
            )}
          </p>
        </li>
      ))}
    </ul>
  );
}
