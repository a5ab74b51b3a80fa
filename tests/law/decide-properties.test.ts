import {
  type Caller,
  type Commission,
  type Decision,
  decide,
  type Facts,
  type Ground,
  grounds,
  type Mask,
  refusals,
} from '@naravard/access';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { block, consent, type Question, question } from './decisions/generated.ts';

const ask = ({ caller, facts, row, at }: Question): Decision => decide(caller, facts, row, at);
const check = <T extends [unknown, ...unknown[]]>(property: fc.IProperty<T>): void =>
  fc.assert(property, { seed: 4, numRuns: process.env.NARAVARD_FULL ? 100_000 : 5_000 });

const order: readonly Mask[] = ['none', 'warning', 'protected-identity', 'everything'];
/** Whether at most as much is shown after as before. */
const narrows = (before: Decision, after: Decision): boolean =>
  order.indexOf(after.mask) >= order.indexOf(before.mask);

/** Each question with one element less of one list of facts. */
function* without({ facts, ...rest }: Question, list: keyof Facts): Generator<Question> {
  const elements = facts[list];
  if (!Array.isArray(elements)) return;
  for (const [index] of elements.entries()) {
    yield { ...rest, facts: { ...facts, [list]: elements.toSpliced(index, 1) } };
  }
}

test('every question has an answer of the closed lists, with its section, whatever is broken in it', () => {
  check(
    fc.property(question, (asked) => {
      const decision = ask(asked);
      if (decision.allowed) {
        expect(decision.section).toBe(grounds[decision.reason]);
        expect(decision.mask).not.toBe('everything');
      } else {
        expect(decision.section).toBe(refusals[decision.reason]);
        expect(decision.mask).toBe('everything');
      }
    }),
  );
});

test('the questions meet every ground', () => {
  const met = new Set<string>();
  for (const asked of fc.sample(question, { seed: 4, numRuns: 60_000 })) {
    const { allowed, reason } = ask(asked);
    if (allowed) met.add(reason);
  }
  expect(Object.keys(grounds).filter((ground) => !met.has(ground))).toEqual([]);
});

test('another block never shows more', () => {
  check(
    fc.property(question, block, (asked, added) => {
      const facts = { ...asked.facts, blocks: [...asked.facts.blocks, added] };
      expect(narrows(ask(asked), ask({ ...asked, facts }))).toBe(true);
    }),
  );
});

test('a consent taken back never shows more, nor does a no', () => {
  check(
    fc.property(question, consent, (asked, added) => {
      const before = ask(asked);
      const { consents } = asked.facts;
      for (const yes of consents.filter(({ answer }) => answer === 'yes')) {
        const facts = { ...asked.facts, consents: consents.filter((each) => each !== yes) };
        expect(narrows(before, ask({ ...asked, facts }))).toBe(true);
      }
      const facts = { ...asked.facts, consents: [...consents, { ...added, answer: 'no' as const }] };
      expect(narrows(before, ask({ ...asked, facts }))).toBe(true);
    }),
  );
});

test.each([
  'relations',
  'unableToConsent',
  'emergencies',
  'representatives',
  'ageExceptions',
  'informed',
  'joined',
] as const)('one less of %s never shows more', (list) => {
  check(
    fc.property(question, (asked) => {
      const before = ask(asked);
      for (const less of without(asked, list)) expect(narrows(before, ask(less))).toBe(true);
    }),
  );
});

test('one lift less never shows more', () => {
  check(
    fc.property(question, (asked) => {
      const before = ask(asked);
      const blocks = asked.facts.blocks.map((each) => ({ ...each, lifts: each.lifts.slice(1) }));
      expect(narrows(before, ask({ ...asked, facts: { ...asked.facts, blocks } }))).toBe(true);
    }),
  );
});

test('a death never shows more, and takes nothing from who answers for the data, nor from a nödöppning', () => {
  check(
    fc.property(question, (asked) => {
      const before = ask({ ...asked, facts: { ...asked.facts, deceased: null } });
      const after = ask({ ...asked, facts: { ...asked.facts, deceased: { start: null, end: null } } });
      expect(narrows(before, after)).toBe(true);
      if (before.allowed && untilTheEpisodeEnds.has(before.reason)) expect(after).toEqual(before);
    }),
  );
});

const untilTheEpisodeEnds: ReadonlySet<Ground> = new Set([
  'own-unit',
  'same-provider',
  'inner-block-lifted',
  'person-data',
  'own-emergency',
  'own-unit-omsorg',
  'same-omsorgsgivare',
  'svod-emergency',
  'system-own-organisation',
]);

test('protected identity never shows more', () => {
  check(
    fc.property(question, (asked) => {
      const facts = { ...asked.facts, protectedIdentity: true };
      expect(narrows(ask(asked), ask({ ...asked, facts }))).toBe(true);
    }),
  );
});

test('the order of facts does not matter', () => {
  check(
    fc.property(question, (asked) => {
      const facts = Object.fromEntries(
        Object.entries(asked.facts).map(([list, value]) => [
          list,
          Array.isArray(value) ? value.toReversed() : value,
        ]),
      ) as unknown as Facts;
      expect(ask({ ...asked, facts })).toEqual(ask(asked));
    }),
  );
});

