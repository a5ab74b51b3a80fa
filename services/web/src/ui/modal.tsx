import { type ComponentChildren, createContext } from 'preact';
import { useContext, useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { useTexts } from '../text/texts.ts';
import { Icon } from './icon.tsx';

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
  const dialog = useShown(open, close);
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
          <div inert={held}>{children}</div>
        </Hold.Provider>
      )}
    </dialog>
  );
}

/** Shows the dialog as long as it is `open`, and again when the browser closes it, asked twice, though it may not. */
function useShown(open: boolean, close: (() => void) | undefined) {
  const dialog = useRef<HTMLDialogElement>(null);
  const isShown = useRef(false);
  // With the content, so that focus is never nowhere in between.
  useLayoutEffect(() => {
    const element = dialog.current;
    if (!open || !element) return undefined;
    const opener = document.activeElement;
    element.showModal();
    isShown.current = true;
    return () => {
      isShown.current = false;
      element.close();
      // The browser gives focus back only while the dialog is still in the page.
      if (opener instanceof HTMLElement) opener.focus();
    };
  }, [open]);
  const closed = () => {
    if (!isShown.current) return;
    if (close) close();
    else dialog.current?.showModal();
  };
  return { ref: dialog, onClose: closed };
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
