import { informationTypes } from '../information-type.ts';
import { marks } from '../marks.ts';
import { words } from './literal.ts';
import type { Reader } from './reader.ts';

/**
 * As `blockState` of blocked.ts, from the reader's side: inner blocks on what the own organisation wrote, outer ones on
 * what others did. `blocked`, `lifted`, or null when no block hits the row.
 */
export const blockState = (row: string, reader: Reader): string =>
  `(select case when bool_and(${isLifted(row, reader)}) then 'lifted' else 'blocked' end
from fact block where block.patient = ${row}.patient and block.organisation = ${row}.custodian and block.during @> ${reader.at}
and block.kind = case when ${row}.custodian = ${reader.organisation} then 'block-inner' else 'block-outer' end
and ${isAbout(row)} having count(*) > 0)`;

/** As `hit`: what is not known of the row or the block counts as hit. */
const isAbout = (row: string): string =>
  `not (block.kind = 'block-inner' and ${isPersonsAnswer(row)}) and (block.unit is null or ${row}.author_unit is null or block.unit = ${row}.author_unit) and not block.types && ${informationTypeOf(row)}
and (block.information is null or ${row}.starts is null or not isfinite(${row}.starts) or block.information @> ${row}.starts)`;

/** As `isPersonsAnswer`. */
const isPersonsAnswer = (row: string): string =>
  `${row}.author_unit is null and ${row}.labels && ${words(marks.answer)}`;

/** The information type of a row as an array, empty when it has none. */
const informationTypeOf = (row: string): string =>
  `case ${typesOfCode.map(([types, code]) => `when ${row}.type = any(${types}) then ${code}`).join(' ')} else '{}' end`;

const typesOfCode = Object.entries(informationTypes).map(
  ([code, types]) => [words(...types), words(code)] as const,
);

/** As `lifts`, of any lift: PDL (2008:355) 4 kap 5 § (inner) and SVOD (2022:913) 2 kap 3 §, 3 kap 5 § (outer). */
const isLifted = (row: string, { unit, employee, at }: Reader): string =>
  `exists (select from fact lift where lift.patient = block.patient and lift.kind = 'lift' and lift.organisation = block.organisation and lift.about = block.about
and lift.unit = ${unit} and (lift.person is null or lift.person = ${employee}) and lift.during @> ${at} and case block.kind
when 'block-outer' then lift.value = 'consent' or lift.value = 'blocker' and lift.author is not null
else lift.author is not null and (lift.value = 'consent' or lift.value = 'indispensable' and ${row}.type = any(lift.types)) end offset 0)`;
