import { decodeReferences, entitiesAreKnown } from './xhtml-entities.ts';
import { xhtmlTokens } from './xhtml-tokens.ts';

const words = (text: string): string[] => text.split(' ');

/** Chapters 7-11 and 15 of HTML 4.0 without forms, objects and scripts, as txt-1 says. */
const elements = new Set(
  words(
    'div p br h1 h2 h3 h4 h5 h6 a span b i em strong small big tt dfn q var abbr acronym cite blockquote hr address bdo ' +
      'kbd sub sup ul ol li dl dt dd pre table caption colgroup col thead tbody tfoot tr th td code samp img map area ins ' +
      'del s strike u',
  ),
);

const everywhere = new Set(words('id class style title lang xml:lang dir accesskey tabindex xml:space'));

const cells = words(
  'span width align valign char charoff abbr axis headers scope rowspan colspan nowrap height bgcolor',
);
const attributesOf: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  Object.entries({
    div: ['xmlns', 'align'],
    a: words('href name charset type hreflang rel rev shape coords'),
    img: words('src alt width height border usemap longdesc align'),
    area: words('shape coords href nohref alt'),
    map: ['name'],
    blockquote: ['cite'],
    q: ['cite'],
    ins: words('cite datetime'),
    del: words('cite datetime'),
    br: ['clear'],
    table: words('summary width border frame rules cellspacing cellpadding align bgcolor'),
    caption: ['align'],
    colgroup: cells,
    col: cells,
    thead: cells,
    tbody: cells,
    tfoot: cells,
    tr: cells,
    th: cells,
    td: cells,
    ul: words('type compact'),
    ol: words('type start compact'),
    li: words('type value'),
    dl: ['compact'],
    hr: words('align noshade size width'),
    pre: ['width'],
    p: ['align'],
    h1: ['align'],
    h2: ['align'],
    h3: ['align'],
    h4: ['align'],
    h5: ['align'],
    h6: ['align'],
  }).map(([element, names]) => [element, new Set(names)] as const),
);

const addresses = new Set(words('href src cite longdesc usemap'));
const safeScheme = /^(?:https?|mailto|tel|urn):/i;
const safeImage = /^data:image\/(?:png|jpeg|gif|webp|bmp)[;,]/i;
const activeStyle =
  /url\s*\(|expression\s*\(|@import|@charset|behaviou?r\s*:|-moz-binding|javascript:|[\\<>]|\/\*/i;
const maxNesting = 200;
const xhtmlNamespace = 'http://www.w3.org/1999/xhtml';

/**
 * What is wrong with the `div` of a Narrative, or undefined: http://hl7.org/fhir/R4/narrative.html (txt-1, txt-2). It is
 * one well-formed `<div xmlns="http://www.w3.org/1999/xhtml">` with some content, and of HTML only elements and
 * attributes that format; nothing that runs or loads active content: no scripts, event handlers, forms, frames or
 * objects, no addresses but http, https, mailto, tel, urn, relative ones and inline bitmaps, no active styles.
 */
export function narrativeFault(source: string): string | undefined {
  let fault: string | undefined;
  const open: string[] = [];
  let closed = false;
  let content = false;
  for (const token of xhtmlTokens(source.trim(), (what) => (fault = what))) {
    if (closed) return 'there is something after the closing </div>';
    switch (token.kind) {
      case 'text':
        if (!open.length) return `it does not begin with <div xmlns="${xhtmlNamespace}">`;
        if (!entitiesAreKnown(token.text)) return 'an entity is not one of HTML 4.0';
        if (token.text.includes(']]>')) return 'the text contains ]]>';
        content ||= token.text.trim() !== '';
        break;
      case 'open':
        fault = open.length
          ? openFault(token.name, token.attributes)
          : rootFault(token.name, token.attributes);
        if (fault) return fault;
        content ||= token.name === 'img';
        if (!token.empty) open.push(token.name);
        else closed = open.length === 0;
        if (open.length > maxNesting) return `elements are nested more than ${maxNesting} deep`;
        break;
      case 'close':
        if (open.pop() !== token.name) return 'the closing tags do not match the opening ones';
        closed = open.length === 0;
        break;
      default:
        return token satisfies never;
    }
  }
  if (fault) return fault;
  if (!closed) return 'an element is not closed';
  return content ? undefined : 'it has no content (text or an image)';
}

type Attributes = readonly (readonly [string, string])[];

function rootFault(name: string, attributes: Attributes): string | undefined {
  const namespace = attributes.find(([each]) => each === 'xmlns');
  return name === 'div' && namespace?.[1] === xhtmlNamespace
    ? openFault(name, attributes)
    : `it does not begin with <div xmlns="${xhtmlNamespace}">`;
}

function openFault(name: string, attributes: Attributes): string | undefined {
  if (!elements.has(name)) return `an element is not allowed${printed(name)}`;
  const own = attributesOf.get(name);
  const seen = new Set<string>();
  for (const [attribute, value] of attributes) {
    if (seen.has(attribute)) return `an attribute is repeated${printed(attribute)}`;
    seen.add(attribute);
    if (!everywhere.has(attribute) && !own?.has(attribute))
      return `an attribute is not allowed${printed(attribute)}`;
    const fault = valueFault(name, attribute, value);
    if (fault) return fault;
  }
  return undefined;
}

/** Names that anybody could guess are shown; others could be text of the patient's. */
const printed = (name: string): string => (/^[a-z]{1,16}$/i.test(name) ? `: ${name}` : '');

function valueFault(element: string, attribute: string, value: string): string | undefined {
  if (!entitiesAreKnown(value)) return 'an entity is not one of HTML 4.0';
  if (attribute === 'xmlns' && value !== xhtmlNamespace) return 'another namespace than XHTML is used';
  if (attribute === 'style' && activeStyle.test(decodeReferences(value)))
    return 'a style is not plain formatting';
  if (addresses.has(attribute) && !addressIsSafe(element, value))
    return `an address is not allowed: ${attribute}`;
  return undefined;
}

/** Browsers drop control characters and spaces from addresses, so they are dropped before the scheme is looked at. */
function addressIsSafe(element: string, value: string): boolean {
  const address = decodeReferences(value).replace(/[\u0000-\u0020\u007f-\u00a0\u2028\u2029]/g, '');
  if (element === 'img' && safeImage.test(address)) return true;
  return safeScheme.test(address) || !/^[^/?#]*[:&]/.test(address);
}
