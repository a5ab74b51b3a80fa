import type { PlannedContact, SamordnadPlan } from '../../api/plan.ts';
import { Button } from '../../ui/button.tsx';
import { ContactList } from '../../ui/contact-list.tsx';
import { WeekStrip } from '../../ui/week-strip.tsx';
import { callNow, contactsNow } from '../data/now.ts';
import { EmergencyNumbers } from '../numbers-page.tsx';

export interface ContactsTabProps {
  readonly plan: SamordnadPlan;
  readonly now: number;
  readonly onWrongNumber: (contact: PlannedContact) => void;
}

/** Everybody who is there for the person, and who answers when during the week. */
export function ContactsTab({ plan, now, onWrongNumber }: ContactsTabProps) {
  const contacts = contactsNow(plan.patientkontrakt.fastVardkontakt, callNow(plan, now).now);
  return (
    <div class="nv-columns">
      <section aria-labelledby="kontakter">
        <h2 id="kontakter">Kontakter</h2>
        <ContactList
          contacts={contacts}
          action={(contact) => (
            <Button
              kind="quiet"
              aria-label={`Numret är fel: ${contact.name}`}
              onClick={() => onWrongNumber(contact)}
            >
              Numret är fel
            </Button>
          )}
        />
      </section>
      {plan.cover.length > 0 && (
        <section aria-labelledby="veckan">
          <h2 id="veckan">Vem svarar när</h2>
          <WeekStrip cover={plan.cover} answers={plan.answers} />
        </section>
      )}
      <section aria-labelledby="nummer">
        <h2 id="nummer">Viktiga nummer</h2>
        <EmergencyNumbers />
      </section>
    </div>
  );
}
