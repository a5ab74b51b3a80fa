import { useEffect, useState } from 'preact/hooks';
import type { PlanInForce, PlannedContact } from '../../api/plan.ts';
import { connection } from '../../offline/index.ts';
import { Callout } from '../../ui/callout.tsx';
import { openPatient, type PatientPage, type PlanPage, staleMs, standing } from '../data/patient-page.ts';
import type { SessionUser } from '../data/session.ts';
import { deferred } from '../deferred.tsx';
import { useLoaded, useNow } from '../hooks.ts';
import { noAnswer } from '../no-answer.ts';
import { EmergencyNumbers } from '../numbers-page.tsx';
import type { Tab } from '../router.ts';
import { Title } from '../title.tsx';
import { TryAgain } from '../try-again.tsx';
import { sinceWords } from '../words.ts';
import { type Action, ActionModal } from './action-modal.tsx';
import { VisitForm } from './actions.ts';
import { NoRight } from './no-right.tsx';
import { NowTab } from './now-tab.tsx';
import { OthersNotice } from './others-notice.tsx';
import { PatientHead } from './patient-head.tsx';
import { PatientTabs } from './patient-tabs.tsx';
import { VisitsTab } from './visits-tab.tsx';

const PlanTab = deferred(async () => (await import('./plan-tab.tsx')).PlanTab);
const ContactsTab = deferred(async () => (await import('./contacts-tab.tsx')).ContactsTab);
const Unlock = deferred(async () => (await import('../lock/index.ts')).Unlock);

export interface PatientViewProps {
  readonly id: string;
  readonly tab: Tab;
  readonly user: SessionUser;
}

export function PatientView({ id, tab, user }: PatientViewProps) {
  const [page, again] = useLoaded(id, (signal) => openPatient(id, Date.now(), signal), standing);
  useEffect(() => {
    if (page.kind !== 'loaded' || page.value.kind !== 'plan') return;
    connection.refreshed(page.value.fetchedAt);
    for (const each of [VisitForm, PlanTab, ContactsTab]) each.prepare();
  }, [page]);

  if (page.kind === 'loading') return <Loading />;
  if (page.kind === 'failed') return <Failed text="Något gick fel." onAgain={again} />;
  return <Shown page={page.value} id={id} tab={tab} user={user} onAgain={again} />;
}

type ShownProps = PatientViewProps & { readonly page: PatientPage; readonly onAgain: () => void };

function Shown({ page, id, tab, user, onAgain }: ShownProps) {
  switch (page.kind) {
    case 'plan':
      return <Plan page={page} id={id} tab={tab} user={user} onAgain={onAgain} />;
    case 'denied':
      return <NoRight patient={id} user={user} others={page.others} text={page.text} onDone={onAgain} />;
    case 'failed':
      return <Failed text={page.text} onAgain={onAgain} />;
    case 'locked':
      return (
        <>
          <Title tab="Patient">Lås upp</Title>
          <Unlock user={user} onDone={onAgain} />
          <EmergencyNumbers />
        </>
      );
    case 'not-kept':
      return <NotKept onAgain={onAgain} />;
    default:
      return page satisfies never;
  }
}

function Plan({ page, id, tab, user, onAgain }: ShownProps & { readonly page: PlanPage }) {
  const now = useNow();
  const [action, setAction] = useState<Action | null>(null);
  const { plan } = page;
  const onVisit = () => setAction({ kind: 'visit' });
  const onPart = (part: PlanInForce['parts'][number]) => setAction({ kind: 'part', part });
  const onWrongNumber = (contact: PlannedContact) => setAction({ kind: 'wrong-number', contact });
  return (
    <div class="nv-patient">
      <PatientHead plan={plan} />
      <PatientTabs id={id} tab={tab} />
      <div class="nv-patient-page">
        {tab !== 'nu' && <Age page={page} now={now} />}
        {!plan.complete && <p class="nv-muted">Allt får inte plats. Fråga enheten om du saknar något.</p>}
        {tab === 'nu' && (
          <NowTab plan={plan} lastSeen={page.lastSeen} user={user} now={now} onVisit={onVisit}>
            <Age page={page} now={now} />
          </NowTab>
        )}
        {tab === 'plan' && <PlanTab plan={plan} patient={id} user={user} onPart={onPart} onDone={onAgain} />}
        {tab === 'kontakter' && <ContactsTab plan={plan} now={now} onWrongNumber={onWrongNumber} />}
        {tab === 'besok' && <VisitsTab plan={plan} onVisit={onVisit} />}
        <OthersNotice key={id} patient={id} plan={plan} kept={page.kept} user={user} onDone={onAgain} />
      </div>
      <ActionModal
        action={action}
        patient={id}
        plan={plan}
        onClose={() => setAction(null)}
        onDone={() => {
          setAction(null);
          onAgain();
        }}
      />
    </div>
  );
}

/** How old what is shown is, when it comes from the telephone; from four hours on as a warning. The contacts stay. */
function Age({ page, now }: { page: PlanPage; now: number }) {
  const fetched = sinceWords(page.fetchedAt, now);
  if (now - Date.parse(page.fetchedAt) >= staleMs) {
    return (
      <Callout kind="warning" title={`Uppgifterna hämtades ${fetched}`}>
        <p>Något kan ha ändrats. Ring om du är osäker.</p>
      </Callout>
    );
  }
  return page.kept ? <p class="nv-muted">Från telefonen, hämtat {fetched}.</p> : null;
}

const Loading = () => (
  <>
    <Title tab="Patient">Öppnar planen …</Title>
    <p>
      <a href="/nurse/nummer">Viktiga nummer</a>
    </p>
  </>
);

function Failed({ text, onAgain }: { text: string; onAgain: () => void }) {
  return (
    <>
      <Title tab="Patient">Planen kunde inte hämtas</Title>
      <TryAgain kind="danger" title={text} onAgain={onAgain} />
    </>
  );
}

function NotKept({ onAgain }: { onAgain: () => void }) {
  return (
    <>
      <Title tab="Patient">{noAnswer()}</Title>
      <TryAgain kind="info" title="Patienten är inte nedladdad" onAgain={onAgain}>
        <p>Försök igen om en stund, eller ring ett av numren här nedanför.</p>
      </TryAgain>
    </>
  );
}
