import type { ComponentChildren } from 'preact';
import { useContext, useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { useTexts } from '../text/texts.ts';
import { Icon } from './icon.tsx';
import { InSight } from './in-sight.ts';

interface ModalProps {
  readonly title: ComponentChildren;
  readonly open: boolean;
  readonly onClose: () => void;
  readonly children: ComponentChildren;
}

/** A dialog of the browser's own: it keeps focus inside, and Escape closes it. */
export function Modal({ title, open, onClose, children }: ModalProps) {
  const { form } = useTexts();
  const heading = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  const isShown = useContext(InSight) && open;
  const opener = useRef<Element | null>(null);
  // A dialog in this one is shown after it, and so above it.
  const [isUp, setUp] = useState(false);
  if (!open) opener.current = null;
  // With the content, so that focus is never nowhere in between.
  useLayoutEffect(() => {
    const element = dialog.current;
    if (!isShown || !element) return undefined;
    opener.current ??= document.activeElement;
    const { current: before } = opener;
    element.showModal();
    setUp(true);
    return () => {
      setUp(false);
      element.close();
      // The browser gives focus back only while the dialog is still in the page.
      if (before instanceof HTMLElement) before.focus();
    };
  }, [isShown]);
  const cancelled = (event: Event) => {
    event.preventDefault();
    onClose();
  };
  return (
    <dialog ref={dialog} class="ds-dialog nv-modal" aria-labelledby={heading} onCancel={cancelled}>
      {open && (
        <InSight.Provider value={isUp}>
          <header class="nv-modal-header">
            <h2 id={heading}>{title}</h2>
            <button type="button" class="nv-modal-close" aria-label={form.close} onClick={onClose}>
              <Icon name="cross" />
            </button>
          </header>
          {children}
        </InSight.Provider>
      )}
    </dialog>
  );
}
