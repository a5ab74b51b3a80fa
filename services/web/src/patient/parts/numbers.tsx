import { PhoneLink } from '../../ui/phone-link.tsx';
import type { EmergencyNumber } from '../contract.ts';

/** Numbers that need nothing of the API. */
export const Numbers = ({ of }: { of: readonly EmergencyNumber[] }) => (
  <ul class="nv-list" lang="sv" dir="ltr">
    {of.map(({ name, number, hours }) => (
      <li key={number}>
        {name}
        <br />
        <PhoneLink number={number} name={name} />
        {hours !== null && <p class="nv-muted">{hours}</p>}
      </li>
    ))}
  </ul>
);
