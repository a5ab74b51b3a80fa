import type { Wiped, WipeReason } from '../offline/index.ts';
import { ActionLink } from '../ui/action-link.tsx';
import { Button } from '../ui/button.tsx';
import { Callout } from '../ui/callout.tsx';
import { useOnline } from './hooks.ts';
import { noAnswer } from './no-answer.ts';
import { EmergencySection } from './numbers-page.tsx';
import { Title } from './title.tsx';
import { lostWords } from './unsent-words.ts';

const why: Readonly<Record<'expired' | 'revoked', string>> = {
  expired: 'Din inloggning har gått ut. Logga in igen för att fortsätta.',
  revoked: 'Din inloggning avslutades från en annan enhet. Det som var sparat på telefonen är raderat.',
};

const whyWiped: Readonly<Partial<Record<WipeReason, string>>> = {
  expired: 'Det som var sparat på telefonen är raderat, eftersom 12 timmar har gått.',
  user: 'Det som en annan användare hade sparat på telefonen är raderat.',
  tries: 'Fel kod angavs fem gånger. Det som var sparat på telefonen är raderat.',
};

/** Whoever held the telephone has left it: the issuer is to ask who logs in, also where it believes that it knows. */
const leaving: readonly (WipeReason | undefined)[] = ['logout', 'revoked'];

export interface LoginPageProps {
  readonly reason: 'none' | 'expired' | 'revoked' | 'unreachable';
  readonly wiped: Wiped | null;
  /** Asks once more who is logged in. */
  readonly onAgain: () => void;
}

export function LoginPage({ reason, wiped, onAgain }: LoginPageProps) {
  const online = useOnline();
  const isUnreachable = reason === 'unreachable';
  const problem = new URLSearchParams(location.search).get('login');
  return (
    <div class="nv-login">
      <Title tab="Logga in">Vårdplan för personal</Title>
      <p>Patientens plan, vem du ska ringa och vad du ska göra om det blir sämre.</p>
      {isUnreachable && <Unreachable online={online} />}
      {problem && <LoginProblem problem={problem} />}
      <WhyOut reason={reason} wiped={wiped} />
      {online && isUnreachable && <Button onClick={onAgain}>Försök igen</Button>}
      {online && !isUnreachable && <LoginLink asks={leaving.includes(wiped?.reason)} />}
      {problem !== 'other-client' && <EmergencySection />}
    </div>
  );
}

const Unreachable = ({ online }: { readonly online: boolean }) => (
  <Callout kind="warning" title={noAnswer(online)}>
    <p>
      {online
        ? 'Du kan logga in när den svarar. Numren här nedanför fungerar ändå.'
        : 'Inget är nedladdat på den här telefonen. Du kan logga in när du har täckning igen.'}
    </p>
  </Callout>
);

/** What came of a login, as the server part says it in the address. */
function LoginProblem({ problem }: { readonly problem: string }) {
  if (problem === 'failed') {
    return (
      <Callout kind="warning" title="Inloggningen gick inte" role="alert">
        <p>Du är inte inloggad. Försök igen.</p>
      </Callout>
    );
  }
  if (problem !== 'other-client') return null;
  return (
    <Callout kind="warning" title="Den här sidan är för personal" role="alert">
      <p>Du loggade in som privatperson. Din egen plan, och numren som är för dig, finns på en annan sida.</p>
      <ActionLink href="/patient/">Till Min plan</ActionLink>
    </Callout>
  );
}

/** Why whoever was here is not any more, and what went with what was kept. */
function WhyOut({ reason, wiped }: Pick<LoginPageProps, 'reason' | 'wiped'>) {
  const out = reason === 'expired' || reason === 'revoked' ? why[reason] : null;
  const emptied = wiped && reason !== 'expired' ? whyWiped[wiped.reason] : null;
  const lost = wiped && reason !== 'expired' ? lostWords(wiped.lost) : '';
  const said = out ?? emptied;
  if (!said) return null;
  return (
    <Callout kind="info" title={out ? 'Du är utloggad' : 'Telefonen är tömd'}>
      <p>
        {said}
        {lost}
      </p>
    </Callout>
  );
}

/** @param asks the issuer is to ask who it is, also where it believes that it knows */
const LoginLink = ({ asks }: { readonly asks: boolean }) => (
  <a
    class="ds-button nv-button"
    data-variant="primary"
    href={`/nurse/login?${new URLSearchParams({ to: location.pathname, ...(asks && { prompt: 'login' }) })}`}
  >
    Logga in
  </a>
);
