/** What a nödöppning must state (SVOD 2022:913 3 kap. 6 §). */
const opening = JSON.stringify({
  resourceType: 'Parameters',
  parameter: [
    { name: 'reason', valueString: 'Medvetslös i hemmet, svår andnöd' },
    { name: 'dangerStated', valueBoolean: true },
    { name: 'relationAttested', valueBoolean: true },
  ],
});

/** Commands to try on the demo story; shown at the start and at `/`. `base` is the FHIR base. */
export function tour(base: string): string {
  const elsewhere = base === 'http://localhost:8080/fhir' ? '' : `BASE_URL=${base} `;
  const aYearAgo = new Date(Date.now() - 365 * 86_400_000).toISOString().slice(0, 10);
  return `Try it from this folder in another terminal. This asks as one of the personas:

  ask() { who=$1 what=$2; shift 2; curl -s "$@" -H "Authorization: Bearer $(${elsewhere}npm run -s token -- $who)" \\
    -H 'Content-Type: application/fhir+json' "${base}/$what"; echo; }

Who cares for Astrid, what is planned, what has happened? Her nurse sees what three organisations have written:

  ask ssk-hemsjukvard 'CareTeam?patient=astrid-testberg&_pretty=true'
  ask ssk-hemsjukvard 'CarePlan?patient=astrid-testberg&status=active&_pretty=true'
  ask ssk-hemsjukvard 'Encounter?patient=astrid-testberg&date=ge${aYearAgo}&_sort=-date&_pretty=true'

Three denials: a nurse without relation to Elis finds nothing; the hemtjänst has no nödöppning; the ward is answered as
if the plan that the psychiatry has blocked were not there:

  ask ssk-hemsjukvard 'CarePlan?patient=elis-testberg&_pretty=true'
  ask usk-hemtjanst 'Patient/astrid-testberg/$nodoppning?_pretty=true' -d '${opening}'
  ask lakare-slutenvard 'CarePlan/astrid-psykiatri-plan?_pretty=true'

In danger to life: the ambulance, which nobody knew would come, opens what its own region has
and what other organisations share, for an hour. Astrid sees who, when and why:

  ask ambulans 'CarePlan?patient=astrid-testberg&_pretty=true'
  ask ambulans 'Patient/astrid-testberg/$nodoppning?_pretty=true' -d '${opening}'
  ask ambulans 'CarePlan?patient=astrid-testberg&_pretty=true'
  ask patient 'Patient/astrid-testberg/$atkomstlogg?_pretty=true'
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
