import { useTexts } from '../text/texts.ts';
import { Icon } from './icon.tsx';
import { telHref } from './phone.ts';

/** A number to press; `name` is said before it by a screen reader. */
export function PhoneLink({ number, name, big }: { number: string; name?: string; big?: boolean }) {
  const { call } = useTexts();
  const href = telHref(number);
  if (!href) return <span class="nv-number">{number}</span>;
  const named = call.call([name, number].filter(Boolean).join(', '));
  return (
    <a class={big ? 'nv-phone nv-phone-big' : 'nv-phone'} href={href} aria-label={named}>
      <Icon name="phone" />
      <span class="nv-number" dir="ltr">
        {number}
      </span>
    </a>
  );
}
