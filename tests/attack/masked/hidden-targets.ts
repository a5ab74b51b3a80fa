import { plan, visit } from '../access-world.ts';

interface Resource {
  readonly resourceType: string;
  readonly id: string;
}

/** What open resources refer to. */
interface Targets {
  readonly visit: string;
  readonly plan: string;
  readonly author: string;
  readonly focus: string;
  readonly task: string;
  readonly doc: string;
  readonly note: string;
  readonly kin: string;
  readonly link: string;
  readonly word: string;
  /** Stands within the reference to the visit. */
  readonly by?: string;
}

export const hiddenHere: Targets = {
  visit: 'Encounter/h-visit',
  plan: 'CarePlan/h-plan',
  author: 'CareTeam/h-team',
  focus: 'Device/h-device',
  task: 'Encounter/z-next',
  doc: 'DocumentReference/h-doc',
  note: 'Binary/h-note',
  kin: 'RelatedPerson/h-kin',
  link: 'RelatedPerson/h-kin',
  word: 'hemligt',
  by: 'Organization/enheten',
};

/**
 * Others of the kind, which sort on the other side of what is not hidden; of other kinds where a reference may lead to
 * several; and such as were never there.
 */
export const hiddenThere: Targets = {
  visit: 'Encounter/z-next',
  plan: 'CarePlan/h-none',
  author: 'RelatedPerson/h-kin',
  focus: 'Encounter/h-visit',
  task: 'CarePlan/h-plan',
  doc: 'DocumentReference/h-none',
  note: 'Binary/h-none',
  kin: 'RelatedPerson/h-none',
  link: 'Person/h-none',
  word: 'lönnligt',
};

const subject = { reference: 'Patient/p1' };
const kept = { security: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'NOPAT' }] };
const code = { coding: [{ system: 'urn:c', code: 'x' }] };

/** Of the psychiatry: blocked, and kept from the person. */
export const hidden: readonly Resource[] = [
  visit('h-visit', 'p1'),
  visit('z-next', 'p1'),
  plan('h-plan', 'p1'),
  { resourceType: 'CareTeam', id: 'h-team', status: 'active', subject },
  { resourceType: 'Device', id: 'h-device', patient: subject },
  {
    resourceType: 'DocumentReference',
    id: 'h-doc',
    status: 'current',
    subject,
    content: [{ attachment: { contentType: 'text/plain' } }],
  },
  { resourceType: 'RelatedPerson', id: 'h-kin', patient: subject },
].map((each) => ({ ...each, meta: kept })) as unknown as Resource[];

const narrative = (word: string) => ({
  status: 'generated',
  div: `<div xmlns="http://www.w3.org/1999/xhtml">Plan, ${word}</div>`,
});

/** Of the vårdcentral, and seen by all who are asked about. */
export function open({ word, by, ...to }: Targets): Resource[] {
  const reference = (key: keyof typeof to) => ({ reference: to[key], display: word });
  const encounter = {
    ...reference('visit'),
    ...(by && { extension: [{ url: 'urn:by', valueReference: { reference: by } }] }),
    identifier: { system: 'urn:test', value: to.visit.split('/')[1] },
  };
  return [
    plan('o-plan', 'p1', {
      text: narrative(word),
      encounter,
      author: reference('author'),
      partOf: [reference('plan')],
      supportingInfo: [reference('focus')],
    }),
    plan('o-other', 'p1', { encounter: { reference: 'Encounter/p1-visit' } }),
    // What it refers to has no parameter.
    plan('o-inside', 'p1', { text: narrative(word), supportingInfo: [reference('visit')] }),
    visit('o-visit', 'p1', { partOf: encounter, text: narrative(word) }),
    {
      resourceType: 'Observation',
      id: 'o-obs',
      status: 'final',
      code,
      subject,
      encounter,
      focus: [reference('focus')],
    },
    {
      resourceType: 'DocumentReference',
      id: 'o-doc',
      status: 'current',
      subject,
      relatesTo: [{ code: 'replaces', target: reference('doc') }],
      content: [{ attachment: { url: to.note } }],
      context: { encounter: [encounter], related: [reference('plan')] },
    },
    {
      resourceType: 'List',
      id: 'o-list',
      status: 'current',
      mode: 'working',
      subject,
      encounter,
      entry: [{ item: reference('plan') }, { item: reference('visit') }],
    },
    {
      resourceType: 'Task',
      id: 'o-task',
      status: 'requested',
      intent: 'order',
      for: subject,
      focus: reference('task'),
      basedOn: [reference('plan')],
    },
    {
      resourceType: 'Communication',
      id: 'o-said',
      status: 'completed',
      subject,
      recipient: [reference('kin')],
      about: [reference('task')],
    },
    { resourceType: 'Person', id: 'o-person', link: [{ target: subject }, { target: reference('link') }] },
  ] as Resource[];
}

const parameter = (name: string, type: string, expression: string) => ({
  resourceType: 'SearchParameter',
  url: `http://example.org/SearchParameter/${name}`,
  name: name.replace('-', ''),
  status: 'active',
  description: name,
  code: name,
  base: ['CarePlan'],
  type,
  expression,
});

/** They read what stands within a reference. */
export const customParameters = [
  parameter('encounter-name', 'string', 'CarePlan.encounter.display'),
  parameter('encounter-number', 'token', 'CarePlan.encounter.identifier'),
  parameter('encounter-by', 'reference', "CarePlan.encounter.extension('urn:by').value"),
];
