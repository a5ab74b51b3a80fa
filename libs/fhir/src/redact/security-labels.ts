// http://hl7.org/fhir/R4/security-labels.html
import { Problem } from '../outcome.ts';
import { elementsOf, membersOf, skipSpace } from '../spans.ts';

/** Says that content was taken out of the resource. */
export const redactedLabel = 'http://terminology.hl7.org/CodeSystem/v3-ObservationValue|REDACTED';

/** The label of the Swedish base profiles for protected identity, where it is not known which of the two a person has. */
export const protectedIdentityLabel =
  'http://hl7.se/fhir/ig/base/CodeSystem/SecurityLabel|sekretessmarkering';

/**
 * The resource's text with the labels, written `system|code`, in meta.security; those that it has already are not
 * repeated, and it is returned as it is when it has all.
 */
export function withLabels(text: string, labels: readonly string[]): string {
  const members = membersOf(text, skipSpace(text, 0));
  const meta = members.find(({ name }) => name === 'meta');
  const inner = meta ? membersOf(text, meta.start) : [];
  const security = inner.find(({ name }) => name === 'security');
  const present = security
    ? elementsOf(text, security.start).map(({ start, end }) => text.slice(start, end))
    : [];
  const known = new Set(present.map((each) => labelOf(JSON.parse(each) as Label)));
  const added = [...new Set(labels)].filter((label) => !known.has(label)).map(codingOf);
  if (!added.length) return text;
  const list = `"security":[${[...present, ...added].join(',')}]`;
  const rest = inner.filter(({ name }) => name !== 'security').map(({ from, end }) => text.slice(from, end));
  const labelled = `"meta":{${[...rest, list].join(',')}}`;
  if (meta) return `${text.slice(0, meta.from)}${labelled}${text.slice(meta.end)}`;
  const others = members.map(({ from, end }) => text.slice(from, end));
  // resourceType and id lead, as in every text that is sent.
  const lead = members.findIndex(({ name }) => name !== 'resourceType' && name !== 'id');
  return `{${others.toSpliced(lead < 0 ? others.length : lead, 0, labelled).join(',')}}`;
}

interface Label {
  readonly system?: string;
  readonly code?: string;
}

const labelOf = ({ system = '', code = '' }: Label): string => `${system}|${code}`;

function codingOf(label: string): string {
  const bar = label.lastIndexOf('|');
  const system = label.slice(0, bar);
  return JSON.stringify({ ...(system && { system }), code: label.slice(bar + 1) });
}

/**
 * A resource that content was taken out of must not come back: what was hidden from the client would be lost.
 * @throws Problem 'business-rule' when `resource`, parsed and valid, is labelled REDACTED.
 */
export function refuseRedacted(resource: object): void {
  const { resourceType, meta } = resource as {
    resourceType?: string;
    meta?: { security?: readonly Label[] };
  };
  if (!meta?.security?.some((label) => labelOf(label) === redactedLabel)) return;
  throw new Problem('business-rule', {
    severity: 'error',
    expression: `${resourceType}.meta.security`,
    diagnostics:
      'The resource is labelled REDACTED: content that you may not see was taken out of it, and would be lost. Send one that you have whole, without the label.',
  });
}
