import { useEffect, useState } from 'preact/hooks';
import { connection, startOffline, sync, vault, type WipeReason, wipedBecause } from '../offline/index.ts';
import { useConnection } from '../offline/use-connection.ts';
import { svPersonal } from '../text/sv-personal.ts';
import { TextsProvider } from '../text/texts.ts';
import { SkipLink } from '../ui/skip-link.tsx';
import { StatusLine } from '../ui/status-line.tsx';
import { api } from './data/api.ts';
import type { SessionUser } from './data/session.ts';
import { deferred } from './deferred.tsx';
import { refreshAll } from './hooks.ts';
import { ListPage } from './list/list-page.tsx';
import { PendingCard } from './list/pending-card.tsx';
import { LoginPage } from './login-page.tsx';
import { NumbersPage } from './numbers-page.tsx';
import { PatientView } from './patient/patient-view.tsx';
import { type Route, useRoute } from './router.ts';
import { Title } from './title.tsx';
import { Unsaved } from './unsaved.tsx';
import { useSession, type Who } from './use-session.ts';
import { UserMenu } from './user-menu.tsx';

const LockScreen = deferred(async () => (await import('./lock/index.ts')).LockScreen);

/** What waits was written by who owns the vault: the server part refuses it in the session of another. */
const send: Parameters<typeof sync>[0]['send'] = async ({ method, path, body, headers }) => {
  const owner = await vault.user<SessionUser>().catch(() => null);
  return api.send(method, path, body, { ...headers, ...(owner && { 'x-naravard-user': owner.sub }) });
};

export function App() {
  const route = useRoute();
  const [who, again] = useSession();
  useEffect(() => startOffline({ send }), []);
  return (
    <TextsProvider value={{ texts: svPersonal, at: null }}>
      <SkipLink />
      <header class="nv-top">
        <a class="nv-home" href="/nurse/">
          Patienter
        </a>
        <a href="/nurse/nummer">Nummer</a>
        {who.kind === 'user' && <UserMenu key={location.pathname} user={who.user} />}
      </header>
      <Status />
      <main id="innehall" class="nv-main" tabIndex={-1}>
        <Page route={route} who={who} onSession={again} />
      </main>
      <Unsaved />
    </TextsProvider>
  );
}

/** Sends what waits, and asks for what is shown again. */
function update(): void {
  void sync({ send, again: true }).finally(refreshAll);
}

function Status() {
  const { state, pending, updated } = useConnection(connection);
  return <StatusLine state={state} pending={pending} updated={updated} onSync={update} />;
}

function Page({ route, who, onSession }: { route: Route; who: Who; onSession: () => Promise<void> }) {
  // Numbers hold no patient data and wait for nobody.
  if (route.kind === 'numbers') return <NumbersPage />;
  switch (who.kind) {
    case 'loading':
      return <p class="nv-loading">Laddar …</p>;
    case 'user':
      return <UserPage route={route} user={who.user} />;
    case 'nobody':
      return <Login reason={who.reason} />;
    case 'unreachable':
      return <LockScreen onDone={() => void onSession()} otherwise={<Login reason="unreachable" />} />;
    case 'colleagues-work':
      return (
        <LockScreen user={who.user} onDone={() => void onSession()} otherwise={<Login reason="none" />} />
      );
    default:
      return who satisfies never;
  }
}

function UserPage({ route, user }: { route: Route; user: SessionUser }) {
  switch (route.kind) {
    case 'list':
      return (
        <>
          <PendingCard onSync={update} />
          <ListPage user={user} />
        </>
      );
    case 'patient':
      return <PatientView key={route.id} id={route.id} tab={route.tab} user={user} />;
    case 'numbers':
      return <NumbersPage />;
    case 'unknown':
      return (
        <>
          <Title tab="Finns inte">Sidan finns inte</Title>
          <p>
            <a href="/nurse/">Till dagens patienter</a>
          </p>
        </>
      );
    default:
      return route satisfies never;
  }
}

function Login({ reason }: { reason: 'none' | 'expired' | 'revoked' | 'unreachable' }) {
  const [wiped, setWiped] = useState<WipeReason | null>(null);
  useEffect(() => {
    wipedBecause().then(setWiped, () => undefined);
  }, []);
  return <LoginPage reason={reason} wiped={wiped} />;
}
