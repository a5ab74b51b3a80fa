import { describe, expect, test } from 'vitest';
import { ar as patientAr } from '../../services/web/src/patient/text/ar.ts';
import { en as patientEn } from '../../services/web/src/patient/text/en.ts';
import { type PatientTexts, sv as patientSv } from '../../services/web/src/patient/text/sv.ts';
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
  const shape = (words: unknown): unknown => {
    // A language may say a list in other sentences, and may need more of them.
    if (Array.isArray(words)) return 'list';
    return words && typeof words === 'object'
      ? Object.fromEntries(Object.entries(words).map(([name, value]) => [name, shape(value)]))
      : typeof words;
  };
  const languages = [
    { swedish: sv, others: [en, ar, svLattlast] },
    { swedish: patientSv, others: [patientEn, patientAr, patientEasy] },
  ];
  for (const { swedish, others } of languages)
    for (const words of others) {
      expect(shape(words)).toEqual(shape(swedish));
      expect(textsIn(words).filter((text) => text.trim() === '')).toEqual([]);
    }
});

/** What Swedish law and care call things, which is said in Swedish in all languages, and names of authorities. */
const swedishTerms =
  /SIP|PDL|SVOD|WCAG|AA|IVO|IMY|Digg|BankID|samordnad individuell plan|sammanhållen vård- och omsorgsdokumentation|patientdatalagen|Inspektionen för vård och omsorg|Integritetsskyddsmyndigheten/g;

/** Explained words stand in Swedish beside what they mean. */
const withoutExplained = (words: PatientTexts) => ({
  ...words,
  om: { ...words.om, words: words.om.words.map(([, meaning]) => meaning) },
});

test('what is translated is in its language: no Swedish letters in English or Arabic', () => {
  const english = textsIn([en, withoutExplained(patientEn)]);
  const arabic = textsIn([ar, withoutExplained(patientAr)]);
  for (const texts of [english, arabic])
    expect(texts.filter((text) => /[åäö]/i.test(text.replaceAll(swedishTerms, '')))).toEqual([]);
  const latin = arabic.filter((text) =>
    /[a-z]{3,}/i.test(text.replaceAll(swedishTerms, '').replaceAll(/Anna|hh|ar/g, '')),
  );
  expect(latin).toEqual([]);
});

test('today is written in one way', () => {
  expect(parts.flatMap(({ texts }) => texts.filter((text) => /\bidag\b/i.test(text)))).toEqual([]);
});

test('one of something is said in the singular', () => {
  const one = [patientSv, patientEasy].flatMap(({ idag, tider, logg }) => [
    idag.moreChanges(1),
    tider.moreTimes(1),
    logg.own(1),
  ]);
  expect(one.filter((text) => /1 (ändringar|tider|gånger)/.test(text))).toEqual([]);
});
