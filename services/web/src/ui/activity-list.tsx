import type { ComponentChildren } from 'preact';
import type { Activity, DoneActivity } from '../api/plan.ts';
import { useAt, useContentLanguage, useTexts } from '../text/texts.ts';
import { timeInWords } from './dates.ts';
import { Icon } from './icon.tsx';

interface ActivityListProps {
  readonly own: readonly Activity[];
  readonly others: readonly Activity[];
  /** What can be done with an activity: ticked. */
  readonly action?: (activity: Activity) => ComponentChildren;
  /** What was done, newest first. */
  readonly done?: readonly DoneActivity[];
}

/** Who does what: the person first, then others. */
export function ActivityList(props: ActivityListProps) {
  const texts = useTexts().activities;
  const { own, others } = props;
  if (own.length + others.length === 0) return <p>{texts.none}</p>;
  return (
    <div class="nv-activities">
      {own.length > 0 && <Part {...props} title={texts.own} activities={own} />}
      {others.length > 0 && <Part {...props} title={texts.others} activities={others} />}
    </div>
  );
}

type PartProps = ActivityListProps & { readonly title: string; readonly activities: readonly Activity[] };

const Part = ({ title, activities, ...props }: PartProps) => (
  <section>
    <h3>{title}</h3>
    <ul class="nv-list">
      {activities.map((activity, index) => (
        <li key={index} class="nv-activity">
          <OneActivity {...props} activity={activity} />
        </li>
      ))}
    </ul>
  </section>
);

function OneActivity({ activity, action, done = [] }: ActivityListProps & { activity: Activity }) {
  const { activities: texts, dates } = useTexts();
  const content = useContentLanguage();
  const at = useAt();
  const latest = done.find(
    ({ plan, text }) => text === activity.text && (plan ?? activity.plan) === activity.plan,
  );
  const doers = doersOf(activity, texts.by);
  return (
    <>
      <div>
        <p class="nv-strong" {...content}>
          {activity.text}
        </p>
        {activity.often && <p {...content}>{activity.often}</p>}
        {doers && (
          <p class="nv-muted" {...content}>
            {doers}
          </p>
        )}
        {latest && (
          <p class="nv-open" data-open>
            <Icon name="check" />
            <span>
              {texts.done(timeInWords(latest.at, at, dates))}
              {latest.who && (
                <>
                  , <span {...content}>{latest.who}</span>
                </>
              )}
            </span>
          </p>
        )}
      </div>
      {action?.(activity)}
    </>
  );
}

/** `Maja Berg, Hemsjukvården Söder`; `Karin Testberg (närstående)`. */
function doersOf({ who, unit, huvudman }: Activity, by: Readonly<Record<string, string>>): string {
  const names = [...who, ...(unit && !who.includes(unit) ? [unit] : [])].join(', ');
  if (huvudman === 'personen') return '';
  const kind = huvudman === null ? undefined : by[huvudman];
  return kind ? (names ? `${names} (${kind})` : kind) : names;
}
