import type { ComponentProps } from 'preact';

type ButtonProps = ComponentProps<'button'> & {
  readonly kind?: 'primary' | 'secondary' | 'quiet' | 'danger';
  /** What was asked is under way: it stays where it is, with the focus that it has, and is not asked twice. */
  readonly busy?: boolean;
};

const prevent = (event: Event): void => event.preventDefault();

const variants = {
  primary: 'primary',
  secondary: 'secondary',
  quiet: 'tertiary',
  danger: 'primary',
} as const;

/** A button; `type="submit"` is said where it sends a form. */
export const Button = ({ kind = 'primary', busy, type = 'button', onClick, ...props }: ButtonProps) => (
  <button
    {...props}
    type={type}
    class="ds-button nv-button"
    data-variant={variants[kind]}
    data-color={kind === 'danger' ? 'danger' : undefined}
    aria-busy={busy || undefined}
    aria-disabled={busy || undefined}
    onClick={busy ? prevent : onClick}
  />
);
