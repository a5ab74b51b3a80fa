import { Problem } from '@naravard/fhir';
import type { SpotReason } from '@naravard/store';
import type { Interaction, Pair } from '../call.ts';
import { checkScopes } from '../operations/callers.ts';
import { limitOf } from './access-log.ts';
import { auditEvent } from './audit-event.ts';
import { isReviewer } from './audit-reader.ts';
import { countOf } from './search-parameters.ts';
import { viewOf } from './view.ts';

/**
 * `GET $logg-stickprov?start=&end=&n=`: accesses of the own legal actor that are worth a look, for the log reviewer
 * (PDL 4 kap 3 §, SVOD 4 kap 4 §; HSLF-FS 2016:40 4 kap 9 §: systematic and recurring). A finding is a question, not a fault.
 * Parameters: a `finding` with its `reason`s and the AuditEvent as `event`, and what could not be looked at as `missing`.
 */
export const spotCheckReport: Interaction = {
  name: '$logg-stickprov',
  method: 'GET',
  route: '/$logg-stickprov',
  async handle(engine, { context, query }) {
    const { actor } = context;
    if (!isReviewer(actor)) {
      throw new Problem(
        'forbidden',
        'Only who has the task to check the log may do this. Bara den som har uppdraget att granska loggen får göra detta.',
      );
    }
    checkScopes(actor, 'AuditEvent', 's');
    const { organisation } = actor;
    const { start, end, count } = askedOf(query, Date.now());
    const asked = new URLSearchParams({ start, end, n: String(count) }).toString();
    const found = await engine.store.auditLog.spotCheck(
      { ...context, query: asked },
      { organisation, start, end, count },
    );
    const parameter = [
      { name: 'period', valuePeriod: { start, end } },
      { name: 'accesses', valueInteger: found.accesses },
      ...found.findings.map(({ row, reasons }) =>
        findingPart(
          auditEvent(row, viewOf({ kind: 'reviewer', organisation }, row, true), engine.base),
          reasons,
        ),
      ),
      ...found.cut.map((reason) => ({ name: 'cut', valueCode: reason })),
      ...missing.map((text) => ({ name: 'missing', valueString: text })),
    ];
    return {
      status: 200,
      body: JSON.stringify({ resourceType: 'Parameters', language: 'sv', parameter }),
    };
  },
};

const findingPart = (event: object, reasons: readonly SpotReason[]) => ({
  name: 'finding',
  part: [
    ...reasons.map((reason) => ({ name: 'reason', valueCode: reason })),
    { name: 'text', valueString: reasons.map((reason) => sentences[reason]).join(' ') },
    { name: 'event', resource: event },
  ],
});

const sentences: Readonly<Record<SpotReason, string>> = {
  random: 'Slumpvis vald.',
  emergency: 'Nödöppning eller läsning med stöd av en nödöppning.',
  'own-record': 'Läsaren är själv patienten.',
  'same-family-name': 'Läsaren och patienten har samma efternamn.',
  'same-address': 'Läsaren och patienten har samma adress.',
  colleague: 'Patienten arbetar på läsarens enhet.',
  'no-care-contact':
    'Enheten har ingen vårdkontakt, bokad tid, anteckning eller ny vårdrelation för patienten inom 30 dagar före eller efter.',
};

/** What no data here can tell. */
const missing: readonly string[] = [
  'Efternamn, adress och personnummer jämförs bara för personal som finns i katalogen (Practitioner) med dessa uppgifter; släktskap i övrigt är inte känd.',
  'Personer med skyddade personuppgifter jämförs inte på namn och adress.',
  'Kollegor känns igen bara om deras Practitioner har personnummer och en PractitionerRole vid enheten.',
];

const day = 86_400_000;
const longest = 92;

function askedOf(pairs: readonly Pair[], now: number): { start: string; end: string; count: number } {
  const asked = { start: '', end: new Date(now).toISOString(), count: 20 };
  for (const [name, value] of pairs) {
    if (name === 'n') asked.count = countOf(value, 200);
    else if (name === 'start') asked.start = limitOf(name, value).start;
    else if (name === 'end') asked.end = limitOf(name, value).end;
    else throw new Problem('unknown-parameter', 'A spot check knows start, end and n alone.');
  }
  if (!asked.start) asked.start = new Date(Date.parse(asked.end) - 7 * day).toISOString();
  const length = Date.parse(asked.end) - Date.parse(asked.start);
  if (length <= 0) throw new Problem('bad-request', 'end must be after start.');
  if (length > longest * day) {
    throw new Problem('too-costly', `Ask for at most ${longest} days at a time.`);
  }
  return asked;
}
