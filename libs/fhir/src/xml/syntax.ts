import { type SaxesAttributeNS, SaxesParser, type SaxesTagNS } from 'saxes';
import { Problem } from '../outcome.ts';

/** What a document consists of, in its order; `at` is where the markup ends in the source. */
export interface XmlEvents {
  open(tag: SaxesTagNS, at: number): void;
  close(at: number): void;
  /** Text between tags, also that of CDATA sections. */
  text(text: string): void;
}

/** Attributes of one element; FHIR has two at most, XHTML about ten. */
const maxAttributes = 64;

/**
 * Reads XML 1.0 with namespaces, strictly, of which comments are skipped. Refused are a DOCTYPE, and so every entity but the
 * five, processing instructions, other versions of XML and other encodings than UTF-8.
 * @throws Problem 'structure' that says where, without quoting the text; 'unsupported-media' for the encoding
 */
export function readXml(text: string, events: XmlEvents): void {
  const parser = new SaxesParser({ xmlns: true, position: true });
  let attributes = 0;
  const refuse = (why: string): never => {
    throw new Problem(
      'structure',
      `The XML is refused at line ${parser.line}, column ${parser.column}: ${why}.`,
    );
  };
  parser.on('error', ({ message }) => refuse(`it is not well-formed (${reason(message)})`));
  parser.on('xmldecl', ({ version, encoding }) => {
    if (version !== '1.0') refuse('write XML 1.0');
    if (encoding !== undefined && encoding.toLowerCase() !== 'utf-8') {
      throw new Problem('unsupported-media', 'Send the XML in UTF-8, and declare no other encoding.');
    }
  });
  parser.on('doctype', () => refuse('a DOCTYPE is not read; leave it out'));
  parser.on('processinginstruction', () => refuse('a processing instruction is not read; leave it out'));
  parser.on('opentagstart', () => {
    attributes = 0;
  });
  parser.on('attribute', () => {
    if (++attributes > maxAttributes) refuse(`an element has more than ${maxAttributes} attributes`);
  });
  parser.on('opentag', (tag) => events.open(tag, parser.position));
  parser.on('closetag', () => events.close(parser.position));
  parser.on('text', (found) => events.text(found));
  parser.on('cdata', (found) => events.text(found));
  parser.write(text).close();
}

/** The parser's words up to the first name that they repeat: it may be personal data. */
const reason = (message: string): string =>
  message
    .replace(/^[\d:]+ /, '')
    .replace(/:.*/s, '')
    .replace(/\.$/, '');

/** Attributes but the declarations of namespaces. */
export const attributesOf = ({ attributes }: SaxesTagNS): SaxesAttributeNS[] =>
  Object.values(attributes).filter(({ prefix, name }) => prefix !== 'xmlns' && name !== 'xmlns');
