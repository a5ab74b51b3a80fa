import type { FollowUp, PlanInForce, PlannedTime } from '../api/plan.ts';
import { type Texts, useContentLanguage, useTexts } from '../text/texts.ts';
import { dateInWords, dateOfDay, dayNumberOf, timeInWords, wallTimeOf } from './dates.ts';

interface PlanTimelineProps {
  readonly plans: readonly PlanInForce[];
  readonly times: readonly PlannedTime[];
  readonly followUps: readonly FollowUp[];
  /** The present instant, ISO. */
  readonly at: string;
}

/** A lane for each plan, from its start to its end, with its follow-ups, and one for booked times; each is said in words too. */
export function PlanTimeline({ plans, times, followUps, at }: PlanTimelineProps) {
  const texts = useTexts();
  const content = useContentLanguage();
  if (plans.length === 0 && times.length === 0) return <p>{texts.timeline.none}</p>;
  const shown = windowOf(plans, times, followUps, dayNumberOf(at));
  return (
    <div class="nv-timeline">
      <Months shown={shown} />
      <ul class="nv-list">
        {plans.map((plan) => (
          <li key={plan.reference} class="nv-lane">
            <p>
              <span class="nv-strong" {...content}>
                {plan.title}
              </span>
              <span class="nv-muted"> {spanOf(plan, at, texts)}</span>
            </p>
            <Lane shown={shown} bar={plan} marks={marksOf(plan, followUps)} />
            <FollowUps followUps={followUps.filter((one) => one.plan === plan.reference)} at={at} />
          </li>
        ))}
        {times.length > 0 && (
          <li class="nv-lane">
            <p class="nv-strong">{texts.timeline.times}</p>
            <Lane shown={shown} marks={times.map(({ start }) => start)} />
            <ul class="nv-marks">
              {times.map((time) => (
                <li key={time.reference}>
                  {timeInWords(time.start, at, texts.dates)}: <span {...content}>{time.title}</span>
                </li>
              ))}
            </ul>
          </li>
        )}
      </ul>
    </div>
  );
}

const marksOf = (plan: PlanInForce, followUps: readonly FollowUp[]): readonly string[] =>
  followUps.filter((one) => one.plan === plan.reference).map(({ date }) => date);

function spanOf({ start, end }: PlanInForce, at: string, { timeline, dates }: Texts): string {
  const from = start && timeline.from(dateInWords(start, at, dates));
  const to = end ? timeline.until(dateInWords(end, at, dates)) : timeline.untilFurther;
  return [from, to].filter(Boolean).join(' ');
}

function FollowUps({ followUps, at }: { followUps: readonly FollowUp[]; at: string }) {
  const { timeline, dates } = useTexts();
  const content = useContentLanguage();
  if (followUps.length === 0) return null;
  return (
    <ul class="nv-marks">
      {followUps.map(({ date, text, who }) => (
        <li key={`${date} ${text}`}>
          {timeline.followUp} {dateInWords(date, at, dates)}:{' '}
          <span {...content}>
            {text}
            {who && ` (${who})`}
          </span>
        </li>
      ))}
    </ul>
  );
}

/** Days since 1970. */
interface Shown {
  readonly from: number;
  readonly to: number;
  readonly now: number;
}

/** From when the plans began, at most half a year ago, to when the last thing happens, at most a year on. */
function windowOf(
  plans: readonly PlanInForce[],
  times: readonly PlannedTime[],
  followUps: readonly FollowUp[],
  now: number,
): Shown {
  const starts = plans.flatMap(({ start }) => (start ? [dayNumberOf(start)] : []));
  const ends = [
    ...plans.flatMap(({ end }) => (end ? [dayNumberOf(end)] : [])),
    ...times.map(({ start }) => dayNumberOf(start)),
    ...followUps.map(({ date }) => dayNumberOf(date)),
  ];
  return {
    from: Math.max(Math.min(now - 30, ...starts), now - 183),
    to: Math.min(Math.max(now + 91, ...ends.map((end) => end + 7)), now + 366),
    now,
  };
}

const width = 340;
const xOf = ({ from, to }: Shown, day: number): number =>
  Math.round(Math.min(Math.max((day - from) / (to - from), 0), 1) * (width - 12) * 10) / 10 + 6;

function Months({ shown }: { shown: Shown }) {
  const { dates } = useTexts();
  const months = monthsOf(shown);
  const every = Math.ceil(months.length / 6);
  return (
    <svg class="nv-months" viewBox={`0 0 ${width} 20`} aria-hidden="true" focusable="false">
      {months.map(({ day, month }, index) => (
        <g key={day}>
          <path class="nv-axis" d={`M${xOf(shown, day)} 16v4`} />
          {index % every === 0 && xOf(shown, day) < width - 28 && (
            <text class="nv-svg-text" x={xOf(shown, day)} y="13">
              {dates.monthsShort[month]}
            </text>
          )}
        </g>
      ))}
    </svg>
  );
}

/** The firsts of the months that are shown. */
function monthsOf({ from, to }: Shown): readonly { day: number; month: number }[] {
  const start = wallTimeOf(dateOfDay(from));
  return Array.from({ length: 20 }, (_month, ahead) => {
    const first = new Date(Date.UTC(start.year, start.month + ahead, 1));
    return { day: first.getTime() / 86_400_000, month: first.getUTCMonth() };
  }).filter(({ day }) => day < to);
}

function Lane({ shown, bar, marks }: { shown: Shown; bar?: PlanInForce; marks: readonly string[] }) {
  const start = xOf(shown, bar?.start ? dayNumberOf(bar.start) : shown.from);
  const end = xOf(shown, bar?.end ? dayNumberOf(bar.end) : shown.to);
  return (
    <svg viewBox={`0 0 ${width} 24`} aria-hidden="true" focusable="false">
      {bar && (
        <rect class="nv-lane-bar" x={start} y="6" width={Math.max(end - start, 4)} height="12" rx="6" />
      )}
      {!bar && <path class="nv-axis" d={`M0 12H${width}`} />}
      <path class="nv-lane-now" d={`M${xOf(shown, shown.now)} 0v24`} />
      {marks.map((mark) => (
        <circle key={mark} class="nv-lane-mark" cx={xOf(shown, dayNumberOf(mark))} cy="12" r="6" />
      ))}
    </svg>
  );
}
