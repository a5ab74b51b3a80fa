/** Where the page's one script is, which is Scalar's (https://github.com/scalar/scalar). */
export const scriptPath = '/docs/scalar.js';

/** What it shows: page-document.ts. */
export const documentPath = '/docs/openapi.json';

/** Nothing that the page can do leaves this origin: not its fonts, no telemetry, proxy, assistant or account. */
const configuration = {
  url: documentPath,
  withDefaultFonts: false,
  telemetry: false,
  persistAuth: false,
  hideClientButton: true,
  showDeveloperTools: 'never',
  documentDownloadType: 'none',
  agent: { disabled: true },
  mcp: { disabled: true },
  authentication: { preferredSecurityScheme: 'bearer' },
  defaultHttpClient: { targetKey: 'shell', clientKey: 'curl' },
};

/** What is served as a page to try: /openapi.json, shown by Scalar from its own origin. One pastes an access token by hand. */
export const apiPage = (): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>naravard API</title>
</head>
<body>
<noscript>This page needs scripts; <a href="/openapi.json">/openapi.json</a> does not.</noscript>
<script id="api-reference" data-configuration="${attribute(JSON.stringify(configuration))}"></script>
<script src="${scriptPath}"></script>
</body>
</html>
`;

/**
 * Scripts and questions of this origin alone. Styles are put in by the script, element by element, which CSP calls inline.
 * https://www.w3.org/TR/CSP3/
 */
export const apiPagePolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "connect-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const attribute = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
