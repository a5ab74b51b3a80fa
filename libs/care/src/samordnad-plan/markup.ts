import type { PlanSection, Row } from './sections.ts';

/** Text as it stands in XHTML; characters that XML has none of are left out. */
export const escaped = (text: string): string =>
  text
    .toWellFormed()
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');

const bold = (text: string): string => (text === '' ? '' : `<b>${escaped(text)}</b>`);

/** The rows of a section: headings, and what is under them in lists. */
export function rowsMarkup(rows: readonly Row[]): string {
  let text = '';
  let isOpen = false;
  for (const row of rows) {
    if (row.kind === 'heading') {
      text += `${isOpen ? '</ul>' : ''}<h3>${escaped(row.text)}</h3>`;
      isOpen = false;
    } else {
      const said = [bold(row.strong), escaped(row.text), bold(row.call)].filter(Boolean).join(' ');
      text += `${isOpen ? '' : '<ul>'}<li>${said}</li>`;
      isOpen = true;
    }
  }
  return isOpen ? `${text}</ul>` : text;
}

/** A narrative of http://hl7.org/fhir/R4/narrative.html for a section. */
export const planNarrative = ({ title, rows }: Pick<PlanSection, 'title' | 'rows'>): string =>
  `<div xmlns="http://www.w3.org/1999/xhtml" lang="sv" xml:lang="sv"><h2>${escaped(title)}</h2>${rowsMarkup(rows)}</div>`;
