import type { ComponentProps } from 'preact';

type ButtonProps = ComponentProps<'button'> & {
  readonly kind?: 'primary' | 'secondary' | 'quiet' | 'danger';
  /** What was asked is under way: it stays where it is and is not asked twice. */
  readonly busy?: boolean;
};

const variants = {
  primary: 'primary',
  secondary: 'secondary',
  quiet: 'tertiary',
  danger: 'primary',
} as const;

/** A button; `type="submit"` is said where it sends a form. */
export const Button = ({ kind = 'primary', busy, disabled, type = 'button', ...props }: ButtonProps) => (
  <button
    {...props}
    type={type}
    class="ds-button nv-button"
    data-variant={variants[kind]}
    data-color={kind === 'danger' ? 'danger' : undefined}
    aria-busy={busy || undefined}
    disabled={disabled || busy}
  />
);
