/**
 * The character entities of HTML 4.0 (https://www.w3.org/TR/html401/sgml/entities.html), apostrophe added by XHTML: the five
 * of XML, those of Latin 1, and others.
 */
export const entityNames: readonly string[] = (
  'quot amp lt gt apos nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 ' +
  'sup3 acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml Aring ' +
  'AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times ' +
  'Oslash Ugrave Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ' +
  'ecirc euml igrave iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml ' +
  'yacute thorn yuml OElig oelig Scaron scaron Yuml fnof circ tilde Alpha Beta Gamma Delta Epsilon Zeta Eta Theta Iota ' +
  'Kappa Lambda Mu Nu Xi Omicron Pi Rho Sigma Tau Upsilon Phi Chi Psi Omega alpha beta gamma delta epsilon zeta eta theta ' +
  'iota kappa lambda mu nu xi omicron pi rho sigmaf sigma tau upsilon phi chi psi omega thetasym upsih piv ensp emsp ' +
  'thinsp zwnj zwj lrm rlm ndash mdash lsquo rsquo sbquo ldquo rdquo bdquo dagger Dagger bull hellip permil prime Prime ' +
  'lsaquo rsaquo oline frasl euro image weierp real trade alefsym larr uarr rarr darr harr crarr lArr uArr rArr dArr hArr ' +
  'forall part exist empty nabla isin notin ni prod sum minus lowast radic prop infin ang and or cap cup int there4 sim ' +
  'cong asymp ne equiv le ge sub sup nsub sube supe oplus otimes perp sdot lceil rceil lfloor rfloor lang rang loz spades ' +
  'clubs hearts diams'
).split(' ');
const named: ReadonlySet<string> = new Set(entityNames);

const reference = /&(?:#(\d{1,7})|#x([0-9A-Fa-f]{1,6})|([A-Za-z][A-Za-z0-9]{1,7}));/g;

/** Whether every ampersand starts a character reference to a character of XML or an entity of HTML 4.0. */
export function entitiesAreKnown(text: string): boolean {
  if (!text.includes('&')) return true;
  let known = 0;
  for (const [, decimal, hex, name] of text.matchAll(reference)) {
    if (name === undefined ? !isXmlCharacter(codePoint(decimal, hex)) : !named.has(name)) return false;
    known += 1;
  }
  return text.split('&').length - 1 === known;
}

/** Numeric references and the five of XML decoded; for looking at addresses, where others have no meaning. */
export function decodeReferences(text: string): string {
  return text.replace(reference, (whole, decimal?: string, hex?: string, name?: string) => {
    if (name !== undefined) return xml.get(name) ?? whole;
    const code = codePoint(decimal, hex);
    return isXmlCharacter(code) ? String.fromCodePoint(code) : whole;
  });
}

const xml: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
]);

/** The characters U+00A0 to U+00FF, whose entities stand in their order after the five of XML. */
const latin: ReadonlyMap<string, string> = new Map(
  entityNames.slice(5, 101).map((name, index) => [name, String.fromCharCode(0xa0 + index)]),
);

/** Text for reading: references decoded where they are letters or signs of Latin 1, spaces for the rest. */
export const readableText = (text: string): string =>
  text.includes('&')
    ? decodeReferences(
        text.replace(reference, (whole, _decimal, _hex, name?: string) =>
          name === undefined || xml.has(name) ? whole : (latin.get(name) ?? ' '),
        ),
      )
    : text;

const codePoint = (decimal: string | undefined, hex: string | undefined): number =>
  decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);

const isXmlCharacter = (code: number): boolean =>
  code === 9 ||
  code === 10 ||
  code === 13 ||
  (code >= 0x20 && code <= 0xd7ff) ||
  (code >= 0xe000 && code <= 0xfffd) ||
  (code >= 0x10000 && code <= 0x10ffff);
