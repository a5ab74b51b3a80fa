/** A JSON Schema (draft 2020-12). */
type Schema = Readonly<Record<string, unknown>>;

const text: Schema = { type: 'string' };
const flag: Schema = { type: 'boolean' };
const number: Schema = { type: 'number' };
const oneOf = (...codes: string[]): Schema => ({ type: 'string', enum: codes });
const orNull = (of: Schema): Schema => ({ anyOf: [of, { type: 'null' }] });
const list = (items: Schema): Schema => ({ type: 'array', items });
/** Names are added to it, so that others are no fault. */
const object = (
  properties: Readonly<Record<string, Schema>>,
  { description, optional = {} }: { description?: string; optional?: Readonly<Record<string, Schema>> } = {},
): Schema => ({
  type: 'object',
  ...(description && { description }),
  required: Object.keys(properties),
  properties: { ...properties, ...optional },
});

const maybe = orNull(text);
const texts = list(text);

const contact = object(
  {
    path: maybe,
    kind: oneOf('fast-kontakt', 'team', 'tjanst', 'reserv'),
    typ: maybe,
    name: text,
    who: text,
    uppdrag: maybe,
    value: text,
    answers: oneOf('nu', 'stangt', 'okant'),
    hours: text,
    remark: maybe,
  },
  { optional: { staffOnly: flag } },
);

const answer = { first: contact, thenList: list(contact), reason: text, ifNoAnswer: text };

const step = object({
  plan: text,
  level: text,
  sign: text,
  threshold: maybe,
  first: maybe,
  action: maybe,
  who: texts,
  contact: orNull(object({ name: text, number: text, hours: text })),
  call112: flag,
  ordination: flag,
});

const plannedContact = object({
  reference: text,
  kind: oneOf('fast-kontakt', 'team', 'tjanst'),
  type: maybe,
  title: text,
  name: text,
  uppdrag: maybe,
  unit: maybe,
  numbers: list(object({ system: text, value: text, hours: maybe, open: flag, checked: maybe })),
  flerLakarkontakter: flag,
});

const activity = object({ plan: text, text, who: texts, unit: maybe, huvudman: maybe, often: maybe });

const planInForce = object({
  reference: text,
  kind: maybe,
  kindName: text,
  title: text,
  description: maybe,
  unit: maybe,
  start: maybe,
  end: maybe,
  responsible: list(object({ role: text, name: text })),
  parts: list(object({ reference: text, title: text, unit: maybe, unitHsaId: maybe })),
  normal: list(object({ what: text, value: text })),
  limits: maybe,
});

const patientkontrakt = object({
  fastVardkontakt: list(plannedContact),
  overenskommelse: object({ own: list(activity), others: list(activity) }),
  overenskommenTid: list(
    object({ reference: text, title: text, start: text, end: maybe, who: texts, link: maybe }),
  ),
  sammanhallenPlan: object({
    plans: list(planInForce),
    goals: list(object({ reference: text, text, own: flag })),
    followUps: list(object({ plan: text, date: text, text, who: maybe })),
  }),
});

const patient = object({
  reference: text,
  name: maybe,
  born: maybe,
  protectedIdentity: flag,
  gender: maybe,
  phones: texts,
  address: orNull(object({ text, access: maybe })),
  languages: list(object({ text, interpreter: flag })),
  identity: maybe,
});

const recent = object({
  reference: text,
  title: text,
  start: text,
  end: maybe,
  unit: maybe,
  status: text,
  who: texts,
  note: maybe,
  link: maybe,
});

const note = object({
  reference: text,
  kind: oneOf('egen-anteckning', 'onskan-fast-kontakt', 'onskan-sip', 'onskan-andring', 'fel-nummer'),
  text,
  at: text,
  by: text,
  about: maybe,
});

const measurement = object({
  code: text,
  title: text,
  unit: text,
  low: orNull(number),
  high: orNull(number),
  values: list(object({ at: text, value: number })),
});

/** CompactPlan as JSON Schema, for clients in other languages; a test holds what is sent to it. */
export const planSchema: Schema = object(
  {
    patient,
    form: oneOf('patient', 'personal'),
    at: text,
    since: maybe,
    complete: flag,
    contactNow: object({ at: text, ...answer, danger: object({ value: text, text }) }),
    steps: list(step),
    patientkontrakt,
    changes: list(
      object({
        reference: text,
        kind: oneOf('ny', 'andrad', 'avslutad'),
        title: text,
        unit: maybe,
        when: text,
      }),
    ),
    relatives: list(
      object({ reference: text, name: text, relation: maybe, number: maybe, mayBeWoken: orNull(flag) }),
    ),
    attention: list(object({ reference: text, kind: text, text })),
    recent: list(recent),
    notes: list(note),
    done: list(object({ reference: text, plan: maybe, text, at: text, who: maybe })),
    measurements: list(measurement),
    cover: list(object({ from: text, to: text, answer: { type: 'integer', minimum: 0 } })),
    answers: list(object(answer)),
  },
  {
    description:
      'Everything that is planned round a person, and whom to call: names are added to it, never changed or taken away.',
  },
);
