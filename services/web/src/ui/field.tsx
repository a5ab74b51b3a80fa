import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';
import { useTexts } from '../text/texts.ts';
import { Icon } from './icon.tsx';

/** What the control of a field carries, so that its label, hint and error are read with it. */
export interface ControlAttributes {
  readonly id: string;
  readonly 'aria-describedby': string | undefined;
  readonly 'aria-invalid': true | undefined;
}

interface FieldProps {
  /** Of the control, which an error summary leads to. */
  readonly id?: string;
  readonly label: ComponentChildren;
  readonly hint?: ComponentChildren;
  readonly error?: string | null;
  readonly children: (control: ControlAttributes) => ComponentChildren;
}

/** Label, hint and error round one control. */
export function Field({ id, label, hint, error, children }: FieldProps) {
  const own = useId();
  const control = id ?? own;
  const about = describedBy(control, hint, error);
  return (
    <div class="nv-field" data-invalid={error ? true : undefined}>
      <label class="nv-label" for={control}>
        {label}
      </label>
      <HintAndError id={control} hint={hint} error={error} />
      {children({ id: control, 'aria-describedby': about, 'aria-invalid': error ? true : undefined })}
    </div>
  );
}

export const describedBy = (id: string, hint: ComponentChildren, error: string | null | undefined) =>
  [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ') || undefined;

export function HintAndError({ id, hint, error }: Pick<FieldProps, 'hint' | 'error'> & { id: string }) {
  const { form } = useTexts();
  return (
    <>
      {hint && (
        <p class="nv-hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {error && (
        <p class="nv-error" id={`${id}-error`}>
          <Icon name="urgent" />
          <span>
            <span class="nv-sr-only">{form.error} </span>
            {error}
          </span>
        </p>
      )}
    </>
  );
}
