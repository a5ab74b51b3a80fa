import type { PlanSection, Row, SectionCode } from './sections.ts';

/** Lines of two pages A4 with margins of 15 mm at 14 points and 1.25 (43 a page), less what the break between them takes. */
const LINES = 80;
/** Characters of a line 174 mm long: in Arial a character of Swedish is half as wide as it is high, which gives 70. */
const WIDTH = 65;
/** Title, warning and date of birth. */
const TOP = 4;

/** What is shortened first; whom to call is not. */
const shortened: readonly SectionCode[] = [
  'andrat',
  'overenskommen-tid',
  'overenskommelse',
  'sammanhallen-plan',
  'fast-vardkontakt',
  'forsamring',
];
/** Rows that a section keeps, and characters of a text in it, as long as another can be shortened. */
const passes = [
  { rows: 4, text: 600 },
  { rows: 1, text: 600 },
  { rows: 1, text: 120 },
];

/** The sections cut to two printed pages, from the ends of those that matter least at once; numbers to call stay whole. */
export function onTwoPages(sections: readonly PlanSection[]): PlanSection[] {
  const fitted = sections.map((section) => ({ ...section, left: 0 }));
  const lines = () => fitted.reduce((sum, each) => sum + linesOf(each), TOP);
  for (const least of passes) {
    if (lines() <= LINES) break;
    for (const each of fitted) each.rows = each.rows.map((row) => cut(row, least.text));
    for (const code of shortened) {
      const section = fitted.find((each) => each.code === code);
      while (section && section.rows.length > least.rows && lines() > LINES) {
        if (section.rows.at(-1)?.kind === 'item') section.left += 1;
        section.rows = section.rows.slice(0, -1);
      }
    }
  }
  return fitted.map(({ left, ...section }) =>
    left === 0 ? section : { ...section, rows: [...endless(section.rows), leftOut(left)] },
  );
}

const leftOut = (count: number): Row => ({
  kind: 'item',
  strong: '',
  call: '',
  text: `Och ${count} till, som finns i hela planen.`,
});

/** Without a heading that nothing is left under. */
const endless = (rows: readonly Row[]): readonly Row[] =>
  rows.at(-1)?.kind === 'heading' ? rows.slice(0, -1) : rows;

const cut = (row: Row, most: number): Row => ({
  ...row,
  text: short(row.text, most),
  ...(row.kind === 'item' && { strong: short(row.strong, most) }),
});

const short = (text: string, most: number): string =>
  text.length > most ? `${text.slice(0, most - 1).trimEnd()}…` : text;

/** Heading with its margins, rows, and the row that says how many are left out. */
const linesOf = ({ rows, left }: PlanSection & { left: number }): number =>
  rows.reduce((sum, row) => sum + rowLines(row), 2 + (left > 0 ? 1 : 0));

/** What is bold is a tenth wider. */
const rowLines = (row: Row): number =>
  row.kind === 'heading'
    ? 1.3
    : Math.max(1, Math.ceil(((row.strong.length + row.call.length) * 1.1 + row.text.length + 2) / WIDTH));
