import { useEffect, useRef } from 'preact/hooks';
import { EmergencySection } from './numbers-page.tsx';

/**
 * Over the page of somebody whose session has ended. The login has a tab of its own, since a page that is left loses what is being
 * written on it; this one finds by itself that it is over.
 */
export function LoginAgain() {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    const { title } = document;
    document.title = 'Logga in – Vårdplan för personal';
    // Not a link: what she was typing when the page was covered must not follow it.
    heading.current?.focus();
    return () => {
      document.title = title;
    };
  }, []);
  return (
    <div class="nv-login">
      <h1 ref={heading} tabIndex={-1}>
        Logga in igen för att fortsätta
      </h1>
      <p id="utloggad">
        Du är inte inloggad längre. Det du hade framme är dolt, och finns kvar när du har loggat in.
      </p>
      <a
        class="ds-button nv-button"
        data-variant="primary"
        href={`/nurse/login?to=${encodeURIComponent(backPath)}`}
        target="_blank"
        rel="noopener"
        aria-describedby="utloggad ny-flik"
      >
        Logga in igen
      </a>
      <p id="ny-flik" class="nv-hint">
        Inloggningen öppnas i en ny flik. Gå tillbaka hit när du är klar.
      </p>
      <a
        class="ds-button nv-button"
        data-variant="secondary"
        href={`/nurse/login?prompt=login&to=${encodeURIComponent(location.pathname)}`}
        aria-describedby="borta"
      >
        Logga in som någon annan
      </a>
      <p id="borta" class="nv-hint">
        Det som inte är sparat försvinner då.
      </p>
      <EmergencySection />
    </div>
  );
}

/** Where the tab of the login ends. */
export const backPath = '/nurse/?login=klar';
