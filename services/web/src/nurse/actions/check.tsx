import type { ComponentChildren } from 'preact';

export interface CheckProps {
  readonly id: string;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
  readonly children: ComponentChildren;
  readonly hint?: string;
  readonly error?: string | null;
}

/** Something that the nurse states. */
export const Check = ({ id, checked, onChange, children, hint, error }: CheckProps) => (
  <label class="nv-choice">
    <input
      id={id}
      class="ds-input"
      type="checkbox"
      checked={checked}
      aria-invalid={error ? true : undefined}
      onChange={({ currentTarget }) => onChange(currentTarget.checked)}
    />
    <span>
      {children}
      {hint && <span class="nv-hint">{hint}</span>}
      {error && <span class="nv-error">{error}</span>}
    </span>
  </label>
);
