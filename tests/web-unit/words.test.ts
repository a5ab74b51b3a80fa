import { describe, expect, test } from 'vitest';
import { ar as patientAr } from '../../services/web/src/patient/text/ar.ts';
import { sv as patientSv } from '../../services/web/src/patient/text/sv.ts';
import { svLattlast as patientEasy } from '../../services/web/src/patient/text/sv-lattlast.ts';
import { ar } from '../../services/web/src/text/ar.ts';
import { en } from '../../services/web/src/text/en.ts';
import { sv } from '../../services/web/src/text/sv.ts';
import { svLattlast } from '../../services/web/src/text/sv-lattlast.ts';
import { lix, textsIn, wordsOf } from './lix.ts';

/** Everything that the patient's pages say in Swedish, by who says it and part by part. */
const said = {
  delat: sv,
  'delat, lättläst': svLattlast,
  patient: patientSv,
  'patient, lättläst': patientEasy,
};
const parts = Object.entries(said).flatMap(([who, words]) =>
  Object.entries(words)
    // Dates are names and figures; they say nothing by themselves.
    .filter(([part]) => part !== 'dates' && part !== 'tag')
    .map(([part, texts]) => ({ who, part, texts: textsIn(texts) })),
);

test('LIX counts as Björnsson says', () => {
  // 8 words in 2 sentences, of which 1 is longer than six letters.
  expect(lix(['Du kan ringa hemsjukvården i dag.', 'Numret svarar'])).toBeCloseTo(8 / 2 + (100 * 1) / 8);
});

describe('what the patient reads is easy: LIX is at most 35', () => {
  for (const [who, words] of Object.entries(said)) {
    test(`all of ${who}`, () => expect(lix(textsIn({ ...words, dates: null }))).toBeLessThanOrEqual(35));
  }
  // In a few single words one long one weighs too much to tell anything.
  for (const { who, part, texts } of parts.filter(({ texts }) => texts.flatMap(wordsOf).length >= 60)) {
    test(`${who}: ${part}`, () => expect(lix(texts)).toBeLessThanOrEqual(35));
  }
});

test('no sentence is longer than twenty words', () => {
  const sentences = parts.flatMap(({ texts }) => texts.flatMap((text) => text.split(/(?<=[.!?])\s/)));
  expect(sentences.filter((sentence) => wordsOf(sentence).length > 20)).toEqual([]);
});

/** What an abbreviation must be said with, in the same part; others are not used. */
const explained: Readonly<Record<string, RegExp>> = {
  SIP: /samordnad|tillsammans/i,
  WCAG: /regler för sidor/,
  AA: /nivå AA/,
  PDL: /PDL är/,
  SVOD: /SVOD är/,
};

test('an abbreviation is explained where it is used', () => {
  const unexplained = parts.flatMap(({ who, part, texts }) =>
    texts
      .flatMap((text) => text.match(/\b\p{Lu}{2,}\b/gu) ?? [])
      .filter((word) => !explained[word]?.test(texts.join(' ')))
      .map((word) => `${who}, ${part}: ${word}`),
  );
  expect(unexplained).toEqual([]);
});

test('no word of the professions or of the machinery is left', () => {
  const jargon =
    /(?<!\p{L})(patient(en)?|anhörig\p{L}*|insats\p{L}*|ordinera\p{L}*|token|server\p{L}*|api|resurs\p{L}*|sol|ca|mha|dvs|t\.?ex|bl\.?a|etc)(?!\p{L})/iu;
  expect(parts.flatMap(({ texts }) => texts.filter((text) => jargon.test(text)))).toEqual([]);
});

test('every language has a word for all that Swedish has, and none is empty', () => {
  const shape = (words: unknown): unknown =>
    words && typeof words === 'object'
      ? Object.fromEntries(Object.entries(words).map(([name, value]) => [name, shape(value)]))
      : typeof words;
  for (const words of [en, ar, svLattlast]) {
    expect(shape(words)).toEqual(shape(sv));
    expect(textsIn(words).filter((text) => text.trim() === '')).toEqual([]);
  }
  expect(shape(patientAr.shell)).toEqual(shape(patientSv.shell));
  expect(shape(patientAr.titles)).toEqual(shape(patientSv.titles));
});

test('what is translated is in its language: no Swedish letters in English or Arabic', () => {
  for (const words of [en, ar]) expect(textsIn(words).filter((text) => /[åäö]/i.test(text))).toEqual([]);
  const latin = textsIn(ar).filter((text) => /[a-z]{3,}/i.test(text.replaceAll(/SIP|Anna|hh|ar/g, '')));
  expect(latin).toEqual([]);
});
