import type { ScopeRule, Sight, SqlBuilder } from '@naravard/search';
import { latestBirth } from '../age.ts';
import type { Commission, LegalActor } from '../caller.ts';
import { informationTypeOf } from './blocked.ts';
import { asColumns } from './literal.ts';
import { isLabelled } from './masked.ts';
import { mineOf } from './mine.ts';
import { noPatient } from './no-patient.ts';
import { type Reader, readerOf, readerValues } from './reader.ts';
import { isRelated, takesPart } from './relation.ts';
import { remembered } from './remembered.ts';
import { kindOf, type RowKind } from './row-kind.ts';
import { ruleOf } from './rule.ts';
import { staffSights, standingFrom } from './staff-sights.ts';

/** As `staff` of decide.ts, for a commission whose purpose is care. */
export function staffRule(commission: Commission, at: string): ScopeRule {
  const { as } = commission.organisation;
  const values = { ...readerValues(commission, at), '18 years': latestBirth(18, at) };
  const reader = (sql: SqlBuilder) => readerOf(values, sql);
  const adult = (sql: SqlBuilder) => sql.named('18 years', values['18 years'], 'text');
  return ruleOf({
    shape: `staff ${as}`,
    values,
    kindOf,
    reason: grounds[as].ownUnit,
    sights: (patient, sql) => staffSights(reader(sql), adult(sql), as, patient),
    relation: (patient, sql) =>
      `(select ${isRelated(mineOf(reader(sql), adult(sql)), as)} from fact where fact.patient = ${patient})`,
    ground: (row, sight, sql, type) => {
      const kind = type === undefined ? undefined : kindOf(type);
      const ofNobody = noPatient(row, reader(sql), kind);
      if (kind === 'directory') return `case when ${row}.patient is null then ${ofNobody} end`;
      const law = kind === 'patient' ? person[as] : about(as, row, sight, reader(sql), kind);
      // A row that is tried by itself asks for what is mine once.
      const ground = sight.asked
        ? law(sight)
        : `(select ${law((name) => `law.${name}`)} from (select ${standing[as]('m.mine')} from (select ${sight('mine')} as mine offset 0) m offset 0) law)`;
      return `case when ${row}.patient is null then ${ofNobody} else ${ground} end`;
    },
    hidesIn: (_row, sight) => sight('blocked'),
    // What only one alternative needs, is asked only then.
    unmasked: (row, sight) =>
      `(not ${isLabelled(row)} and not ${sight('protected')} or ${takesPart(sight('mine'), as)})`,
  });
}

/** What a reader is to the patient, by name. */
type Standing = (name: keyof ReturnType<typeof standingFrom>) => string;

const standing = {
  vardgivare: remembered((mine) => asColumns(standingFrom(mine, 'vardgivare'))),
  omsorgsgivare: remembered((mine) => asColumns(standingFrom(mine, 'omsorgsgivare'))),
};

/** Only a nödöppning of a vårdgivare opens what no relation does. */
const person = {
  vardgivare: (to: Standing) =>
    `case when ${to('may')} then ${within('vardgivare', to('opened'), `'person-data'`)} end`,
  omsorgsgivare: (to: Standing) => `case when ${to('may')} then 'person-data' end`,
};

const within = (as: LegalActor['as'], opened: string, ground: string): string =>
  as === 'vardgivare' ? `coalesce(${opened}, ${ground})` : ground;

/** The law on a row about a patient, of what the reader is to the patient. */
function about(as: LegalActor['as'], row: string, sight: Sight, reader: Reader, kind: RowKind | undefined) {
  const { organisation, unit, employee, at } = reader;
  const available = sight('available');
  return (to: Standing): string =>
    laws[as](
      row,
      to('may'),
      to('opened'),
      to('across'),
      to('blocks'),
      available,
      organisation,
      unit,
      employee,
      at,
      kind ?? '',
    );
}

const remember = (as: LegalActor['as']) =>
  remembered((row, may, opened, across, blocks, available, organisation, unit, employee, at, kind) =>
    aboutPatient(
      as,
      row,
      { may, opened, across, blocks },
      available,
      { organisation, unit, employee, at },
      kind || undefined,
    ),
  );
const laws = { vardgivare: remember('vardgivare'), omsorgsgivare: remember('omsorgsgivare') };

/**
 * PDL (2008:355) 4 kap, SVOD (2022:913) 2-4 kap. Of a row with labels, or where any spärr stands, more is asked; there are few,
 * so that is a function of the database (migrations/0012_expand_marked_rows.sql).
 */
function aboutPatient(
  as: LegalActor['as'],
  row: string,
  { may, opened, across, blocks }: ReturnType<typeof standingFrom>,
  available: string,
  { organisation, unit, employee, at }: Omit<Reader, 'reach'>,
  kind: RowKind | undefined,
): string {
  const { ownUnit, sameProvider, lifted } = grounds[as];
  const information = informationTypeOf(row, kind);
  return `case
when not ${may} then null${kind === undefined ? `\nwhen ${row}.type = 'Patient' then ${within(as, opened, `'person-data'`)}` : ''}
when ${row}.labels <> '{}' or ${blocks} then marked_ground(${row}.patient, ${row}.custodian, ${row}.author_unit, ${row}.type, ${row}.starts, ${row}.labels, ${information}, ${blocks}, ${available}, ${opened}, ${across}, '${ownUnit}', '${sameProvider}', ${lifted}, ${organisation}, ${unit}, ${employee}, ${at})
when ${row}.custodian = ${organisation} then ${within(as, opened, `case when ${row}.author_unit = ${unit} then '${ownUnit}' else '${sameProvider}' end`)}
when array[${organisation}, ${row}.custodian] <@ ${available} then ${across} end`;
}

/** Within an omsorgsgivare no spärr is lifted: paths/same-provider.ts. */
const grounds = {
  vardgivare: { ownUnit: 'own-unit', sameProvider: 'same-provider', lifted: `'inner-block-lifted'` },
  omsorgsgivare: { ownUnit: 'own-unit-omsorg', sameProvider: 'same-omsorgsgivare', lifted: 'null' },
} as const;
