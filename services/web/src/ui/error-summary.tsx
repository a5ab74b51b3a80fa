import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { useTexts } from '../text/texts.ts';

export interface Problem {
  readonly text: ComponentChildren;
  /** Id of the control that it is about. */
  readonly field?: string;
}

/** Why a form was not taken; it is given focus, with and without JavaScript. */
export function ErrorSummary({
  problems,
  title,
}: {
  readonly problems: readonly Problem[];
  readonly title?: string;
}) {
  const { form } = useTexts();
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (problems.length > 0) box.current?.focus();
  }, [problems]);
  if (problems.length === 0) return null;
  return (
    <div ref={box} class="ds-error-summary nv-error-summary" role="alert" tabIndex={-1} autofocus>
      <h2>{title ?? form.errors}</h2>
      <ul>
        {problems.map(({ text, field }, index) => (
          <li key={index}>{field ? <a href={`#${field}`}>{text}</a> : text}</li>
        ))}
      </ul>
    </div>
  );
}
