import type { ScopeRule, SqlBuilder } from '@naravard/search';
import { latestBirth } from '../age.ts';
import type { Commission, LegalActor } from '../caller.ts';
import { marks } from '../marks.ts';
import { blockState } from './blocked.ts';
import { words } from './literal.ts';
import { availableFrom, isMadeAvailableTo, isOutsideSvod } from './made-available.ts';
import { isLabelled } from './masked.ts';
import { hasAny, mineOf } from './mine.ts';
import { noPatient } from './no-patient.ts';
import { acrossAsOmsorgsgivare } from './omsorgsgivare.ts';
import { acrossAsProvider } from './other-provider.ts';
import { type Reader, readerOf, readerValues } from './reader.ts';
import { isRelated, relatedOrOpened, takesPart, withinOn } from './relation.ts';
import { remembered } from './remembered.ts';
import { ruleOf } from './rule.ts';

/** As `staff` of decide.ts, for a commission whose purpose is care. */
export function staffRule(commission: Commission, at: string): ScopeRule {
  const { as } = commission.organisation;
  const adult = latestBirth(18, at);
  const values = readerValues(commission, at);
  const reader = (sql: SqlBuilder) => readerOf(values, sql);
  const mine = (sql: SqlBuilder) => mineOf(reader(sql), sql.named('18 years', adult, 'text'));
  return ruleOf({
    shape: `staff ${as}`,
    values: { ...values, '18 years': adult },
    reason: grounds[as].ownUnit,
    sights: (_patient, sql) => ({
      aggregates: true,
      values: {
        mine: mine(sql),
        available: availableFrom(reader(sql)),
        protected: `coalesce(bool_or(fact.kind = 'protected'), false)`,
        blocked: `coalesce(bool_or(fact.kind in ('block-inner', 'block-outer')), false)`,
      },
    }),
    relation: (patient, sql) =>
      `(select ${isRelated(mine(sql), as)} from fact where fact.patient = ${patient})`,
    ground: (row, sight, sql) => {
      const { organisation, unit, employee, at } = reader(sql);
      const law = (mine: string) =>
        about[as](row, mine, sight('available'), organisation, unit, employee, at);
      // A row that is tried by itself asks for what is mine once.
      const ground = sight.asked
        ? law(sight('mine'))
        : `(select ${law('law.mine')} from (select ${sight('mine')} as mine offset 0) law)`;
      return `case when ${row}.patient is null then ${noPatient(row, reader(sql))} else ${ground} end`;
    },
    hidesIn: (_row, sight) => sight('blocked'),
    // What only one alternative needs, is asked only then.
    unmasked: (row, sight) =>
      `(not ${isLabelled(row)} and not ${sight('protected')} or ${takesPart(sight('mine'), as)})`,
  });
}

/** PDL (2008:355) 4 kap, SVOD (2022:913) 2-4 kap. The cheap questions come first. */
function aboutPatient(
  as: LegalActor['as'],
  row: string,
  mine: string,
  available: string,
  reader: Reader,
): string {
  const { ownUnit, sameProvider, lifted, across } = grounds[as];
  const within = (ground: string) => withinOn(mine, as, ground);
  const isOwn = `${row}.custodian = ${reader.organisation}`;
  return `case
when not ${relatedOrOpened(mine, as)} then null
when ${row}.type = 'Patient' then ${within(`'person-data'`)}
when ${row}.custodian is null then null
when ${isOwn} and ${row}.author_unit = ${reader.unit} then ${within(`'${ownUnit}'`)}
when ${row}.labels && ${words(marks.showsBlock)} then null
when not ${isOwn} and (${isOutsideSvod(row)}
or ${isMadeAvailableTo(reader.organisation, row, available, reader.at)} is not true) then null
else case case when ${hasAny(mine, 'blocks')} then ${blockState(row, reader)} end
when 'blocked' then null
when 'lifted' then case when ${isOwn} then ${within(lifted)} else ${across(mine)} end
else case when ${isOwn} then ${within(`'${sameProvider}'`)} else ${across(mine)} end end end`;
}

const remember = (as: LegalActor['as']) =>
  remembered((row, mine, available, organisation, unit, employee, at) =>
    aboutPatient(as, row, mine, available, { organisation, unit, employee, at }),
  );
const about = { vardgivare: remember('vardgivare'), omsorgsgivare: remember('omsorgsgivare') };

/** Within an omsorgsgivare no spärr is lifted: paths/same-provider.ts. */
const grounds = {
  vardgivare: {
    ownUnit: 'own-unit',
    sameProvider: 'same-provider',
    lifted: `'inner-block-lifted'`,
    across: acrossAsProvider,
  },
  omsorgsgivare: {
    ownUnit: 'own-unit-omsorg',
    sameProvider: 'same-omsorgsgivare',
    lifted: 'null',
    across: acrossAsOmsorgsgivare,
  },
} as const;
