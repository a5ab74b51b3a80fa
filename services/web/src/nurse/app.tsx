import { useEffect, useState } from 'preact/hooks';
import { ApiProblem } from '../api/problem.ts';
import { connection, lastWiped, startOffline, sync, vault, type Wiped } from '../offline/index.ts';
import { useConnection } from '../offline/use-connection.ts';
import { svPersonal } from '../text/sv-personal.ts';
import { TextsProvider } from '../text/texts.ts';
import { SkipLink } from '../ui/skip-link.tsx';
import { StatusLine } from '../ui/status-line.tsx';
import { Covered } from './covered.tsx';
import { api } from './data/api.ts';
import type { SessionUser } from './data/session.ts';
import { deferred } from './deferred.tsx';
import { refreshAll, useOnline } from './hooks.ts';
import { ListPage } from './list/list-page.tsx';
import { PendingCard } from './list/pending-card.tsx';
import { LoggedInAgain } from './logged-in-again.tsx';
import { backPath, LoginAgain } from './login-again.tsx';
import { LoginPage, type LoginPageProps } from './login-page.tsx';
import { NumbersPage } from './numbers-page.tsx';
import { PatientView } from './patient/patient-view.tsx';
import { type Route, useRoute } from './router.ts';
import { Title } from './title.tsx';
import { Unsaved } from './unsaved.tsx';
import { type Here, useSession } from './use-session.ts';
import { UserMenu } from './user-menu.tsx';

const LockScreen = deferred(async () => (await import('./lock/index.ts')).LockScreen);

/**
 * What waits was written by who owns the vault: the server part refuses it in the session of another, and nothing is sent while it
 * is not known who that is.
 */
const send: Parameters<typeof sync>[0]['send'] = async ({ method, path, body, headers }) => {
  const owner = await vault.user<SessionUser>().catch(() => null);
  if (!owner) throw new ApiProblem(401, null);
  return api.send(method, path, body, { ...headers, 'x-naravard-user': owner.sub });
};

export function App() {
  const route = useRoute();
  const { who, page, again, empty } = useSession();
  const isCovered = page !== null && who.kind !== 'user' && route.kind !== 'numbers';
  useEffect(() => startOffline({ send }), []);
  return (
    <TextsProvider value={{ texts: svPersonal, at: null }}>
      <SkipLink />
      <header class="nv-top">
        {/* They would lead away from what is to be found again. */}
        {!isCovered && (
          <>
            <a class="nv-home" href="/nurse/">
              Patienter
            </a>
            <a href="/nurse/nummer">Nummer</a>
          </>
        )}
        {who.kind === 'user' && <UserMenu key={location.pathname} user={who.user} onLeft={empty} />}
      </header>
      <Status />
      <main id="innehall" class="nv-main" tabIndex={-1}>
        {page && (
          <Covered key={page.sub} covered={isCovered}>
            <UserPage route={route} user={page} />
            <Unsaved />
          </Covered>
        )}
        <OthersPage route={route} who={who} page={page} onSession={() => void again()} />
      </main>
    </TextsProvider>
  );
}

/** Sends what waits, and asks for what is shown again. */
function update(): void {
  void sync({ send, again: true }).finally(refreshAll);
}

function Status() {
  const { state, pending, updated, unkept } = useConnection(connection);
  const online = useOnline();
  return (
    <StatusLine
      state={state === 'offline' && online ? 'unanswered' : state}
      pending={pending}
      updated={updated}
      note={unkept > 0 ? 'Telefonen kunde inte spara till loggen att du har läst' : null}
      onSync={update}
    />
  );
}

interface OthersPageProps extends Here {
  readonly route: Route;
  readonly onSession: () => void;
}

/** What is shown while the page of a user is not. */
function OthersPage({ route, who, page, onSession }: OthersPageProps) {
  // Numbers hold no patient data and wait for nobody.
  if (route.kind === 'numbers') return page ? null : <NumbersPage />;
  const login = (reason: LoginPageProps['reason']) => <Login reason={reason} onAgain={onSession} />;
  switch (who.kind) {
    case 'loading':
      return <p class="nv-loading">Laddar …</p>;
    case 'user':
      return null;
    case 'nobody':
      return page ? <LoginAgain /> : login(who.reason);
    case 'unreachable':
      return <LockScreen user={page} onDone={onSession} otherwise={login('unreachable')} />;
    case 'colleagues-work':
      return <LockScreen user={who.user} isColleagues onDone={onSession} otherwise={login('none')} />;
    default:
      return who satisfies never;
  }
}

function UserPage({ route, user }: { route: Route; user: SessionUser }) {
  switch (route.kind) {
    case 'list':
      if (location.pathname + location.search === backPath) return <LoggedInAgain />;
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

function Login(props: Omit<LoginPageProps, 'wiped'>) {
  const [wiped, setWiped] = useState<Wiped | null>(null);
  useEffect(() => {
    lastWiped().then(setWiped, () => undefined);
  }, []);
  return <LoginPage {...props} wiped={wiped} />;
}
