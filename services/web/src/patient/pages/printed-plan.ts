import type { PatientAnswer } from '../contract.ts';
import { ask, ofPatient } from '../data/ask.ts';
import type { PersonsView } from '../view.ts';

/** The plan on at most two A4 in large type, as the API composes it: a page of its own, with its own style. */
export async function printedPlan(view: PersonsView): Promise<PatientAnswer> {
  const html = String(await ask(view, ofPatient(view, '/$samordnad-plan?_format=html'), 'text/html'));
  const [, style = ''] = /<style>([^<]*)<\/style>/.exec(html) ?? [];
  const policy = `default-src 'none'; style-src 'sha256-${await digestOf(style)}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;
  return { kind: 'html', status: 200, html, policy };
}

/** As a Content-Security-Policy names what it allows. https://www.w3.org/TR/CSP3/#framework-directive-source-list */
async function digestOf(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return btoa(String.fromCharCode(...new Uint8Array(digest)));
}
