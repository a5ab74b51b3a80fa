import type { Attention } from '../api/plan.ts';
import { useContentLanguage, useTexts } from '../text/texts.ts';
import { Icon, isIconName } from './icon.tsx';

/** What whoever meets the person must know: smitta, blodförtunnande, syrgas, tolk, hörsel, allergi. */
export function AttentionList({ attention }: { readonly attention: readonly Attention[] }) {
  const texts = useTexts().attention;
  const content = useContentLanguage();
  if (attention.length === 0) return null;
  const kinds: Readonly<Record<string, string>> = texts.kinds;
  return (
    <ul class="nv-list nv-attention">
      {attention.map(({ reference, kind, text }) => (
        <li key={reference}>
          <Icon name={isIconName(kind) ? kind : 'info'} />
          <span>
            <span class="nv-strong">{kinds[kind] ?? texts.kinds.ovrigt}</span>{' '}
            <span {...content}>{text}</span>
          </span>
        </li>
      ))}
    </ul>
  );
}
