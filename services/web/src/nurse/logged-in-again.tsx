import { Title } from './title.tsx';

/** Where the tab ends that was opened to log in again. */
export const LoggedInAgain = () => (
  <>
    <Title tab="Inloggad">Du är inloggad</Title>
    <p>
      Stäng den här fliken och gå tillbaka till den där du var. Var det du som var inloggad där, så finns det
      du hade framme kvar.
    </p>
    <p>
      <a href="/nurse/">Till dagens patienter</a>
    </p>
  </>
);
