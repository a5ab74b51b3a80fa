import type { Schema } from './schemas.ts';

/** What holds for every operation is said once. */
const description = `FHIR R4 (4.0.1) for fasta kontakter, care plans and encounters across Swedish care providers.

**Who asks.** Every request below the FHIR base but \`/metadata\` and \`/.well-known/smart-configuration\` needs an access token of a configured issuer. Who may see what is decided by Swedish law for each resource: what is not yours to see answers as if it were not there.

**Formats.** JSON and XML, by \`Accept\` or \`_format\`, and by \`Content-Type\`. Numbers keep their digits in both.

**Methods.** \`HEAD\` is answered wherever \`GET\` is, without the body. Another method at a known address is answered \`405\` with \`Allow\`.

**Searching.** Parameters take modifiers (\`name:exact\`), chains (\`patient.identifier\`, \`_has:…\`) and prefixes (\`date=ge2026\`); unknown ones are refused unless \`Prefer: handling=lenient\`. Page on by the links of the answer.

**Writing.** \`If-Match\` with the \`ETag\` that was read; a \`412\` says which elements differ. \`If-None-Exist\` makes a create safe to repeat. The rules of care are at [/docs/rules](/docs/rules).

**Later.** \`Prefer: respond-async\` answers \`202\` with \`Content-Location\`: ask there until it is done.

**Refusals** are an OperationOutcome whose \`details.coding\` names the kind and whose \`diagnostics\` say what to do next.`;

/** https://spec.openapis.org/oas/v3.1.0#info-object */
export const info: Schema = {
  title: 'naravard',
  version: '0.1.0',
  description,
  license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
};
