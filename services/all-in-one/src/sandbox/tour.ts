/** Three commands to try on the demo story; shown at the start and at `/`. `base` is the FHIR base. */
export function tour(base: string): string {
  const fetch = (query: string) =>
    `curl -s -H "Authorization: Bearer $TOKEN" '${base}/${query}&_pretty=true'`;
  const aYearAgo = new Date(Date.now() - 365 * 86_400_000).toISOString().slice(0, 10);
  const elsewhere = base === 'http://localhost:8080/fhir' ? '' : `BASE_URL=${base} `;
  return `Try it from this folder in another terminal: who cares for Astrid, what is planned, what has happened?

  TOKEN=$(${elsewhere}npm run -s token -- ssk-hemsjukvard)
  ${fetch('CareTeam?patient=astrid-testberg')}
  ${fetch('CarePlan?patient=astrid-testberg&status=active')}
  ${fetch(`Encounter?patient=astrid-testberg&date=ge${aYearAgo}&_sort=-date`)}
`;
}

/** What `npm start` says when the sandbox is ready. `place` tells where the data is. */
export function welcome(base: string, place: string): string {
  const { origin } = new URL(base);
  return `
naravard is ready (sandbox: made-up data, tokens for anyone)

  FHIR R4    ${base}
  Personas   ${origin}/sandbox/personas
  Data       ${place}

${tour(base)}
Ctrl-C stops it; the data stays.`;
}
