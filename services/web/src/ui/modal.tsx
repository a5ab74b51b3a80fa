import { type ComponentChildren, createContext } from 'preact';
import { useContext, useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { useTexts } from '../text/texts.ts';
import { Icon } from './icon.tsx';
import { InSight } from './in-sight.ts';

interface ModalProps {
  readonly title: ComponentChildren;
  readonly open: boolean;
  /** Left out where the dialog ends by what it offers alone. */
  readonly onClose?: () => void;
  readonly children: ComponentChildren;
}

const Hold = createContext<(held: boolean) => void>(() => undefined);

/** As long as `held`, the dialog round it, where there is one, says that something is being saved, and neither changes nor closes. */
export function useHeldOpen(held: boolean): void {
  const hold = useContext(Hold);
  useLayoutEffect(() => {
    hold(held);
    return () => hold(false);
  }, [hold, held]);
}

/** A dialog of the browser's own: it keeps focus inside, and Escape closes it. */
export function Modal({ title, open, onClose, children }: ModalProps) {
  const heading = useId();
  const [held, setHeld] = useState(false);
  const close = held ? undefined : onClose;
  const { isUp, ...dialog } = useShown(open, close);
  const cancelled = (event: Event) => {
    event.preventDefault();
    close?.();
  };
  return (
    <dialog {...dialog} class="ds-dialog nv-modal" aria-labelledby={heading} onCancel={cancelled}>
      {open && (
        <Hold.Provider value={setHeld}>
          <header class="nv-modal-header">
            <h2 id={heading}>{title}</h2>
            <Held held={held} />
            {onClose && <CloseButton onClose={close} />}
          </header>
          <div inert={held}>
            <InSight.Provider value={isUp}>{children}</InSight.Provider>
          </div>
        </Hold.Provider>
      )}
    </dialog>
  );
}

/** Shows the dialog as long as it is `open` on a page in sight, and again when the browser closes it, asked twice, though it may not. */
function useShown(open: boolean, close: (() => void) | undefined) {
  const dialog = useRef<HTMLDialogElement>(null);
  const isShown = useRef(false);
  const isInSight = useContext(InSight);
  // A dialog in this one is shown after it, and so above it.
  const [isUp, setUp] = useState(false);
  const opener = useRef<Element | null>(null);
  if (!open) opener.current = null;
  // With the content, so that focus is never nowhere in between.
  useLayoutEffect(() => {
    const element = dialog.current;
    if (!open || !isInSight || !element) return undefined;
    opener.current ??= document.activeElement;
    const { current: before } = opener;
    element.showModal();
    isShown.current = true;
    setUp(true);
    return () => {
      isShown.current = false;
      setUp(false);
      element.close();
      // The browser gives focus back only while the dialog is still in the page.
      if (before instanceof HTMLElement) before.focus();
    };
  }, [open, isInSight]);
  const closed = () => {
    if (!isShown.current) return;
    if (close) close();
    else dialog.current?.showModal();
  };
  return { ref: dialog, onClose: closed, isUp };
}

/** Has the focus meanwhile, which what is held cannot have. */
function Held({ held }: { held: boolean }) {
  const { form } = useTexts();
  const line = useRef<HTMLParagraphElement>(null);
  useLayoutEffect(() => {
    if (held) line.current?.focus();
  }, [held]);
  return (
    <p ref={line} role="status" tabIndex={-1}>
      {held && form.saving}
    </p>
  );
}

const CloseButton = ({ onClose }: { onClose: (() => void) | undefined }) => (
  <button
    type="button"
    class="nv-modal-close"
    aria-label={useTexts().form.close}
    aria-disabled={onClose === undefined || undefined}
    onClick={onClose}
  >
    <Icon name="cross" />
  </button>
);
