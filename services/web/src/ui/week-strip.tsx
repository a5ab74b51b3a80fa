import { useId } from 'preact/hooks';
import type { ContactAnswer, CoverStretch } from '../api/plan.ts';
import { useAt, useContentLanguage, useTexts } from '../text/texts.ts';
import { clockOfMinute, dateOfDay, dayInWords, dayNumberOf, wallTimeOf } from './dates.ts';
import { PhoneLink } from './phone-link.tsx';
import { redDayOf } from './red-days.ts';
import { type Answering, type Week, type WeekDay, weekOf, wholeDay } from './week.ts';

interface WeekStripProps {
  readonly cover: readonly CoverStretch[];
  readonly answers: readonly ContactAnswer[];
}

/** Who answers first, seven days of 24 hours: pattern and letter in the picture, names beside it, and all of it as text. */
export function WeekStrip({ cover, answers }: WeekStripProps) {
  const { week: texts } = useTexts();
  const id = useId();
  const week = weekOf(cover, answers);
  if (week.days.length === 0) return <p>{texts.none}</p>;
  return (
    <div class="nv-week">
      <Patterns id={id} count={week.answering.length} />
      <div class="nv-week-days" role="img" aria-label={texts.label}>
        {week.days.map((day) => (
          <DayRow key={day.day} id={id} day={day} answering={week.answering} />
        ))}
      </div>
      <Legend id={id} answering={week.answering} />
      <details class="nv-details">
        <summary>{texts.asText}</summary>
        <WeekText week={week} />
      </details>
    </div>
  );
}

const hourWidth = 12;
const height = 26;
const width = 24 * hourWidth;
const patternCount = 6;

const patternOf = (id: string, who: number): string => `${id}-p${who % patternCount}`;
const at = (minute: number): number => (minute / 60) * hourWidth;

/** What tells one from another also in grey: nothing, slanting lines, dots, upright lines, lines across, the other slant. */
const strokes = ['', 'M0 8 8 0', 'M4 4v.1', 'M4 0v8', 'M0 4h8', 'M0 0l8 8'];

const Patterns = ({ id, count }: { id: string; count: number }) => (
  <svg class="nv-week-patterns" width="0" height="0" aria-hidden="true" focusable="false">
    <defs>
      {strokes.slice(0, count).map((stroke, index) => (
        <pattern key={stroke} id={patternOf(id, index)} width="8" height="8" patternUnits="userSpaceOnUse">
          <rect class={`nv-week-ground nv-week-${index}`} width="8" height="8" />
          {stroke && (
            <path
              class="nv-week-lines"
              d={stroke}
              stroke-width={stroke === strokes[2] ? 3 : 1.5}
              stroke-linecap="round"
            />
          )}
        </pattern>
      ))}
    </defs>
  </svg>
);

function DayRow({ id, day, answering }: { id: string; day: WeekDay; answering: readonly Answering[] }) {
  const { week, dates } = useTexts();
  const now = useAt();
  const today = dayNumberOf(now) === day.day;
  const minute = wallTimeOf(now).minute ?? 0;
  const red = redDayOf(day.day);
  return (
    <div class="nv-week-day" data-red={red !== null || (day.day + 4) % 7 === 0}>
      <p>
        {dayInWords(dateOfDay(day.day), now, dates)}
        {red && ` (${dates.redDays[red]})`}
      </p>
      <svg viewBox={`0 0 ${width} ${height + 14}`} aria-hidden="true" focusable="false">
        {day.stretches.map(({ from, to, who }) => (
          <g key={from}>
            <rect
              class="nv-week-stretch"
              x={at(from)}
              y="0"
              width={at(to - from)}
              height={height}
              fill={`url(#${patternOf(id, who)})`}
            />
            {to - from >= 120 && <Letter x={at((from + to) / 2)} letter={answering[who]?.letter ?? ''} />}
          </g>
        ))}
        {[0, 6, 12, 18, 24].map((hour) => (
          <g key={hour}>
            <path class="nv-axis" d={`M${hour * hourWidth} ${height - 4}v6`} />
            <text class="nv-svg-text" x={hour * hourWidth} y={height + 13} text-anchor={anchorOf(hour)}>
              {String(hour).padStart(2, '0')}
            </text>
          </g>
        ))}
        {today && (
          <g>
            <title>{week.now}</title>
            <path class="nv-week-now" d={`M${at(minute)} 0v${height}`} />
          </g>
        )}
      </svg>
    </div>
  );
}

const anchorOf = (hour: number) => (hour === 0 ? 'start' : hour === 24 ? 'end' : 'middle');

const Letter = ({ x, letter }: { x: number; letter: string }) => (
  <>
    <rect class="nv-week-badge" x={x - 9} y={height / 2 - 9} width="18" height="18" rx="9" />
    <text class="nv-week-letter" x={x} y={height / 2 + 5} text-anchor="middle">
      {letter}
    </text>
  </>
);

function Legend({ id, answering }: { id: string; answering: readonly Answering[] }) {
  const { week } = useTexts();
  const content = useContentLanguage();
  return (
    <ul class="nv-list nv-legend" aria-label={week.legend}>
      {answering.map(({ letter, name, number }, index) => (
        <li key={letter}>
          <svg viewBox="0 0 36 26" width="36" height="26" aria-hidden="true" focusable="false">
            <rect class="nv-week-stretch" width="36" height="26" fill={`url(#${patternOf(id, index)})`} />
            <Letter x={18} letter={letter} />
          </svg>
          <span {...content}>{name}</span>
          <PhoneLink number={number} name={name === number ? undefined : name} />
        </li>
      ))}
    </ul>
  );
}

function WeekText({ week: { days, answering } }: { week: Week }) {
  const { week, dates } = useTexts();
  const content = useContentLanguage();
  const now = useAt();
  const time = (from: number, to: number) =>
    to - from >= wholeDay
      ? week.wholeDay
      : dates.at(`${clockOfMinute(from, dates)}–${clockOfMinute(to, dates)}`);
  return (
    <dl class="nv-week-text">
      {days.map(({ day, stretches }) => (
        <div key={day}>
          <dt>{dayInWords(dateOfDay(day), now, dates)}</dt>
          {stretches.map(({ from, to, who }) => (
            <dd key={from}>
              {time(from, to)}: <span {...content}>{named(answering[who])}</span>
            </dd>
          ))}
        </div>
      ))}
    </dl>
  );
}

const named = (who: Answering | undefined): string => [...new Set([who?.name, who?.number])].join(', ');
