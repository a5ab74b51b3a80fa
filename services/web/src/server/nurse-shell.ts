import type { Assets, NurseAssets } from './built.ts';

const colour = '#12425f';

/**
 * The page that the nurse client draws itself in; it holds nothing about any patient.
 * @param session what `/nurse/session` would answer, so that a page that comes over the network need not ask; null when nobody is
 * logged in, and in the copy that a telephone keeps. It is data, which the policy of the pages lets stand (HTML, "data block").
 */
export const nurseShell = (
  { styles, scripts, preloads, early }: NurseAssets,
  session: object | null = null,
): string => `<!doctype html>
<html lang="sv">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
<meta name="theme-color" content="${colour}">
<meta name="format-detection" content="telephone=no">
<title>Min vårdplan – för personal</title>
<link rel="manifest" href="/nurse/manifest.webmanifest">
<link rel="icon" href="/web/icon.svg" type="image/svg+xml">
<link rel="apple-touch-icon" href="/web/icon-180.png">
${session ? `<script type="application/json" id="session">${inScript(session)}</script>` : ''}
<script type="module" async src="${early}"></script>
${scripts.map((src) => `<script type="module" src="${src}"></script>`).join('\n')}
${styles.map((href) => `<link rel="stylesheet" href="${href}">`).join('\n')}
${preloads.map((href) => `<link rel="modulepreload" href="${href}">`).join('\n')}
</head>
<body>
<div id="app"></div>
<noscript><p>Sidan behöver JavaScript. Slå på det i webbläsaren. Är det fara för livet? Ring <a href="tel:112">112</a>.</p></noscript>
</body>
</html>
`;

/** No text in it can end the element that it stands in. */
const inScript = (value: object): string => JSON.stringify(value).replaceAll('<', '\\u003c');

/** https://www.w3.org/TR/appmanifest/ */
export const nurseManifest = JSON.stringify({
  id: '/nurse/',
  name: 'Min vårdplan – för personal',
  short_name: 'Vårdplan',
  lang: 'sv',
  dir: 'ltr',
  start_url: '/nurse/',
  scope: '/nurse/',
  display: 'standalone',
  background_color: '#ffffff',
  theme_color: colour,
  icons: [
    { src: '/web/icon.svg', sizes: 'any', type: 'image/svg+xml', purpose: 'any' },
    { src: '/web/icon-512.png', sizes: '512x512', type: 'image/png', purpose: 'any' },
    { src: '/web/icon-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
  ],
});

/** For who has followed a link that leads nowhere. */
export const nurseNotFound = ({ styles }: Assets): string => `<!doctype html>
<html lang="sv">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Sidan finns inte</title>
${styles.map((href) => `<link rel="stylesheet" href="${href}">`).join('\n')}
</head>
<body>
<header class="nv-top"><a class="nv-home" href="/nurse/">Patienter</a></header>
<main class="nv-main">
<h1>Sidan finns inte</h1>
<p><a href="/nurse/">Till dagens lista</a></p>
<p><a href="/nurse/nummer">Telefonnummer när det är bråttom</a></p>
</main>
</body>
</html>
`;
