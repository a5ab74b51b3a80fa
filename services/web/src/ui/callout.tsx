import type { ComponentChildren } from 'preact';
import { useTexts } from '../text/texts.ts';
import { Icon, type IconName } from './icon.tsx';

interface CalloutProps {
  readonly kind: 'info' | 'warning' | 'danger' | 'success';
  readonly title: ComponentChildren;
  readonly children?: ComponentChildren;
  /** `status` or `alert` of what comes while the page is open; read out by screen readers. */
  readonly role?: 'status' | 'alert';
}

const icons: Readonly<Record<CalloutProps['kind'], IconName>> = {
  info: 'info',
  warning: 'alarm',
  danger: 'urgent',
  success: 'check',
};

/** What must not be missed; its kind is told by icon and word. */
export function Callout({ kind, title, children, role }: CalloutProps) {
  const { callout } = useTexts();
  return (
    <div class="nv-callout" data-kind={kind} role={role}>
      <p class="nv-callout-title">
        <Icon name={icons[kind]} />
        <span>
          <span class="nv-sr-only">{callout[kind]}: </span>
          {title}
        </span>
      </p>
      {children}
    </div>
  );
}
