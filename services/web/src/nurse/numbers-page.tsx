import { PhoneLink } from '../ui/phone-link.tsx';
import { emergencyNumbers } from './data/session.ts';
import { useLoaded } from './hooks.ts';
import { Title } from './title.tsx';

/** Numbers that hold no patient data: shown to everybody, always, also when nothing else answers. */
export function EmergencyNumbers() {
  const [numbers] = useLoaded('numbers', emergencyNumbers);
  if (numbers.kind !== 'loaded') return <p class="nv-loading">Hämtar nummer …</p>;
  return (
    <ul class="nv-numbers">
      {numbers.value.map(({ name, number, hours }) => (
        <li key={`${name} ${number}`}>
          <span class="nv-strong">{name}</span>
          <PhoneLink number={number} name={name} />
          {hours && <span class="nv-muted">{hours}</span>}
        </li>
      ))}
    </ul>
  );
}

/** Where somebody cannot get in. */
export const EmergencySection = () => (
  <section aria-labelledby="nummer">
    <h2 id="nummer">Viktiga nummer</h2>
    <EmergencyNumbers />
  </section>
);

export function NumbersPage() {
  return (
    <>
      <Title tab="Nummer">Viktiga nummer</Title>
      <p>De här numren finns alltid här, också utan täckning.</p>
      <EmergencyNumbers />
    </>
  );
}
