import { Title } from './title.tsx';

/** Where the tab ends that was opened to log in again. */
export const LoggedInAgain = () => (
  <>
    <Title tab="Inloggad">Du är inloggad</Title>
    <p>Stäng den här fliken och gå tillbaka till den där du var. Där finns det du hade framme kvar.</p>
    <p>
      {/* With a target the browser follows it, and not this page, whose address is the same. */}
      <a href="/nurse/" target="_self">
        Till dagens patienter
      </a>
    </p>
  </>
);
