import { patientPath, type Tab, tabs } from '../router.ts';

const names: Readonly<Record<Tab, string>> = {
  nu: 'Nu',
  plan: 'Plan',
  kontakter: 'Kontakter',
  besok: 'Besök',
};

/** At the bottom of a telephone, where the thumb is; at the top of a wider screen. */
export function PatientTabs({ id, tab }: { id: string; tab: Tab }) {
  return (
    <nav class="nv-tabs" aria-label="Patientens sidor">
      {tabs.map((each) => (
        <a key={each} href={patientPath(id, each)} aria-current={each === tab ? 'page' : undefined}>
          {names[each]}
        </a>
      ))}
    </nav>
  );
}
