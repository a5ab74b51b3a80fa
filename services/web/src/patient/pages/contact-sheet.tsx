import type { PlannedContact, PlannedNumber, SamordnadPlan } from '../../api/plan.ts';
import { PhoneLink } from '../../ui/phone-link.tsx';
import { loadPlan } from '../data/plan.ts';
import { datesIn } from '../dates.ts';
import { Tools, Top } from '../parts/elements.tsx';
import { Notices } from '../parts/notices.tsx';
import type { Content, PersonsView } from '../view.ts';

/** One paper for a relative: whom to call at any hour. It names no illness. */
export async function contactSheet(view: PersonsView): Promise<Content> {
  const plan = await loadPlan(view);
  const { texts } = view;
  return {
    page: 'kontaktblad',
    title: texts.titles.kontaktblad,
    sheet: true,
    body: (
      <>
        <div class="nv-stack nv-no-print">
          <Top title={texts.titles.kontaktblad} lead={texts.kontaktblad.lead} />
          <p>{texts.kontaktblad.careful}</p>
          <Notices view={view} plan={plan} />
          <Tools texts={texts} />
        </div>
        <Sheet view={view} plan={plan} />
      </>
    ),
  };
}

function Sheet({ view, plan }: { view: PersonsView; plan: SamordnadPlan }) {
  const { day, onPaper } = datesIn(view);
  const words = view.texts.kontaktblad;
  const { name, born } = plan.patient;
  const rows = eachNumber(plan.patientkontrakt.fastVardkontakt);
  const always = rows.filter(({ numbers }) => numbers.some(isRoundTheClock));
  const sometimes = rows.filter((row) => !always.includes(row));
  return (
    <section class="nv-sheet" aria-labelledby="blad">
      <h2 id="blad">{words.heading(name ?? '')}</h2>
      {born !== null && <p>{words.born(day(born))}</p>}
      <p class="nv-sheet-danger">{words.danger}</p>
      {always.length > 0 && <Rows title={words.always} of={uniqueNumbers(always)} />}
      <p>{words.advice}</p>
      {sometimes.length > 0 && <Rows title={words.contacts} of={sometimes} hours />}
      {plan.relatives.length > 0 && (
        <>
          <h3>{words.relatives}</h3>
          <ul class="nv-sheet-rows">
            {plan.relatives.map(({ reference, name, relation, number }) => (
              <li key={reference}>
                <span>
                  <strong>{name}</strong>
                  {relation !== null && `, ${relation.toLowerCase()}`}
                </span>
                {number !== null && <PhoneLink number={number} name={name} />}
              </li>
            ))}
          </ul>
        </>
      )}
      <p class="nv-muted">{words.printed(onPaper(plan.at))}</p>
    </section>
  );
}

function Rows({
  title,
  of,
  hours = false,
}: {
  title: string;
  of: readonly PlannedContact[];
  hours?: boolean;
}) {
  return (
    <>
      <h3>{title}</h3>
      <ul class="nv-sheet-rows">
        {of.map(({ reference, title: kind, name, uppdrag, numbers }) => (
          <li key={`${reference} ${numbers[0]?.value}`} lang="sv" dir="ltr">
            <span>
              <strong>{name}</strong>
              {hours && `, ${kind.toLowerCase()}`}
              {uppdrag !== null && <small>{uppdrag}</small>}
              {hours && numbers[0]?.hours && <small>{numbers[0].hours}</small>}
            </span>
            <PhoneLink number={numbers[0]?.value ?? ''} name={name} />
          </li>
        ))}
      </ul>
    </>
  );
}

const isRoundTheClock = ({ hours }: PlannedNumber): boolean => hours?.includes('dygnet runt') === true;

/** One row for each number: a jour number stands with its own hours, and not with those of the day. */
const eachNumber = (contacts: readonly PlannedContact[]): PlannedContact[] =>
  contacts.flatMap((contact) => contact.numbers.map((number) => ({ ...contact, numbers: [number] })));

/** A team and its jour may have the same number, which is enough to say once. */
const uniqueNumbers = (contacts: readonly PlannedContact[]): PlannedContact[] => {
  const seen = new Set<string>();
  return contacts.filter(({ numbers }) => {
    const number = numbers[0]?.value ?? '';
    return !seen.has(number) && seen.add(number);
  });
};
