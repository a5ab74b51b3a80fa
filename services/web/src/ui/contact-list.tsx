import type { ComponentChildren } from 'preact';
import type { PlannedContact, PlannedNumber } from '../api/plan.ts';
import { useAt, useContentLanguage, useTexts } from '../text/texts.ts';
import { dayInWords } from './dates.ts';
import { Icon } from './icon.tsx';
import { PhoneLink } from './phone-link.tsx';
import { Unbroken } from './unbroken.tsx';

interface ContactListProps {
  readonly contacts: readonly PlannedContact[];
  /** What can be done with a number: told to be wrong. */
  readonly action?: (contact: PlannedContact, number: PlannedNumber) => ComponentChildren;
}

/** Who the contacts are, what each is there for, and when it answers. */
export function ContactList({ contacts, action }: ContactListProps) {
  const texts = useTexts().contacts;
  if (contacts.length === 0) return <p>{texts.none}</p>;
  return (
    <ul class="nv-list nv-contacts">
      {contacts.map((contact) => (
        <li key={contact.reference} class="nv-card">
          <Contact contact={contact} action={action} />
        </li>
      ))}
    </ul>
  );
}

function Contact({ contact, action }: { contact: PlannedContact; action: ContactListProps['action'] }) {
  const texts = useTexts().contacts;
  const content = useContentLanguage();
  const { title, name, unit, uppdrag, numbers } = contact;
  return (
    <>
      <p class="nv-muted" {...content}>
        {title}
      </p>
      <h3 {...content}>{name}</h3>
      {unit && unit !== name && (
        <p class="nv-muted" {...content}>
          {unit}
        </p>
      )}
      {uppdrag && <p {...content}>{uppdrag}</p>}
      {numbers.length === 0 && <p>{texts.noNumber}</p>}
      {numbers.map((number) => (
        <div key={number.value} class="nv-contact-number">
          <ContactNumber name={name} number={number} />
          {action?.(contact, number)}
        </div>
      ))}
      {contact.flerLakarkontakter && <p class="nv-remark">{texts.several}</p>}
    </>
  );
}

function ContactNumber({ name, number }: { name: string; number: PlannedNumber }) {
  const { call, contacts, dates } = useTexts();
  const content = useContentLanguage();
  const at = useAt();
  const answers = number.hours === null ? 'okant' : number.open ? 'nu' : 'stangt';
  return (
    <>
      <PhoneLink number={number.value} name={name} />
      <p class="nv-open" data-open={number.open}>
        <Icon name={number.open ? 'check' : 'today'} />
        <span>
          {call.answers[answers]}.{' '}
          {number.hours !== null && (
            <span {...content}>
              <Unbroken>{number.hours}</Unbroken>
            </span>
          )}
        </span>
      </p>
      {number.checked && <p class="nv-muted">{contacts.checked(dayInWords(number.checked, at, dates))}</p>}
    </>
  );
}
