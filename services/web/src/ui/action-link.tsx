import type { ComponentProps } from 'preact';
import { Icon, type IconName } from './icon.tsx';

type ActionLinkProps = ComponentProps<'a'> & { readonly icon?: IconName };

/** The way on to what one most likely wants next. */
export const ActionLink = ({ icon = 'arrow', children, ...props }: ActionLinkProps) => (
  <a {...props} class="nv-action-link">
    <Icon name={icon} />
    <span>{children}</span>
  </a>
);
