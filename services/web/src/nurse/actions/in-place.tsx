import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

/** What comes in the place of a form takes the focus that the form had. */
export function InPlace({ children }: { readonly children: ComponentChildren }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.focus(), []);
  return (
    <div ref={box} class="nv-stack" tabIndex={-1}>
      {children}
    </div>
  );
}
