import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { InSight } from '../ui/in-sight.ts';

interface CoveredProps {
  readonly covered: boolean;
  readonly children: ComponentChildren;
}

/** A page that may be out of sight and out of reach for a while: what is being written there stays, and so does the focus. */
export function Covered({ covered, children }: CoveredProps) {
  const focused = useRef<Element | null>(null);
  // Before the browser takes the focus from what is hidden.
  if (covered) focused.current ??= document.activeElement;
  useLayoutEffect(() => {
    if (covered) return;
    if (focused.current instanceof HTMLElement) focused.current.focus();
    focused.current = null;
  }, [covered]);
  return (
    <InSight.Provider value={!covered}>
      <div class="nv-covered" hidden={covered} inert={covered}>
        {children}
      </div>
    </InSight.Provider>
  );
}
