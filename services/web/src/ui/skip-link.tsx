import { useTexts } from '../text/texts.ts';

/** The first stop of the tab key, past what is the same on each page. */
export function SkipLink({ target = 'innehall' }: { readonly target?: string }) {
  const { page } = useTexts();
  return (
    <a class="ds-skip-link nv-skip-link" href={`#${target}`}>
      {page.skip}
    </a>
  );
}
