import type { ComponentChildren, ComponentProps } from 'preact';
import { Field } from './field.tsx';

type TextAreaProps = ComponentProps<'textarea'> & {
  readonly name: string;
  readonly label: ComponentChildren;
  readonly hint?: ComponentChildren;
  readonly error?: string | null;
};

/** Text of several lines; its id is its name unless another is given. */
export const TextArea = ({ label, hint, error, id, name, rows = 4, ...props }: TextAreaProps) => (
  <Field id={String(id ?? name)} label={label} hint={hint} error={error}>
    {(control) => <textarea {...props} {...control} name={name} rows={rows} class="ds-input" />}
  </Field>
);
