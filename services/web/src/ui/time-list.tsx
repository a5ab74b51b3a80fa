import type { PlannedTime } from '../api/plan.ts';
import { useContentLanguage, useTexts } from '../text/texts.ts';
import { VideoLink } from './video-link.tsx';
import { When } from './when.tsx';

/** Booked times, in the order in which they come. */
export function TimeList({ times }: { readonly times: readonly PlannedTime[] }) {
  const texts = useTexts().times;
  const content = useContentLanguage();
  if (times.length === 0) return <p>{texts.none}</p>;
  return (
    <ul class="nv-list">
      {times.map(({ reference, title, start, end, who, link }) => (
        <li key={reference} class="nv-row">
          <When start={start} end={end} />
          <p class="nv-strong" {...content}>
            {title}
          </p>
          {who.length > 0 && (
            <p class="nv-muted" {...content}>
              {who.join(', ')}
            </p>
          )}
          <VideoLink link={link} />
        </li>
      ))}
    </ul>
  );
}
