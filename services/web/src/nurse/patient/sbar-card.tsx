import { useState } from 'preact/hooks';
import type { SamordnadPlan } from '../../api/plan.ts';
import { Button } from '../../ui/button.tsx';
import { sbarOf, sbarText } from '../data/sbar.ts';
import type { SessionUser } from '../data/session.ts';
import { ageWords, sinceWords } from '../words.ts';

/** What to read out on the telephone; the dots are for what the nurse sees. */
export function SbarCard({ plan, user, now }: { plan: SamordnadPlan; user: SessionUser; now: number }) {
  const [copied, setCopied] = useState<string | null>(null);
  const parts = sbarOf(plan, user, {
    age: ageWords(plan.patient.born, now),
    when: (iso) => sinceWords(iso, now),
  });
  const copy = () =>
    navigator.clipboard.writeText(sbarText(parts)).then(
      () => setCopied('Texten är kopierad.'),
      () => setCopied('Det gick inte att kopiera. Markera texten i stället.'),
    );
  return (
    <details class="nv-sbar nv-details">
      <summary>Läs upp i telefon (SBAR)</summary>
      <dl>
        {parts.map(({ title, lines }) => (
          <div key={title}>
            <dt>{title}</dt>
            {lines.map((line) => (
              <dd key={line}>{line}</dd>
            ))}
          </div>
        ))}
      </dl>
      <Button kind="secondary" onClick={copy}>
        Kopiera texten
      </Button>
      <p aria-live="polite">{copied}</p>
    </details>
  );
}
