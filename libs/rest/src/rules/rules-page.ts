import { hash } from 'node:crypto';
import type { StatedRule } from './stated-rules.ts';

/** The rules as a page for people: Swedish first, then English, each with its id and its source; no scripts. */
export const rulesPage = (rules: readonly StatedRule[]): string => `<!doctype html>
<html lang="sv">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Regler – naravard</title>
<style>${style}</style>
</head>
<body>
<main>
<h1>Regler</h1>
<p>Det här kontrolleras varje gång något sparas. Den som bryter mot en regel får veta vilken, och vad som behöver rättas.</p>
<p lang="en">These are checked at every write. A refusal names the rule by its id, in <code>issue.details.coding</code>.</p>
${rules.map(sectionOf).join('\n')}
</main>
</body>
</html>
`;

/** The page has one style and loads nothing. https://www.w3.org/TR/CSP3/ */
export const rulesPolicy = (): string =>
  `default-src 'none'; style-src 'sha256-${hash('sha256', style, 'base64')}'; frame-ancestors 'none'`;

const sectionOf = ({
  id,
  types,
  citation,
  sentence,
  sv,
}: StatedRule): string => `<section id="${escaped(id)}">
<h2>${escaped(sentenceCase(sv))}</h2>
<p lang="en">${escaped(sentenceCase(sentence))}</p>
<p class="source"><code>${escaped(id)}</code> · ${escaped(types.join(', '))} · ${escaped(citation)}</p>
</section>`;

const sentenceCase = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const escaped = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

const style =
  'body{font:1.125rem/1.5 system-ui,sans-serif;margin:0;color:#1b1b1b;background:#fff}' +
  'main{max-width:45rem;margin:0 auto;padding:1.5rem}h2{font-size:1.125rem;margin:0}p{margin:.25rem 0}' +
  'section{margin:1.5rem 0;padding-left:1rem;border-left:.25rem solid #3b5a80}.source{color:#4a4a4a;font-size:1rem}';
