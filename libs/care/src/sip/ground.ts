/** A fact about a patient, as access keeps it, with the resource (`Consent/id`) that states it. */
export interface SaidFact {
  readonly kind: string;
  readonly organisation: string | null;
  readonly unit: string | null;
  readonly person: string | null;
  readonly during: { readonly start: string | null; readonly end: string | null };
  readonly value: string | null;
  readonly source: string;
}

/** Who asks: key of the legal actor, HSA-ids of unit and person. */
export interface SipAsker {
  readonly organisation: string;
  readonly unit: string;
  readonly person: string;
}

/** On what a SIP is made, and the Consent (`Consent/id`) that says so. */
export interface SipGround {
  readonly kind: 'samtycke' | 'kan-inte-ta-stallning' | 'barn';
  readonly source: string;
}

/**
 * The ground for a SIP at an instant (LUS 2017:612 4 kap. 2 §, HSL 2017:30 16 kap. 4 §): the person's yes to it, given to the
 * asker's organisation; or, for who cannot answer, that organisation's documented finding that the person lastingly cannot
 * take a stand, or that a child cannot consent, as SVOD (2022:913) 3 kap. 1 and 3-4 §§ has it. A no that stands outweighs all
 * of them. A guardian's yes for a child is a yes, taken down by the staff.
 */
export function sipGround(facts: readonly SaidFact[], asker: SipAsker, at: string): SipGround | undefined {
  const own = facts.filter((fact) => fact.organisation === asker.organisation && holdsAt(fact, at));
  const reaching = own.filter(
    ({ unit, person }) =>
      (unit === null || unit === asker.unit) && (person === null || person === asker.person),
  );
  if (reaching.some(({ kind }) => kind === 'sip-no')) return undefined;
  const yes = reaching.find(({ kind }) => kind === 'sip-yes');
  if (yes) return { kind: 'samtycke', source: yes.source };
  const limited = own.filter(({ during }) => during.end !== null);
  const unable = limited.find(({ kind }) => kind === 'incapacity');
  if (unable) return { kind: 'kan-inte-ta-stallning', source: unable.source };
  const child = isChild(facts, at) ? limited.find(({ kind }) => kind === 'child-unable') : undefined;
  return child && { kind: 'barn', source: child.source };
}

const holdsAt = ({ during: { start, end } }: SaidFact, at: string): boolean =>
  (start === null || start <= at) && (end === null || at < end);

/** Not yet 18, in whole days; a birth date that is not known to the day is no child's. */
function isChild(facts: readonly SaidFact[], at: string): boolean {
  const born = facts.find(({ kind }) => kind === 'born')?.value;
  if (!born) return false;
  return at.slice(0, 10) < `${Number(born.slice(0, 4)) + 18}${born.slice(4)}`;
}
