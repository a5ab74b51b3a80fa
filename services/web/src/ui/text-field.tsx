import type { ComponentChildren, ComponentProps } from 'preact';
import { Field } from './field.tsx';

type Passed =
  | 'id'
  | 'value'
  | 'defaultValue'
  | 'onInput'
  | 'onChange'
  | 'onKeyDown'
  | 'inputMode'
  | 'autocomplete'
  | 'autocapitalize'
  | 'spellcheck'
  | 'required'
  | 'minLength'
  | 'maxLength'
  | 'pattern'
  | 'disabled'
  | 'ref';

type TextFieldProps = Pick<ComponentProps<'input'>, Passed> & {
  readonly name: string;
  readonly type?: 'text' | 'search' | 'tel' | 'url' | 'password' | 'date' | 'time' | 'datetime-local';
  readonly label: ComponentChildren;
  readonly hint?: ComponentChildren;
  readonly error?: string | null;
};

/** One line of text; its id is its name unless another is given. */
export const TextField = ({ label, hint, error, id, name, type = 'text', ...props }: TextFieldProps) => (
  <Field id={String(id ?? name)} label={label} hint={hint} error={error}>
    {(control) => (
      // The types of JSX hold one type of input at a time.
      <input {...props} {...control} name={name} type={type as 'text'} class="ds-input" />
    )}
  </Field>
);
