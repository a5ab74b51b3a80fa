import { hash } from 'node:crypto';
import { titleOf } from './document.ts';
import { escaped, rowsMarkup } from './markup.ts';
import type { SamordnadPlan } from './samordnad-plan.ts';
import { sectionsOf } from './sections.ts';
import { onTwoPages } from './two-pages.ts';

/** Sizes that two-pages.ts counts lines by. */
const style = `@page{size:A4;margin:15mm}
body{font:14pt/1.25 Arial,Helvetica,sans-serif;color:#000;background:#fff;max-width:180mm;margin:0 auto}
h1{font-size:18pt;margin:0 0 2mm}h2{font-size:16pt;margin:3mm 0 1mm;border-top:1px solid #000}h3{font-size:14pt;margin:1mm 0 0}
p{margin:0}ul{margin:0;padding-left:6mm}li{break-inside:avoid;overflow-wrap:anywhere}h2,h3{break-after:avoid}
.kontakt-nu{border:2px solid #000;padding:1mm 3mm}.kontakt-nu h2{border:0;margin-top:0}
@media screen{body{padding:8mm}}`;

/** What the page may do in a browser: be shown with its own style sheet, and nothing else. https://www.w3.org/TR/CSP3/ */
export const pagePolicy = `default-src 'none'; style-src 'sha256-${hash('sha256', style, 'base64')}'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'`;

/** OSL (2009:400) 22 kap 1 §: a warning sign, and no prohibition. */
const protectedWords = 'Skyddade personuppgifter. Visa inte planen för någon obehörig.';

/**
 * The plan to print or hand over: HTML of at most two pages A4 in large type (14 points), in Swedish, which loads and runs
 * nothing. What does not fit is said to be left out.
 */
export function planHtml(plan: SamordnadPlan): string {
  const sections = onTwoPages(sectionsOf(plan)).map(
    ({ code, title, rows }) =>
      `<section class="${code}"><h2>${escaped(title)}</h2>${rowsMarkup(rows)}</section>`,
  );
  const title = escaped(titleOf(plan));
  const born = plan.patient.born === null ? '' : `<p>Född ${escaped(plan.patient.born)}</p>`;
  const warning = plan.patient.protectedIdentity ? `<p><b>${protectedWords}</b></p>` : '';
  return `<!DOCTYPE html>
<html lang="sv"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${title}</title><style>${style}</style></head>
<body><main><h1>${title}</h1>${warning}${born}${sections.join('')}</main></body></html>
`;
}
