import type { PlannedGoal } from '../api/plan.ts';
import { useContentLanguage, useTexts } from '../text/texts.ts';

/** What is to be reached; what the person has said is set as a quotation. */
export function GoalList({ goals }: { readonly goals: readonly PlannedGoal[] }) {
  const texts = useTexts().goals;
  const content = useContentLanguage();
  if (goals.length === 0) return <p>{texts.none}</p>;
  return (
    <ul class="nv-list">
      {goals.map(({ reference, text, own }) => (
        <li key={reference} class="nv-goal" data-own={own}>
          {own ? <blockquote {...content}>{text}</blockquote> : <p {...content}>{text}</p>}
          {own && <p class="nv-muted">{texts.own}</p>}
        </li>
      ))}
    </ul>
  );
}
