import type { PlanSection, Row, SectionCode } from './sections.ts';

/** Lines of two pages A4 with margins of 15 mm at 14 points and 1.25 (43 a page), less a heading that goes with what is under it. */
const LINES = 84;
/** Letters of a line 174 mm long: in Arial most of Swedish are half as wide as they are high, which gives 70. */
const WIDTH = 70;
/** Title, warning and date of birth. */
const TOP = 4;

/** What is shortened first; whom to call is not. */
const lesser: readonly SectionCode[] = [
  'andrat',
  'overenskommen-tid',
  'overenskommelse',
  'sammanhallen-plan',
];
const all: readonly SectionCode[] = [...lesser, 'fast-vardkontakt', 'forsamring'];
/** Rows that sections keep, and characters of a text, as long as another can be shortened. */
const passes = [
  { of: lesser, rows: 4, text: 600 },
  { of: lesser, rows: 1, text: 600 },
  { of: all, rows: 4, text: 300 },
  { of: all, rows: 1, text: 120 },
];

/** The sections cut to two printed pages, those that matter least at once first; numbers to call stay whole. */
export function onTwoPages(sections: readonly PlanSection[]): PlanSection[] {
  const fitted = sections.map((section) => ({ ...section, left: 0 }));
  // A row is not broken, so the first page may end as much too early as the tallest one.
  const tallest = () => Math.max(...fitted.flatMap(({ rows }) => rows.map(rowLines)));
  const lines = () => fitted.reduce((sum, each) => sum + linesOf(each), TOP + tallest() - 1);
  for (const least of passes) {
    if (lines() <= LINES) break;
    for (const each of fitted) each.rows = each.rows.map((row) => cut(row, least.text));
    for (const code of least.of) {
      const section = fitted.find((each) => each.code === code);
      while (section && section.rows.length > least.rows && lines() > LINES) {
        const at = leastOf(section);
        if (section.rows[at]?.kind === 'item') section.left += 1;
        section.rows = headed(section.rows.toSpliced(at, 1));
      }
    }
  }
  return fitted.map(({ left, ...section }) =>
    left === 0 ? section : { ...section, rows: [...section.rows, leftOut(left)] },
  );
}

const leftOut = (count: number): Row => ({
  kind: 'item',
  strong: '',
  call: '',
  text: `Och ${count} till, som finns i hela planen.`,
});

/** Place of the row that matters least: the last one, but of steps for when it gets worse the mildest, which come first. */
function leastOf({ code, rows }: PlanSection): number {
  const first = code === 'forsamring' ? rows.findIndex(({ kind }) => kind === 'heading') : -1;
  return first < 0 ? rows.length - 1 : first + 1;
}

/** Without headings that nothing is left under. */
const headed = (rows: readonly Row[]): Row[] =>
  rows.filter(({ kind }, at) => kind === 'item' || rows[at + 1]?.kind === 'item');

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
    : Math.max(
        1,
        Math.ceil(((widthOf(row.strong) + widthOf(row.call)) * 1.1 + widthOf(row.text) + 2) / WIDTH),
      );

/** In letters that are half as wide as they are high: capitals are a third wider, and the widest letters two thirds. */
const widthOf = (text: string): number =>
  text.length +
  (text.match(/\p{Lu}/gu)?.length ?? 0) / 3 +
  ((text.match(/[MWmw@%…—]/g)?.length ?? 0) * 2) / 3;
