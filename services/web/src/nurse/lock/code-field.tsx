import { useEffect, useId, useState } from 'preact/hooks';
import { TextField } from '../../ui/text-field.tsx';

export interface CodeFieldProps {
  readonly label: string;
  readonly hint?: string;
  readonly error: string | null;
  readonly value: string;
  readonly onValue: (value: string) => void;
  /** There is nothing else to do on the page. */
  readonly atOnce?: boolean;
}

/** A code, hidden until the nurse wants to see it. `one-time-code` keeps browsers from offering to save it, in the clear, on disk. */
export function CodeField({ label, hint, error, value, onValue, atOnce = false }: CodeFieldProps) {
  const id = useId();
  const [visible, setVisible] = useState(false);
  useEffect(() => {
    if (atOnce || error !== null) document.getElementById(id)?.focus();
  }, [id, error, atOnce]);
  return (
    <>
      <TextField
        id={id}
        name="kod"
        type={visible ? 'text' : 'password'}
        inputMode="numeric"
        autocomplete="one-time-code"
        autocapitalize="off"
        spellcheck={false}
        required
        label={label}
        hint={hint}
        error={error}
        value={value}
        onInput={(event) => onValue(event.currentTarget.value)}
      />
      <label class="nv-choice">
        <input
          class="ds-input"
          type="checkbox"
          checked={visible}
          onChange={(event) => setVisible(event.currentTarget.checked)}
        />
        Visa koden
      </label>
    </>
  );
}
