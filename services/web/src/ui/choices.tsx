import type { ComponentChildren } from 'preact';
import { describedBy, HintAndError } from './field.tsx';

export interface Choice {
  readonly value: string;
  readonly label: ComponentChildren;
  readonly hint?: ComponentChildren;
}

interface ChoicesProps {
  readonly legend: ComponentChildren;
  readonly name: string;
  readonly options: readonly Choice[];
  /** What is chosen; nothing when it is left out. */
  readonly value?: string | null;
  readonly onChange?: (value: string) => void;
  readonly hint?: ComponentChildren;
  readonly error?: string | null;
}

/** One of a few. Without `onChange` it is a plain part of a form. The id of the first is the name. */
export function Choices({ legend, name, options, value, onChange, hint, error }: ChoicesProps) {
  const chosen = (option: string) =>
    onChange ? { checked: option === value } : { defaultChecked: option === value };
  return (
    <fieldset
      class="nv-field"
      aria-describedby={describedBy(name, hint, error)}
      data-invalid={error ? true : undefined}
    >
      <legend class="nv-label">{legend}</legend>
      <HintAndError id={name} hint={hint} error={error} />
      {options.map((option, index) => (
        <label key={option.value} class="nv-choice">
          <input
            id={index === 0 ? name : `${name}-${option.value}`}
            class="ds-input"
            type="radio"
            name={name}
            value={option.value}
            {...chosen(option.value)}
            onChange={onChange && (() => onChange(option.value))}
          />
          <span>
            {option.label}
            {option.hint && <span class="nv-hint">{option.hint}</span>}
          </span>
        </label>
      ))}
    </fieldset>
  );
}
