import type { ComponentChildren } from 'preact';
import { Button } from '../ui/button.tsx';
import { Callout } from '../ui/callout.tsx';
import { EmergencyNumbers } from './numbers-page.tsx';

interface TryAgainProps {
  readonly kind: 'info' | 'danger';
  readonly title: string;
  readonly onAgain: () => void;
  readonly children?: ComponentChildren;
}

/** Why there is nothing to show, a way to ask once more, and the numbers that are always there. */
export const TryAgain = ({ kind, title, onAgain, children }: TryAgainProps) => (
  <>
    <Callout kind={kind} title={title}>
      {children}
      <Button kind="secondary" onClick={onAgain}>
        Försök igen
      </Button>
    </Callout>
    <EmergencyNumbers />
  </>
);
