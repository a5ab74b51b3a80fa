import type { Visit } from '../api/plan.ts';
import { useContentLanguage, useTexts } from '../text/texts.ts';
import { VideoLink } from './video-link.tsx';
import { When } from './when.tsx';

/** Visits that have begun, newest first. */
export function VisitList({ visits }: { readonly visits: readonly Visit[] }) {
  const texts = useTexts().visits;
  if (visits.length === 0) return <p>{texts.none}</p>;
  return (
    <ul class="nv-list">
      {visits.map((visit) => (
        <li key={visit.reference} class="nv-row">
          <OneVisit visit={visit} />
        </li>
      ))}
    </ul>
  );
}

const over = ['finished', 'cancelled', 'entered-in-error'];

function OneVisit({ visit: { title, start, end, unit, status, who, note, link } }: { visit: Visit }) {
  const texts = useTexts().visits;
  const content = useContentLanguage();
  const by = [...who, unit].filter(Boolean).join(', ');
  const known: Readonly<Record<string, string>> = texts.status;
  return (
    <>
      <When start={start} end={end} />
      <p>
        <span class="nv-strong" {...content}>
          {title}
        </span>
        {status !== 'finished' && <span class="nv-tag">{known[status] ?? texts.status.unknown}</span>}
      </p>
      {by && (
        <p class="nv-muted" {...content}>
          {by}
        </p>
      )}
      {note && (
        <p class="nv-text" {...content}>
          {note}
        </p>
      )}
      {!over.includes(status) && <VideoLink link={link} />}
    </>
  );
}
