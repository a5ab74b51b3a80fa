import type { Problem } from '../ui/error-summary.tsx';

/** What was not saved, and failed when the form that it was written in was no longer there to say so. */
export interface UnsavedWork {
  readonly id: string;
  /** `Besöket är inte sparat`. */
  readonly title: string;
  /** Name of the patient; null where it is not known. */
  readonly about: string | null;
  readonly reasons: readonly Problem[];
  /** Tries once more. */
  readonly work: () => Promise<void>;
}

const told = 'nv-unsaved';

export function tellUnsaved(work: Omit<UnsavedWork, 'id'>): void {
  const detail: UnsavedWork = { ...work, id: crypto.randomUUID() };
  dispatchEvent(new CustomEvent(told, { detail }));
}

/** Until the function that it returns is called. */
export function followUnsaved(follow: (work: UnsavedWork) => void): () => void {
  const heard = (event: Event) => follow((event as CustomEvent<UnsavedWork>).detail);
  addEventListener(told, heard);
  return () => removeEventListener(told, heard);
}
