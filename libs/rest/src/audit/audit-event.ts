import type { LogRow } from '@naravard/store';
import { agentsOf } from './agents.ts';
import { entitiesOf } from './entities.ts';
import { profileOf, shapeOf } from './interaction-shape.ts';
import { codesOf, explained, isByOpening, sectionOf, wordsOf } from './reason-words.ts';
import { statedTime } from './stated-time.ts';
import type { View } from './view.ts';

/**
 * A row of the audit as AuditEvent: what, when, from which unit or omsorgsgivare, who, whose data and why (HSLF-FS 2016:40
 * 4 kap 9 §), in the shapes of IHE BALP 1.1.4. https://profiles.ihe.net/ITI/BALP
 */
export function auditEvent(row: LogRow, view: View, base: string): object {
  const { id, at, interaction, outcome } = row;
  const profile = profileOf(row);
  const codes = codesOf(row.reason);
  return {
    resourceType: 'AuditEvent',
    id,
    meta: { versionId: '1', lastUpdated: at, ...(profile && { profile: [profile] }) },
    language: 'sv',
    type: {
      system: 'http://terminology.hl7.org/CodeSystem/audit-event-type',
      code: 'rest',
      display: 'Restful Operation',
    },
    subtype: subtypesOf(interaction),
    action: shapeOf(interaction).action,
    ...periodOf(row),
    recorded: at,
    outcome: String(outcome),
    ...(codes.length && { outcomeDesc: explained(codes, view.voice) }),
    ...purposeOf(row, codes, view),
    agent: agentsOf(row, view, base),
    source: sourceOf(base),
    entity: entitiesOf(row, view),
  };
}

/** The service itself writes its log. */
const sourceOf = (base: string) => ({
  site: new URL(base).host,
  observer: { identifier: { system: 'urn:ietf:rfc:3986', value: base }, display: 'naravard' },
  type: [
    {
      system: 'http://terminology.hl7.org/CodeSystem/security-source-type',
      code: '4',
      display: 'Application Server',
    },
  ],
});

const restful = 'http://hl7.org/fhir/restful-interaction';

/** An operation by its name as well, and a read made offline as what it is. */
function subtypesOf(interaction: string): object[] {
  const own = { system: 'https://naravard.se/fhir/CodeSystem/interaction', code: interaction };
  if (interaction === 'offline-read') return [{ system: restful, code: 'read' }, own];
  if (interaction.startsWith('$')) return [{ system: restful, code: 'operation' }, own];
  return [{ system: restful, code: interaction }];
}

/** When a read made offline took place, as its client told; `recorded` is when it told. */
function periodOf({ interaction, query }: LogRow): object {
  const at = interaction === 'offline-read' ? statedTime(query ?? '') : null;
  return at === null ? {} : { period: { start: at, end: at } };
}

const actReason = 'http://terminology.hl7.org/CodeSystem/v3-ActReason';

/** The purpose of the commission, and each ground of the decision by its code. */
function purposeOf({ purpose, actorKind, interaction }: LogRow, codes: readonly string[], view: View) {
  const isEmergency = interaction === '$nodoppning' || isByOpening(codes);
  const coded = [
    ...(purpose === 'Vård och behandling' ? [{ code: 'TREAT', display: 'treatment' }] : []),
    ...(actorKind === 'patient' ? [{ code: 'PATRQT', display: 'patient requested' }] : []),
    ...(isEmergency ? [{ code: 'BTG', display: 'break the glass' }] : []),
  ].map((coding) => ({ system: actReason, ...coding }));
  const purposes = [
    ...(coded.length || purpose
      ? [{ ...(coded.length && { coding: coded }), ...(purpose && { text: purpose }) }]
      : []),
    ...codes
      .filter((code) => sectionOf(code) !== undefined)
      .map((code) => ({
        coding: [{ system: 'https://naravard.se/fhir/CodeSystem/ground', code }],
        text: wordsOf(code, view.voice),
      })),
  ];
  return purposes.length ? { purposeOfEvent: purposes } : {};
}
