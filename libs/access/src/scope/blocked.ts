import { informationTypes } from '../information-type.ts';
import { marks } from '../marks.ts';
import { words } from './literal.ts';
import type { Reader } from './reader.ts';
import type { RowKind } from './row-kind.ts';

/**
 * As `blockState` of blocked.ts, from the reader's side: inner blocks on what the own organisation wrote, outer ones on
 * what others did. `blocked`, `lifted`, or null when no block hits the row. Few patients have any, so the question is a
 * function of the database (migrations/0008_rare_questions.sql).
 */
export const blockState = (
  row: string,
  { organisation, unit, employee, at }: Omit<Reader, 'reach'>,
): string =>
  `block_state(${row}.patient, ${row}.custodian, ${row}.author_unit, ${row}.type, ${row}.starts, ${informationTypeOf(row)}, ${isPersonsAnswer(row)}, ${organisation}, ${unit}, ${employee}, ${at})`;

/** As `isPersonsAnswer`. */
const isPersonsAnswer = (row: string): string =>
  `${row}.author_unit is null and ${row}.labels && ${words(marks.answer)}`;

/** The information type of a row as an array, empty when it has none. `kind`: of the row, where it is known. */
export const informationTypeOf = (row: string, kind?: RowKind): string =>
  kind === undefined
    ? `case ${typesOfCode.map(([types, code]) => `when ${row}.type = any(${words(...types)}) then ${words(code)}`).join(' ')} else '{}' end`
    : typesOfCode.some(([, code]) => code === kind)
      ? words(kind)
      : `'{}'::text[]`;

const typesOfCode = Object.entries(informationTypes).map(([code, types]) => [types, code] as const);
