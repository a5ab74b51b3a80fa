import { useAt, useTexts } from '../text/texts.ts';
import { spanInWords } from './dates.ts';

/** From when to when something is; the clock times, which stand last, are not broken over lines. */
export function When({ start, end }: { readonly start: string; readonly end: string | null }) {
  const words = spanInWords(start, end, useAt(), useTexts().dates);
  const clock = words.lastIndexOf(' ') + 1;
  return (
    <p class="nv-when">
      <time dateTime={start}>
        {words.slice(0, clock)}
        <span class="nv-number">{words.slice(clock)}</span>
      </time>
    </p>
  );
}
