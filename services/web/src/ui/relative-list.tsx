import type { Relative } from '../api/plan.ts';
import { useContentLanguage, useTexts } from '../text/texts.ts';
import { Icon } from './icon.tsx';
import { PhoneLink } from './phone-link.tsx';

/** Närstående, and whether they may be woken. */
export function RelativeList({ relatives }: { readonly relatives: readonly Relative[] }) {
  const texts = useTexts().relatives;
  const content = useContentLanguage();
  if (relatives.length === 0) return <p>{texts.none}</p>;
  return (
    <ul class="nv-list">
      {relatives.map(({ reference, name, relation, number, mayBeWoken }) => (
        <li key={reference} class="nv-call-item">
          <div>
            <p {...content}>
              <span class="nv-strong">{name}</span>
              {relation && <span class="nv-muted"> {relation}</span>}
            </p>
            {mayBeWoken !== null && (
              <p class="nv-open" data-open={mayBeWoken}>
                <Icon name={mayBeWoken ? 'check' : 'cross'} />
                {mayBeWoken ? texts.wake : texts.doNotWake}
              </p>
            )}
          </div>
          {number && <PhoneLink number={number} name={name} />}
        </li>
      ))}
    </ul>
  );
}
