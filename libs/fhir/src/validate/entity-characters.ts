import { entityNames } from './xhtml-entities.ts';

/** Of the entities after Latin 1, in the order of their names: hexadecimal code points. */
const further = (
  '152 153 160 161 178 192 2c6 2dc 391 392 393 394 395 396 397 398 399 39a 39b 39c 39d 39e 39f 3a0 3a1 3a3 3a4 3a5 3a6 3a7 ' +
  '3a8 3a9 3b1 3b2 3b3 3b4 3b5 3b6 3b7 3b8 3b9 3ba 3bb 3bc 3bd 3be 3bf 3c0 3c1 3c2 3c3 3c4 3c5 3c6 3c7 3c8 3c9 3d1 3d2 3d6 ' +
  '2002 2003 2009 200c 200d 200e 200f 2013 2014 2018 2019 201a 201c 201d 201e 2020 2021 2022 2026 2030 2032 2033 2039 203a ' +
  '203e 2044 20ac 2111 2118 211c 2122 2135 2190 2191 2192 2193 2194 21b5 21d0 21d1 21d2 21d3 21d4 2200 2202 2203 2205 2207 ' +
  '2208 2209 220b 220f 2211 2212 2217 221a 221d 221e 2220 2227 2228 2229 222a 222b 2234 223c 2245 2248 2260 2261 2264 2265 ' +
  '2282 2283 2284 2286 2287 2295 2297 22a5 22c5 2308 2309 230a 230b 2329 232a 25ca 2660 2663 2665 2666'
).split(' ');

const [afterXml, afterLatin] = [5, 101];

const characters: ReadonlyMap<string, string> = new Map(
  entityNames
    .slice(afterXml)
    .map((name, index) => [
      name,
      String.fromCharCode(
        index < afterLatin - afterXml
          ? 0xa0 + index
          : Number.parseInt(further[index - (afterLatin - afterXml)] ?? '', 16),
      ),
    ]),
);

/** The character of an entity of HTML 4.0 beside the five of XML; undefined for other names. */
export const entityCharacter = (name: string): string | undefined => characters.get(name);
