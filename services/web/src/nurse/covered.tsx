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
    const before = focused.current;
    if (covered || !before) return;
    focused.current = null;
    const isThere = before instanceof HTMLElement && before.isConnected && before !== document.body;
    // Lest it stay on what covered the page, which is gone.
    (isThere ? before : document.getElementById('innehall'))?.focus();
  }, [covered]);
  return (
    <InSight.Provider value={!covered}>
      <div class="nv-covered" hidden={covered} inert={covered}>
        {children}
      </div>
    </InSight.Provider>
  );
}
