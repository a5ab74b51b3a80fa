import { liftGroundCodes, systems } from '../codes.ts';
import { codesOf } from '../elements.ts';
import { limited, limitsOf } from '../limits.ts';
import { notSo, notYours } from '../refusal.ts';
import { fact, idIn } from '../stating.ts';
import { namedIn } from './named.ts';
import { type Consent, type ConsentFacts, type ConsentStating, isVardgivare } from './shape.ts';

type Ground = keyof typeof liftGroundCodes;

/**
 * PDL (2008:355) 4 kap. 5 §, SVOD (2022:913) 2 kap. 3 § and 3 kap. 5 §: a spärr of the own organisation is lifted for one
 * unit, or one person there, for a time. `author` is the authorised officer, null when it was not one: an inner spärr is
 * lifted by an officer alone, and so is an outer one without the person's wish. That the block is of the same organisation
 * is seen where facts are put together (facts-of.ts), for a lift of another's block lifts nothing.
 */
export const lift: ConsentFacts = (consent, stating) => {
  const { organisation, patient, writer } = stating;
  const ground = groundOf(consent);
  const types = relevantTypes(consent);
  const officer = writer.kind === 'staff' && writer.rights.includes('block-officer');
  if (ground === 'blocker' && !officer) throw forOfficers('SVOD 2022:913 3 kap. 5 §');
  if (ground === 'indispensable') checkIndispensable(officer, types, stating);
  const about = idIn(consent.sourceReference, 'Consent', stating);
  if (about === null) throw notSo('Consent.sourceReference', 'Name the spärr that is lifted, as Consent/id.');
  const { enhet, medarbetare } = namedIn(consent, ['enhet', 'medarbetare']);
  if (enhet === undefined) {
    throw notSo(
      'Consent.provision.actor',
      'Name the unit that the spärr is lifted for, with the role enhet.',
    );
  }
  const during = limitsOf(consent.provision?.period, 'Consent.provision.period');
  return [
    fact('lift', stating, patient, {
      organisation,
      unit: enhet,
      person: medarbetare ?? null,
      during: limited('lift', during, 'Consent.provision.period'),
      types,
      about,
      value: ground,
      author: officer ? writer.id : null,
    }),
  ];
};

function groundOf({ policyRule }: Consent): Ground {
  const [code = '', ...more] = codesOf(policyRule && [policyRule], systems.liftGround);
  if (more.length === 0 && isGround(code)) return code;
  throw notSo(
    'Consent.policyRule',
    `Say why it is lifted, with one code of ${systems.liftGround}: ${Object.keys(liftGroundCodes).join(', ')}.`,
  );
}

const isGround = (code: string): code is Ground => Object.hasOwn(liftGroundCodes, code);

const forOfficers = (section: string) =>
  notYours(
    'Consent',
    `Without the person's wish a spärr is lifted by an authorised officer: ask one of your organisation (${section}).`,
  );

/** Without consent, what is indispensable only: an officer of a vårdgivare says which data, and none else are shown. */
function checkIndispensable(officer: boolean, types: readonly string[], stating: ConsentStating): void {
  const section = 'PDL 2008:355 4 kap. 5 §';
  if (!isVardgivare(stating)) {
    throw notSo(
      'Consent.policyRule',
      `A spärr of an omsorgsgivare is not lifted without the person's wish (${section}).`,
    );
  }
  if (!officer) throw forOfficers(section);
  if (types.length > 0) return;
  throw notSo(
    'Consent.provision.class',
    `Name the types of resources that are relevant, with codes of ${systems.resourceTypes} (${section}).`,
  );
}

function relevantTypes({ provision }: Consent): string[] {
  const classes = provision?.class ?? [];
  const codes = classes.flatMap(({ system, code }) =>
    system === systems.resourceTypes && code !== undefined ? [code] : [],
  );
  if (codes.length === classes.length) return [...new Set(codes)];
  throw notSo('Consent.provision.class', `Give types of resources, with codes of ${systems.resourceTypes}.`);
}