test('a system client never sees more than its end user', () => {
  check(
    fc.property(question, ({ caller, ...rest }) => {
      if (caller.kind !== 'system' || caller.onBehalfOf === null) return;
      expect(narrows(ask({ ...rest, caller: caller.onBehalfOf }), ask({ ...rest, caller }))).toBe(true);
    }),
  );
});

/** The staff whose errand it is. */
const commissionOf = (caller: Caller): Commission | undefined => {
  const user = caller.kind === 'system' ? caller.onBehalfOf : caller;
  return user?.kind === 'staff' ? user.commission : undefined;
};

const isRelated = ({ relations }: Facts): boolean => relations.length > 0;

/** What must hold at least for a ground, said without the code that decides. */
const least: Partial<Record<Ground, (asked: Question, commission: Commission) => boolean>> = {
  'own-unit': ({ row, facts }, { unit }) => row.unit === unit && isRelated(facts),
  'person-data': ({ row, facts }) => row.type === 'Patient' && isRelated(facts),
  'own-unit-no-patient': ({ row }, { unit }) => row.patient === null && row.unit === unit,
  'same-provider': ({ row, facts }, { organisation }) =>
    row.custodian?.hsaId === organisation.hsaId && isRelated(facts),
  'own-emergency': ({ row, facts }, { organisation, employee }) =>
    (row.type === 'Patient' || row.custodian?.hsaId === organisation.hsaId) &&
    organisation.as === 'vardgivare' &&
    facts.emergencies.some(
      (each) => each.person === employee && each.relationAttested && each.during.end !== null,
    ),
  'inner-block-lifted': ({ facts }, { unit }) =>
    facts.blocks.some(
      ({ reach, lifts }) => reach === 'inner' && lifts.some((each) => each.unit === unit && each.officer),
    ),
  'svod-consent': ({ facts }, { organisation }) =>
    organisation.as === 'vardgivare' &&
    facts.relations.some(({ kind }) => kind === 'care') &&
    facts.consents.some(({ kind, answer }) => kind === 'svod' && answer === 'yes'),
  'svod-child': ({ facts }, { organisation }) =>
    organisation.as === 'vardgivare' &&
    (facts.born ?? '') > '2008' &&
    facts.relations.some(({ kind }) => kind === 'care'),
  'svod-incapacity': ({ facts }, { organisation }) =>
    organisation.as === 'vardgivare' &&
    facts.unableToConsent.some(({ kind }) => kind === 'lasting-incapacity'),
  'svod-emergency': ({ facts }, { organisation, employee }) =>
    organisation.as === 'vardgivare' &&
    facts.emergencies.some(
      (each) => each.person === employee && each.reason !== '' && each.during.end !== null,
    ),
  'omsorg-consent': ({ facts }, { organisation }) =>
    organisation.as === 'omsorgsgivare' &&
    facts.relations.some(({ kind }) => kind === 'insats' || kind === 'investigation') &&
    facts.consents.some(({ kind, answer }) => kind === 'svod' && answer === 'yes'),
  'omsorg-incapacity': ({ facts }, { organisation }) =>
    organisation.as === 'omsorgsgivare' &&
    facts.unableToConsent.some(({ kind }) => kind === 'lasting-incapacity'),
};

test('SVOD 3:7: no ground of staff holds without the conditions of its section', () => {
  check(
    fc.property(question, (asked) => {
      const decision = ask(asked);
      const commission = commissionOf(asked.caller);
      if (!decision.allowed || !commission || decision.reason === 'directory') return;
      expect(commission.purpose).toBe('Vård och behandling');
      expect(least[decision.reason]?.(asked, commission) ?? true).toBe(true);
    }),
  );
});

test('SVOD 2:3 and 3:5: what is blocked against others is never read by others, danger or not', () => {
  const always = { start: null, end: null };
  check(
    fc.property(question, (asked) => {
      const { custodian } = asked.row;
      const commission = commissionOf(asked.caller);
      if (!custodian || !commission || asked.row.patient === null || asked.row.type === 'Patient') return;
      if (custodian.hsaId === commission.organisation.hsaId && custodian.as === commission.organisation.as)
        return;
      const outerBlock = {
        reach: 'outer' as const,
        organisation: custodian,
        unit: null,
        information: always,
        excludedTypes: [],
        during: always,
        lifts: [],
      };
      const facts = { ...asked.facts, blocks: [...asked.facts.blocks, outerBlock] };
      expect(ask({ ...asked, facts }).allowed).toBe(false);
    }),
  );
});

test('PDL 5:5 and SVOD 4:2: neither the person nor a guardian sees what is kept from them', () => {
  check(
    fc.property(question, (asked) => {
      const user = asked.caller.kind === 'system' ? asked.caller.onBehalfOf : asked.caller;
      if (asked.row.patient === null || (user?.kind !== 'patient' && user?.kind !== 'guardian')) return;
      const { labels, internalNote, availableBy26 } = asked.row;
      if (labels.includes('NOPAT') || internalNote || availableBy26) expect(ask(asked).allowed).toBe(false);
    }),
  );
});
