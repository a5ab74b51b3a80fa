import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { hasMoved } from './router.ts';

/** The heading of a page: read out when one comes to it. `tab` stands in the browser's history, so it names no patient. */
export function Title({ tab, children }: { readonly tab: string; readonly children: ComponentChildren }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${tab} – Vårdplan för personal`;
    if (hasMoved()) heading.current?.focus({ preventScroll: true });
  }, [tab]);
  return (
    <h1 ref={heading} tabIndex={-1}>
      {children}
    </h1>
  );
}
