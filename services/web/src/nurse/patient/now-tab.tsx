import type { ComponentChildren } from 'preact';
import { useMemo } from 'preact/hooks';
import type { SamordnadPlan } from '../../api/plan.ts';
import { Button } from '../../ui/button.tsx';
import { CallCard } from '../../ui/call-card.tsx';
import { ChangeList } from '../../ui/change-list.tsx';
import { PhoneLink } from '../../ui/phone-link.tsx';
import { RelativeList } from '../../ui/relative-list.tsx';
import { StepList } from '../../ui/step-list.tsx';
import { VisitList } from '../../ui/visit-list.tsx';
import { callNow } from '../data/now.ts';
import type { SessionUser } from '../data/session.ts';
import { clockWords, sinceWords } from '../words.ts';
import { SbarCard } from './sbar-card.tsx';

const changesAtFirst = 4;
const dayMs = 24 * 3_600_000;

export interface NowTabProps {
  readonly plan: SamordnadPlan;
  /** When this user last looked at it, ISO; null when that is not known. */
  readonly lastSeen: string | null;
  readonly user: SessionUser;
  readonly now: number;
  readonly onVisit: () => void;
  /** How old it is: below whom to call, which it never pushes out of sight. */
  readonly children: ComponentChildren;
}

/** What is needed at 02.15 by a nurse who has never met the patient, in the order in which it is needed. */
export function NowTab({ plan, lastSeen, user, now, onVisit, children }: NowTabProps) {
  const call = useMemo(() => callNow(plan, now), [plan, now]);
  const { plans } = plan.patientkontrakt.sammanhallenPlan;
  const placeToSay = plan.patient.address?.text ?? null;
  const normal = plans.flatMap((each) => each.normal);
  const limits = plans.flatMap((each) => each.limits ?? []);
  return (
    <div class="nv-now">
      <div class="nv-now-first">
        <Limits limits={limits} />
        <CallCard now={call.now} place={placeToSay} staff />
        {children}
        {!call.exact && (
          <p class="nv-muted">Det här gällde {sinceWords(plan.contactNow.at, now)}. Se när numren svarar.</p>
        )}
        <Button kind="secondary" onClick={onVisit}>
          Registrera besök
        </Button>
      </div>
      <section class="nv-now-steps" aria-labelledby="samre">
        <h2 id="samre">Om det blir sämre</h2>
        {plan.steps.length > 0 ? (
          <StepList steps={plan.steps} normal={normal} />
        ) : (
          <p>Ingen plan för försämring finns. Ring numret här ovanför.</p>
        )}
      </section>
      <div class="nv-now-rest">
        <LastDay plan={plan} now={now} />
        <People plan={plan} />
        <SbarCard plan={plan} user={user} now={now} />
        <Changes plan={plan} lastSeen={lastSeen} now={now} />
      </div>
    </div>
  );
}

/** Said also when there is none: silence could be taken for either. */
function Limits({ limits }: { limits: readonly string[] }) {
  if (limits.length === 0)
    return <p class="nv-muted">Ingen behandlingsbegränsning står i de planer du ser.</p>;
  return (
    <section class="nv-limits" aria-labelledby="begransning">
      <h2 id="begransning">Behandlingsbegränsning</h2>
      {limits.map((each) => (
        <p key={each} class="nv-strong">
          {each}
        </p>
      ))}
    </section>
  );
}

function People({ plan }: { plan: SamordnadPlan }) {
  const { name, phones } = plan.patient;
  return (
    <section aria-labelledby="narstaende">
      <h2 id="narstaende">Närstående</h2>
      <RelativeList relatives={plan.relatives} />
      {phones.map((phone) => (
        <p key={phone} class="nv-own-phone">
          Patienten själv <PhoneLink number={phone} name={name ?? 'patienten'} />
        </p>
      ))}
    </section>
  );
}

function LastDay({ plan, now }: { plan: SamordnadPlan; now: number }) {
  const within = (at: string) => now - Date.parse(at) < dayMs;
  const visits = plan.recent.filter(({ start }) => within(start));
  const done = plan.done.filter(({ at }) => within(at));
  return (
    <section aria-labelledby="dygnet">
      <h2 id="dygnet">Senaste dygnet</h2>
      {visits.length > 0 && <VisitList visits={visits} />}
      {done.length > 0 && (
        <ul class="nv-list">
          {done.map(({ reference, text, at, who }) => (
            <li key={reference}>
              Utfört {clockWords(at)}: {text}
              {who && ` (${who})`}
            </li>
          ))}
        </ul>
      )}
      {visits.length + done.length === 0 && <p>Inget är antecknat.</p>}
    </section>
  );
}

function Changes({ plan, lastSeen, now }: { plan: SamordnadPlan; lastSeen: string | null; now: number }) {
  if (!plan.since) return null;
  const more = plan.changes.slice(changesAtFirst);
  return (
    <section aria-labelledby="andrat">
      <h2 id="andrat">{lastSeen ? 'Ändrat sedan ditt förra pass' : 'Ändrat de senaste sju dagarna'}</h2>
      {lastSeen && <p class="nv-muted">Du läste planen senast {sinceWords(lastSeen, now)}.</p>}
      <ChangeList changes={plan.changes.slice(0, changesAtFirst)} />
      {more.length > 0 && (
        <details class="nv-details">
          <summary>Visa {more.length} till</summary>
          <ChangeList changes={more} />
        </details>
      )}
    </section>
  );
}
