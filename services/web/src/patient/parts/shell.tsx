import type { ComponentChildren } from 'preact';
import { TextsProvider } from '../../text/texts.ts';
import { Button } from '../../ui/button.tsx';
import { Callout } from '../../ui/callout.tsx';
import { SkipLink } from '../../ui/skip-link.tsx';
import type { PatientRequest } from '../contract.ts';
import { datesIn } from '../dates.ts';
import { directionOf, languageCodes, languages } from '../text/languages.ts';
import { type Content, href, type PageKey, textSizes, type View } from '../view.ts';
import { mainMenu, moreMenu } from './menus.ts';

const openPages: readonly PageKey[] = ['om', 'tillganglighet'];

/** The whole document. What runs in the browser only helps: everything works without it. */
export function Document({ view, content }: { view: View; content: Content }) {
  const { texts, language, request } = view;
  const { tag, shared } = languages[language];
  const title = content.faulty ? `${texts.titles.error}: ${content.title}` : content.title;
  return (
    <html lang={tag} dir={directionOf(tag)} class={`nv-patient nv-text-${sizeOf(request)}`}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <meta name="color-scheme" content="light dark" />
        <title>{`${title} – ${texts.shell.product}`}</title>
        {request.assets.styles.map((address) => (
          <link key={address} rel="stylesheet" href={address} />
        ))}
        {request.assets.scripts.map((address) => (
          <script key={address} type="module" src={address} />
        ))}
      </head>
      <body class={content.sheet ? 'nv-sheet-page' : undefined}>
        <TextsProvider value={{ texts: shared, at: request.now.toISOString() }}>
          <SkipLink />
          <Ending view={view} />
          <Header view={view} content={content} />
          <main id="innehall" class="nv-main" tabIndex={-1} data-until={content.until ?? undefined}>
            {content.body}
            {request.user && !content.sheet && <Printed view={view} content={content} />}
          </main>
          <Footer view={view} content={content} />
        </TextsProvider>
      </body>
    </html>
  );
}

/** Shown some minutes before one is logged out (WCAG 2.2, 2.2.1), by the script, which knows how long the page has lain open. */
function Ending({ view: { texts, request } }: { view: View }) {
  const { ending } = texts.shell;
  if (request.secondsLeft === null) return null;
  return (
    <div class="nv-ending nv-no-print" role="status" data-seconds={request.secondsLeft}>
      <div hidden>
        <Callout kind="warning" title={ending.title}>
          <p>{ending.kept}</p>
          <Button kind="primary" data-does="stay">
            {ending.stay}
          </Button>
          <p hidden>
            <a href={href('/login')} target="_blank" rel="noopener">
              {ending.again}
            </a>
          </p>
        </Callout>
      </div>
    </div>
  );
}

/** Of a child's page the name is the child's, and none where it was not asked for. */
function Printed({ view, content }: { view: View; content: Content }) {
  const { texts, request } = view;
  const own = request.user?.actsFor ? null : request.user?.name;
  const time = datesIn(view).onPaper(request.now.toISOString());
  return <p class="nv-print-only">{texts.shell.printed(content.person ?? own ?? '', time)}</p>;
}

function Header({ view, content }: { view: View; content: Content }) {
  const { texts, request } = view;
  return (
    <header class="nv-header">
      <p class="nv-brand">
        <a href={href('/')}>{texts.shell.product}</a>
      </p>
      {request.user && (
        <details class="nv-menu">
          <summary>{texts.shell.menu}</summary>
          <Menu label={texts.shell.mainMenu} entries={mainMenu} view={view} content={content} />
        </details>
      )}
    </header>
  );
}

function Menu({
  label,
  entries,
  view,
  content,
}: {
  label: string;
  entries: readonly (readonly [PageKey, string])[];
  view: View;
  content: Content;
}) {
  return (
    <nav aria-label={label}>
      <ul class="nv-menu-list">
        {entries.map(([key, path]) => (
          <li key={key}>
            <a href={href(path)} aria-current={content.page === key ? 'page' : undefined}>
              {view.texts.titles[key]}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function Footer({ view, content }: { view: View; content: Content }) {
  const { texts, request } = view;
  const entries = request.user ? moreMenu : moreMenu.filter(([key]) => openPages.includes(key));
  return (
    <footer class="nv-footer">
      <p class="nv-danger-line">
        {texts.shell.danger}{' '}
        <a class="nv-phone" href="tel:112">
          {texts.shell.call112}
        </a>
      </p>
      <Menu label={texts.shell.moreMenu} entries={entries} view={view} content={content} />
      <Setting legend={texts.shell.language}>
        {languageCodes.map((code) => (
          <a
            key={code}
            href={href('/val', { sprak: code })}
            lang={languages[code].tag}
            hreflang={languages[code].tag}
            aria-current={view.language === code ? 'true' : undefined}
          >
            {languages[code].name}
          </a>
        ))}
      </Setting>
      <Setting legend={texts.shell.textSize}>
        {textSizes.map((size) => (
          <a
            key={size}
            href={href('/val', { storlek: size })}
            aria-current={sizeOf(request) === size ? 'true' : undefined}
          >
            {texts.shell.sizes[size]}
          </a>
        ))}
      </Setting>
      {request.user && (
        <form method="post" action={href('/logout')} class="nv-log-out">
          <span>{request.user.name}</span>{' '}
          <Button type="submit" kind="secondary">
            {texts.shell.logOut}
          </Button>
        </form>
      )}
    </footer>
  );
}

function Setting({ legend, children }: { legend: string; children: readonly ComponentChildren[] }) {
  return (
    <nav class="nv-setting" aria-label={legend}>
      <p>{legend}</p>
      <ul>
        {children.map((child, at) => (
          <li key={at}>{child}</li>
        ))}
      </ul>
    </nav>
  );
}

const sizeOf = ({ preferences }: PatientRequest) =>
  textSizes.find((size) => size === preferences['nv-storlek']) ?? 'vanlig';
