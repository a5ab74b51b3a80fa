import type { Persona } from './personas.ts';

/** The page on which one chooses who to be: a button for each person, no scripts. `action` is where the choice is sent. */
export function loginPage(action: string, personas: readonly Persona[]): string {
  const buttons = personas.map(
    ({ id, about, claims }) =>
      `<li><button name="persona" value="${escaped(id)}"><b>${escaped(claims.name)}</b><br>${escaped(about)}</button></li>`,
  );
  return `<!doctype html>
<html lang="sv">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Vem är du? – naravard, provmiljö</title>
<style>${style}</style>
</head>
<body>
<main>
<h1>Vem är du?</h1>
<p>Det här är en provmiljö. Alla personer är påhittade, och du behöver inget lösenord.</p>
<form method="post" action="${escaped(action)}">
<ul>
${buttons.join('\n')}
</ul>
</form>
</main>
</body>
</html>
`;
}

export const style =
  'body{font:1.125rem/1.5 system-ui,sans-serif;margin:0;color:#1b1b1b;background:#fff}' +
  'main{max-width:40rem;margin:0 auto;padding:1.5rem}ul{list-style:none;margin:0;padding:0}' +
  'button{width:100%;min-height:3.5rem;margin:.25rem 0;padding:.75rem 1rem;font:inherit;text-align:left;color:inherit;' +
  'background:#f2f5f9;border:2px solid #3b5a80;border-radius:.5rem;cursor:pointer}' +
  'button:hover,button:focus-visible{background:#dde7f3;outline:3px solid #1b4f91}';

const escaped = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
