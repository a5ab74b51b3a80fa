import type { ContactCall, ContactNow } from '../api/plan.ts';
import { sv } from '../text/sv.ts';
import { useContentLanguage, useTexts } from '../text/texts.ts';
import { Icon } from './icon.tsx';
import { PhoneLink } from './phone-link.tsx';
import { Unbroken } from './unbroken.tsx';

interface CallCardProps {
  readonly now: ContactNow;
  /** The address to say to 112. */
  readonly place?: string | null;
  /** The reader is staff: numbers that are for staff alone are marked. */
  readonly staff?: boolean;
}

/** "Ring nu": one number, why that one, who is next, and 112. */
export function CallCard({ now, place, staff = false }: CallCardProps) {
  const { call } = useTexts();
  const content = useContentLanguage();
  const { first } = now;
  return (
    <section class="nv-call" aria-labelledby="nv-call-title">
      <div class="nv-call-first">
        <h2 id="nv-call-title" class="nv-call-title">
          {call.title}
        </h2>
        {first.name !== first.value && (
          <p class="nv-call-name" {...content}>
            {first.name}
          </p>
        )}
        <PhoneLink number={first.value} name={first.name === first.value ? undefined : first.name} big />
        <p {...content}>
          <Unbroken>{first.hours}</Unbroken>
        </p>
        {staff && first.staffOnly && <StaffOnly />}
        <p {...content}>
          <span class="nv-sr-only">{call.why} </span>
          {now.reason}
        </p>
        {first.uppdrag && <p {...content}>{first.uppdrag}</p>}
        {first.remark && (
          <p class="nv-remark" {...content}>
            {first.remark}
          </p>
        )}
      </div>
      <NextInLine now={now} staff={staff} />
      <Danger danger={now.danger} place={place} />
    </section>
  );
}

function NextInLine({ now, staff }: { now: ContactNow; staff: boolean }) {
  const { call } = useTexts();
  const content = useContentLanguage();
  const next = now.thenList.slice(0, shown);
  const more = now.thenList.slice(shown);
  const somebodyElse = now.thenList.some(({ answers }) => answers === 'nu');
  return (
    <div class="nv-call-next">
      <h3>{call.noAnswer}</h3>
      {!somebodyElse && <p {...content}>{now.ifNoAnswer}</p>}
      <CallList calls={next} staff={staff} />
      {more.length > 0 && (
        <details class="nv-details">
          <summary>{call.more(more.length)}</summary>
          <CallList calls={more} staff={staff} />
        </details>
      )}
    </div>
  );
}

const shown = 2;

const CallList = ({ calls, staff }: { calls: readonly ContactCall[]; staff: boolean }) =>
  calls.length === 0 ? null : (
    <ol class="nv-list">
      {calls.map((next) => (
        <NextCall key={`${next.path} ${next.value}`} next={next} staff={staff} />
      ))}
    </ol>
  );

function NextCall({ next, staff }: { next: ContactCall; staff: boolean }) {
  const { call } = useTexts();
  const content = useContentLanguage();
  const open = next.answers === 'nu';
  return (
    <li class="nv-call-item">
      <div>
        <p class="nv-strong" {...content}>
          {next.name === next.value ? capital(next.who) : next.name}
        </p>
        <p class="nv-open" data-open={open}>
          <Icon name={open ? 'check' : 'today'} />
          <span>
            {call.answers[next.answers]}.{' '}
            {next.answers !== 'okant' && (
              <span {...content}>
                <Unbroken>{next.hours}</Unbroken>
              </span>
            )}
          </span>
        </p>
        {staff && next.staffOnly && <StaffOnly />}
        {next.remark && (
          <p class="nv-remark" {...content}>
            {next.remark}
          </p>
        )}
      </div>
      <PhoneLink number={next.value} name={next.name === next.value ? undefined : next.name} />
    </li>
  );
}

function StaffOnly() {
  const { call } = useTexts();
  return (
    <p class="nv-staff-only">
      <Icon name="lock" />
      {call.staffOnly}
    </p>
  );
}

function Danger({ danger, place }: { danger: ContactNow['danger']; place: string | null | undefined }) {
  const { call } = useTexts();
  // The one sentence that must be understood: what the service says in Swedish, in the language of the page.
  const said = (['danger', 'dangerDespitePlan'] as const)
    .filter((sentence) => sv.call[sentence] === danger.text)
    .map((sentence) => call[sentence])[0];
  const content = useContentLanguage();
  return (
    <div class="nv-danger">
      <div>
        {said ? (
          <p class="nv-strong">{said}</p>
        ) : (
          <p class="nv-strong" {...content}>
            {danger.text}
          </p>
        )}
        {place && (
          <p>
            {call.sayAddress} <span {...content}>{place.replace(/\b(\d{3}) (\d{2})\b/, '$1\u{a0}$2')}</span>
          </p>
        )}
      </div>
      <PhoneLink number={danger.value} />
    </div>
  );
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
