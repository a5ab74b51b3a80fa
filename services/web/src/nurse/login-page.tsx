import type { WipeReason } from '../offline/index.ts';
import { ActionLink } from '../ui/action-link.tsx';
import { Callout } from '../ui/callout.tsx';
import { useOnline } from './hooks.ts';
import { EmergencyNumbers } from './numbers-page.tsx';
import { Title } from './title.tsx';

const why: Readonly<Record<'expired' | 'revoked', string>> = {
  expired: 'Din inloggning har gått ut. Logga in igen för att fortsätta.',
  revoked: 'Din inloggning avslutades från en annan enhet. Det som var sparat på telefonen är raderat.',
};

const whyWiped: Readonly<Partial<Record<WipeReason, string>>> = {
  expired: 'Det som var sparat på telefonen är raderat, eftersom 12 timmar har gått.',
  user: 'Det som en annan användare hade sparat på telefonen är raderat.',
  tries: 'Fel kod angavs fem gånger. Det som var sparat på telefonen är raderat.',
};

export interface LoginPageProps {
  readonly reason: 'none' | 'expired' | 'revoked' | 'unreachable';
  readonly wiped: WipeReason | null;
}

export function LoginPage({ reason, wiped }: LoginPageProps) {
  const online = useOnline();
  const isUnreachable = reason === 'unreachable';
  const problem = new URLSearchParams(location.search).get('login');
  const said = reason === 'expired' || reason === 'revoked' ? why[reason] : null;
  return (
    <div class="nv-login">
      <Title tab="Logga in">Vårdplan för personal</Title>
      <p>Patientens plan, vem du ska ringa och vad du ska göra om det blir sämre.</p>
      {isUnreachable && (
        <Callout kind="warning" title={online ? 'Tjänsten svarar inte' : 'Du har ingen täckning'}>
          <p>
            {online
              ? 'Försök igen om en stund. Numren här nedanför fungerar ändå.'
              : 'Inget är nedladdat på den här telefonen. Du kan logga in när du har täckning igen.'}
          </p>
        </Callout>
      )}
      {problem === 'failed' && (
        <Callout kind="warning" title="Inloggningen gick inte" role="alert">
          <p>Du är inte inloggad. Försök igen.</p>
        </Callout>
      )}
      {problem === 'other-client' && (
        <Callout kind="warning" title="Den här sidan är för personal" role="alert">
          <p>
            Du loggade in som privatperson. Din egen plan, och numren som är för dig, finns på en annan sida.
          </p>
          <ActionLink href="/patient/">Till Min plan</ActionLink>
        </Callout>
      )}
      {said && (
        <Callout kind="info" title="Du är utloggad">
          <p>{said}</p>
        </Callout>
      )}
      {!said && wiped && whyWiped[wiped] && (
        <Callout kind="info" title="Telefonen är tömd">
          <p>{whyWiped[wiped]}</p>
        </Callout>
      )}
      {online && (
        <a
          class="ds-button nv-button"
          data-variant="primary"
          href={`/nurse/login?to=${encodeURIComponent(location.pathname)}`}
        >
          Logga in
        </a>
      )}
      {problem !== 'other-client' && (
        <section aria-labelledby="nummer">
          <h2 id="nummer">Viktiga nummer</h2>
          <EmergencyNumbers />
        </section>
      )}
    </div>
  );
}
