import type { ScopeRule, SqlBuilder } from '@naravard/search';
import { latestBirth } from '../age.ts';
import type { Commission, LegalActor } from '../caller.ts';
import { marks } from '../marks.ts';
import { blockState } from './blocked.ts';
import { words } from './literal.ts';
import { availableFrom, isJoined, isMadeAvailable, isOutsideSvod } from './made-available.ts';
import { isLabelled } from './masked.ts';
import { hasAny, mineOf } from './mine.ts';
import { noPatient } from './no-patient.ts';
import { acrossAsOmsorgsgivare } from './omsorgsgivare.ts';
import { acrossAsProvider } from './other-provider.ts';
import { type Reader, readerOf, readerValues } from './reader.ts';
import { isRelated, relatedOrOpened, takesPart } from './relation.ts';
import { remembered } from './remembered.ts';
import { ruleOf } from './rule.ts';

/** As `staff` of decide.ts, for a commission whose purpose is care. */
export function staffRule(commission: Commission, at: string): ScopeRule {
  const { as } = commission.organisation;
  const adult = latestBirth(18, at);
  const mine = (sql: SqlBuilder) =>
    mineOf(readerOf(commission, at, sql), sql.named('18 years', adult, 'text'));
  return ruleOf({
    shape: `staff ${as}`,
    values: { ...readerValues(commission, at), '18 years': adult },
    reason: grounds[as].ownUnit,
    sights: (_patient, sql) => ({
      aggregates: true,
      values: {
        mine: mine(sql),
        available: availableFrom(readerOf(commission, at, sql).at),
        protected: `coalesce(bool_or(fact.kind = 'protected'), false)`,
      },
    }),
    relation: (patient, sql) =>
      `(select ${isRelated(mine(sql), as)} from fact where fact.patient = ${patient})`,
    ground: (row, sight, sql) => {
      const reader = readerOf(commission, at, sql);
      // The sight stands once, so that a row which is tried by itself asks it once.
      return `case when ${row}.patient is null then ${noPatient(row, reader)}
else (select ${about[as](row, sight('available'), reader.organisation, reader.unit, reader.employee, reader.at)} from (select ${sight('mine')} as mine offset 0) law) end`;
    },
    // What only one alternative needs, is asked only then.
    unmasked: (row, sight) =>
      `(not ${isLabelled(row)} and not ${sight('protected')} or ${takesPart(sight('mine'), as)})`,
  });
}

/** PDL (2008:355) 4 kap, SVOD (2022:913) 2-4 kap. The cheap questions come first. */
function aboutPatient(as: LegalActor['as'], row: string, available: string, reader: Reader): string {
  const { ownUnit, sameProvider, lifted, across } = grounds[as];
  const isOwn = `${row}.custodian = ${reader.organisation}`;
  return `case
when not ${relatedOrOpened('law.mine', as)} then null
when ${row}.type = 'Patient' then 'person-data'
when ${row}.custodian is null then null
when ${isOwn} and ${row}.author_unit = ${reader.unit} then '${ownUnit}'
when ${row}.labels && ${words(marks.showsBlock)} then null
when not ${isOwn} and (${isOutsideSvod(row)}
or (${isMadeAvailable(row, available, reader.at)} and ${isJoined(reader.organisation, reader.at)}) is not true) then null
else case case when ${hasAny('law.mine', 'blocks')} then ${blockState(row, reader)} end
when 'blocked' then null
when 'lifted' then case when ${isOwn} then ${lifted} else ${across('law.mine')} end
else case when ${isOwn} then '${sameProvider}' else ${across('law.mine')} end end end`;
}

const remember = (as: LegalActor['as']) =>
  remembered((row, available, organisation, unit, employee, at) =>
    aboutPatient(as, row, available, { organisation, unit, employee, at }),
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
