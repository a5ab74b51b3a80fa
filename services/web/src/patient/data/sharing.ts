import type { PersonsView } from '../view.ts';
import { codeIn, type Resource, searchAll } from './bundle.ts';

export type Role = 'vardgivare' | 'omsorgsgivare';

/** An organisation that gives the person care or omsorg, with what the person has said to it. */
export interface Carer {
  /** `vardgivare.SE...`: names it in addresses and forms. */
  readonly key: string;
  readonly hsaId: string;
  readonly as: Role;
  readonly name: string;
  readonly units: readonly { readonly hsaId: string; readonly name: string }[];
  /** Date of the information before sharing (SVOD 2022:913 2 kap 2 §). */
  readonly informed: string | null;
  readonly answers: readonly Answer[];
  readonly blocks: readonly Block[];
}

/** An answer to a question on consent. */
export interface Answer {
  readonly kind: 'svod' | 'sip' | 'incapacity';
  readonly yes: boolean;
  /** HSA-id and name of the unit that it is for; null: the whole organisation. */
  readonly unit: { readonly hsaId: string; readonly name: string } | null;
  readonly since: string | null;
  readonly until: string | null;
}

export interface Block {
  /** Id of the Consent. */
  readonly id: string;
  readonly reach: 'inre' | 'yttre';
  /** Whose information; null: all of the organisation's. */
  readonly unit: string | null;
  readonly since: string | null;
}

/**
 * Those who give the person care or omsorg, and those to whom the person has said something: by who keeps the resources that
 * the person sees, which their Provenance tells. @throws ApiProblem
 */
export async function loadCarers(view: PersonsView): Promise<readonly Carer[]> {
  const about = (type: string, more = '') =>
    searchAll(
      view,
      `${type}?patient=${encodeURIComponent(view.user.patient)}${more}&_revinclude=Provenance:target&_count=100`,
    );
  const found = (
    await Promise.all([about('EpisodeOfCare'), about('CarePlan'), about('Consent', '&status=active')])
  ).flat();
  const keepers = keepersIn(found);
  const consents = found.filter(({ resourceType }) => resourceType === 'Consent');
  const named = await loadNames(view, [...idsIn(keepers, consents)]);
  const now = view.request.now.getTime();
  return [...groupedByKey(keepers)].map(([key, own]): Carer => {
    const stated = consents.filter((consent) => keepers.get(`Consent/${consent.id}`)?.key === key);
    const standing = stated.filter((consent) => stands(consent, now));
    const { hsaId, as } = own[0] as Keeper;
    return {
      key,
      hsaId,
      as,
      name: named.get(hsaId) ?? hsaId,
      units: unitsOf(own, hsaId, named),
      informed: standing.find((each) => codeIn(each.category?.[0]) === 'information')?.dateTime ?? null,
      answers: standing.flatMap((each) => answerOf(each, named)),
      blocks: standing.flatMap((each) => blockOf(each, named)),
    };
  });
}

interface Keeper {
  readonly key: string;
  readonly hsaId: string;
  readonly as: Role;
  readonly unit: string | null;
}

/** Who keeps each resource, by `Type/id`. */
function keepersIn(found: readonly Resource[]): Map<string, Keeper> {
  const keepers = new Map<string, Keeper>();
  for (const { resourceType, target, agent = [] } of found) {
    if (resourceType !== 'Provenance') continue;
    const by = (code: string) => agent.find(({ type }) => codeIn(type) === code);
    const hsaId = by('custodian')?.who?.identifier?.value;
    if (hsaId === undefined) continue;
    const as: Role =
      by('custodian')?.role?.[0]?.text?.toLowerCase() === 'omsorgsgivare' ? 'omsorgsgivare' : 'vardgivare';
    const unit = by('author')?.who?.identifier?.value ?? null;
    for (const { reference = '' } of target ?? []) {
      keepers.set(reference.replace(/\/_history\/.*$/, ''), { key: `${as}.${hsaId}`, hsaId, as, unit });
    }
  }
  return keepers;
}

function groupedByKey(keepers: ReadonlyMap<string, Keeper>): Map<string, Keeper[]> {
  const grouped = new Map<string, Keeper[]>();
  for (const keeper of keepers.values()) {
    grouped.set(keeper.key, [...(grouped.get(keeper.key) ?? []), keeper]);
  }
  return grouped;
}

function unitsOf(own: readonly Keeper[], organisation: string, named: ReadonlyMap<string, string>) {
  const ids = new Set(own.flatMap(({ unit }) => (unit === null || unit === organisation ? [] : [unit])));
  return [...ids]
    .map((hsaId) => ({ hsaId, name: named.get(hsaId) ?? hsaId }))
    .sort((one, other) => one.name.localeCompare(other.name, 'sv'));
}

function* idsIn(keepers: ReadonlyMap<string, Keeper>, consents: readonly Resource[]): Iterable<string> {
  for (const { hsaId, unit } of keepers.values()) {
    yield hsaId;
    if (unit !== null) yield unit;
  }
  for (const { provision } of consents) {
    for (const { reference } of provision?.actor ?? []) {
      if (reference?.identifier?.value) yield reference.identifier.value;
    }
  }
}

/** Names by HSA-id; the directory is open to everybody. */
async function loadNames(view: PersonsView, ids: readonly string[]): Promise<Map<string, string>> {
  const asked = [...new Set(ids)];
  if (asked.length === 0) return new Map();
  const found = await searchAll(
    view,
    `Organization?identifier=${asked.map(encodeURIComponent).join(',')}&_count=100`,
  );
  return new Map(
    found.flatMap(({ identifier = [], name }) =>
      identifier.flatMap(({ value }) => (value && name ? [[value, name] as const] : [])),
    ),
  );
}

function stands({ provision }: Resource, now: number): boolean {
  const end = provision?.period?.end;
  // A date as end is a whole day.
  return end === undefined || Date.parse(end) + (end.length === 10 ? 86_400_000 : 0) > now;
}

const actorIn = ({ provision }: Resource, role: string): string | undefined =>
  provision?.actor?.find((actor) => codeIn(actor.role) === role)?.reference?.identifier?.value;

const answerKinds = {
  'svod-samtycke': 'svod',
  'sip-samtycke': 'sip',
  'saknar-beslutsformaga': 'incapacity',
} as const;

function answerOf(consent: Resource, named: ReadonlyMap<string, string>): Answer[] {
  const code = codeIn(consent.category?.[0]) ?? '';
  if (!Object.hasOwn(answerKinds, code)) return [];
  const hsaId = actorIn(consent, 'enhet');
  return [
    {
      kind: answerKinds[code as keyof typeof answerKinds],
      yes: consent.provision?.type === 'permit',
      unit: hsaId === undefined ? null : { hsaId, name: named.get(hsaId) ?? hsaId },
      since: consent.provision?.period?.start ?? consent.dateTime ?? null,
      until: consent.provision?.period?.end ?? null,
    },
  ];
}

function blockOf(consent: Resource, named: ReadonlyMap<string, string>): Block[] {
  const code = codeIn(consent.category?.[0]);
  if (code !== 'sparr-inre' && code !== 'sparr-yttre') return [];
  const unit = actorIn(consent, 'informationsenhet');
  return [
    {
      id: consent.id,
      reach: code === 'sparr-inre' ? 'inre' : 'yttre',
      unit: unit === undefined ? null : (named.get(unit) ?? unit),
      since: consent.provision?.period?.start ?? consent.dateTime ?? null,
    },
  ];
}
