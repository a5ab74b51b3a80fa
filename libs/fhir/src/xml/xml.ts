import type { Definitions } from '../definitions/definitions.ts';
import { maxDepth } from '../json.ts';
import { xmlToJson } from './read.ts';
import { XmlShapes } from './shapes.ts';
import { jsonToXml } from './write.ts';

/** FHIR's XML, from and to the JSON text that all else works on. */
export interface Xml {
  /**
   * The JSON text of a resource in XML; lossless. @param depth how many elements may lie within one another
   * @throws Problem as `xmlToJson`
   */
  read(text: string, depth?: number): string;
  /** The XML of a resource's JSON text; lossless, and undefined for what XML cannot say (as `jsonToXml`). */
  write(text: string, pretty?: boolean): string | undefined;
}

export function createXml(definitions: Definitions): Xml {
  const shapes = new XmlShapes(definitions);
  return {
    read: (text, depth = maxDepth) => xmlToJson(text, shapes, depth),
    write: (text, pretty = false) => jsonToXml(text, shapes, pretty),
  };
}
