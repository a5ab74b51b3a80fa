import type { Measurement } from '../api/plan.ts';
import { type Texts, useAt, useContentLanguage, useTexts } from '../text/texts.ts';
import { dateInWords, numberInWords, timeInWords } from './dates.ts';
import { Icon } from './icon.tsx';

/** A measured value over time, with the plan's limits as a band; the latest is said in words, all stand in a table. */
export function MeasurementChart({ measurement }: { readonly measurement: Measurement }) {
  const { measure, dates } = useTexts();
  const content = useContentLanguage();
  const at = useAt();
  const { title, unit, low, high, values } = measurement;
  const latest = values.at(-1);
  const said = (value: number) => `${numberInWords(value, dates)} ${unit}`;
  return (
    <figure class="nv-measure">
      <figcaption>
        <h3 {...content}>{title}</h3>
        {latest && (
          <p>
            <span class="nv-sr-only">{measure.latest}: </span>
            <span class="nv-measure-latest">{said(latest.value)}</span> {timeInWords(latest.at, at, dates)}
          </p>
        )}
        {latest && <Standing measurement={measurement} latest={latest.value} said={said} />}
        <p class="nv-muted">{limitsInWords(low, high, said, measure)}</p>
      </figcaption>
      {latest ? <Curve measurement={measurement} /> : <p>{measure.none}</p>}
      {latest && <Values measurement={measurement} />}
    </figure>
  );
}

function limitsInWords(
  low: number | null,
  high: number | null,
  said: (value: number) => string,
  measure: Texts['measure'],
) {
  if (low !== null && high !== null) return measure.between(said(low), said(high));
  if (high !== null) return measure.atMost(said(high));
  return low === null ? null : measure.atLeast(said(low));
}

interface StandingProps {
  readonly measurement: Measurement;
  readonly latest: number;
  readonly said: (value: number) => string;
}

function Standing({ measurement: { low, high }, latest, said }: StandingProps) {
  const { measure } = useTexts();
  if (low === null && high === null) return null;
  const over = high !== null && latest > high;
  const under = low !== null && latest < low;
  return (
    <p class="nv-open" data-open={!over && !under} data-alert={over || under}>
      <Icon name={over || under ? 'alarm' : 'check'} />
      <span>{over ? measure.over(said(high)) : under ? measure.under(said(low)) : measure.within}</span>
    </p>
  );
}

const frame = { width: 340, height: 170, left: 46, right: 12, top: 12, bottom: 26 };

/** Where values and times lie in the picture. */
function scalesOf({ low, high, values }: Measurement) {
  const heights = [...values.map(({ value }) => value), low, high].filter((value) => value !== null);
  const margin = Math.max((Math.max(...heights) - Math.min(...heights)) * 0.15, 0.5);
  const [bottom, top] = [Math.min(...heights) - margin, Math.max(...heights) + margin];
  const [first, last] = [Date.parse(values[0]?.at ?? ''), Date.parse(values.at(-1)?.at ?? '')];
  const across = frame.width - frame.left - frame.right;
  const down = frame.height - frame.top - frame.bottom;
  const round = (value: number) => Math.round(value * 10) / 10;
  return {
    x: (at: string) =>
      round(
        last === first
          ? frame.left + across / 2
          : frame.left + ((Date.parse(at) - first) / (last - first)) * across,
      ),
    y: (value: number) => round(frame.top + ((top - value) / (top - bottom)) * down),
    bottom,
    top,
  };
}

function Curve({ measurement }: { measurement: Measurement }) {
  const { measure, dates } = useTexts();
  const at = useAt();
  const { title, low, high, values } = measurement;
  const { x, y, top, bottom } = scalesOf(measurement);
  const points = values.map((one) => `${x(one.at)} ${y(one.value)}`);
  const [first, last] = [values[0], values.at(-1)];
  const right = frame.width - frame.right;
  const bandTop = y(high ?? top);
  return (
    <svg
      class="nv-chart"
      viewBox={`0 0 ${frame.width} ${frame.height}`}
      role="img"
      aria-label={measure.chart(title, values.length)}
    >
      {(low !== null || high !== null) && (
        <rect
          class="nv-chart-band"
          x={frame.left}
          y={bandTop}
          width={right - frame.left}
          height={y(low ?? bottom) - bandTop}
        />
      )}
      {[low, high].map(
        (limit) =>
          limit !== null && (
            <g key={limit}>
              <path class="nv-chart-limit" d={`M${frame.left} ${y(limit)}H${right}`} />
              <text class="nv-svg-text" x={frame.left - 6} y={y(limit) + 5} text-anchor="end">
                {numberInWords(limit, dates)}
              </text>
            </g>
          ),
      )}
      <path class="nv-chart-line" d={`M${points.join('L')}`} />
      {values.map((one) => (
        <circle
          key={one.at}
          class="nv-chart-point"
          cx={x(one.at)}
          cy={y(one.value)}
          r={one === last ? 5 : 2.5}
        />
      ))}
      {first && (
        <text class="nv-svg-text" x={frame.left} y={frame.height - 6}>
          {dateInWords(first.at, at, dates)}
        </text>
      )}
      {last && last !== first && (
        <text class="nv-svg-text" x={right} y={frame.height - 6} text-anchor="end">
          {dateInWords(last.at, at, dates)}
        </text>
      )}
    </svg>
  );
}

function Values({ measurement: { title, unit, values } }: { measurement: Measurement }) {
  const { measure, dates } = useTexts();
  const content = useContentLanguage();
  const at = useAt();
  return (
    <details class="nv-details">
      <summary>{measure.table}</summary>
      <table class="nv-table">
        <caption class="nv-sr-only" {...content}>
          {title}
        </caption>
        <thead>
          <tr>
            <th scope="col">{measure.when}</th>
            <th scope="col">
              {measure.value} ({unit})
            </th>
          </tr>
        </thead>
        <tbody>
          {values.toReversed().map((one) => (
            <tr key={one.at}>
              <th scope="row">{timeInWords(one.at, at, dates)}</th>
              <td>{numberInWords(one.value, dates)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}
