import type { PlanInForce } from '../../api/plan.ts';
import { Button } from '../../ui/button.tsx';
import type { SessionUser } from '../data/session.ts';
import { dayWords } from '../words.ts';

type Part = PlanInForce['parts'][number];

/** Two units may have one name. */
const isOwn = ({ unitHsaId }: Part, { unitHsaId: unit, organisation }: SessionUser): boolean =>
  unitHsaId !== null && [unit, organisation.hsaId].includes(unitHsaId);

/** One plan in force with the parts that others write; the own unit's part of a SIP can be changed. */
export function PlanCard({
  plan,
  user,
  onPart,
}: {
  plan: PlanInForce;
  user: SessionUser;
  onPart: (part: Part) => void;
}) {
  const { kind, kindName, title, description, responsible, start, parts } = plan;
  const isSip = kind === 'SIP';
  return (
    <article class="nv-card">
      <h3>{title}</h3>
      <p class="nv-muted">
        {kindName}
        {plan.unit && `, ${plan.unit}`}
        {start && `, från ${dayWords(start, Date.now())}`}
      </p>
      {description && <p>{description}</p>}
      {responsible.length > 0 && (
        <ul class="nv-list">
          {responsible.map(({ role, name }) => (
            <li key={`${role} ${name}`}>
              {role}: {name}
            </li>
          ))}
        </ul>
      )}
      {parts.length > 0 && (
        <>
          <h4>Delar</h4>
          <ul class="nv-list">
            {parts.map((part) => (
              <li key={part.reference} class="nv-part">
                {part.unit ?? part.title}
                {isSip && isOwn(part, user) && (
                  <Button kind="secondary" onClick={() => onPart(part)}>
                    Ändra er del
                  </Button>
                )}
              </li>
            ))}
          </ul>
        </>
      )}
    </article>
  );
}
