import type { Attention } from '../api/plan.ts';
import { useContentLanguage, useTexts } from '../text/texts.ts';
import { Icon, isIconName } from './icon.tsx';

interface AttentionListProps {
  readonly attention: readonly Attention[];
  /** How many rows there is room for: where there are more warnings, the last row says what the rest are about. */
  readonly most?: number;
}

/** What whoever meets the person must know: smitta, blodförtunnande, syrgas, tolk, hörsel, allergi. */
export function AttentionList({ attention, most = attention.length }: AttentionListProps) {
  const texts = useTexts().attention;
  const inFull = attention.length > most ? most - 1 : most;
  const more = attention.slice(inFull);
  if (attention.length === 0) return null;
  return (
    <>
      <Warnings attention={attention.slice(0, inFull)} />
      {more.length > 0 && (
        <details class="nv-details">
          <summary>
            {texts.more([...new Set(more.map((each) => kindIn(texts.kinds, each)))].join(', '))}
          </summary>
          <Warnings attention={more} />
        </details>
      )}
    </>
  );
}

function Warnings({ attention }: { attention: readonly Attention[] }) {
  const texts = useTexts().attention;
  const content = useContentLanguage();
  return (
    <ul class="nv-list nv-attention">
      {attention.map((each) => (
        <li key={each.reference}>
          <Icon name={isIconName(each.kind) ? each.kind : 'info'} />
          <span>
            <span class="nv-strong">{kindIn(texts.kinds, each)}</span> <span {...content}>{each.text}</span>
          </span>
        </li>
      ))}
    </ul>
  );
}

const kindIn = (kinds: Readonly<Record<string, string>> & { readonly ovrigt: string }, { kind }: Attention) =>
  kinds[kind] ?? kinds.ovrigt;
