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
  const atNight = `${new Date().getFullYear()}-12-24T03:00:00%2B01:00`;
  return `Try it from this folder in another terminal. This asks as one of the personas:

  ask() { who=$1 what=$2; shift 2; curl -s "$@" -H "Authorization: Bearer $(${elsewhere}npm run -s token -- $who)" \\
    -H 'Content-Type: application/fhir+json' "${base}/$what"; echo; }

Christmas Eve, three in the morning, and Astrid is short of breath: whom does she call? What does the night nurse need,
who has never met her? The last one is two pages to print:

  ask patient 'Patient/astrid-testberg/$vem-ringer-jag?at=${atNight}&_pretty=true'
  ask nattsjukskoterska 'Patient/astrid-testberg/$samordnad-plan?_pretty=true'
  ask nattsjukskoterska 'Patient/astrid-testberg/$samordnad-plan?_format=html' > /tmp/plan.html

It is made of what three organisations have written, each in its own record, and is plain FHIR:

  ask ssk-hemsjukvard 'CareTeam?patient=astrid-testberg&_pretty=true'
  ask ssk-hemsjukvard 'CarePlan?patient=astrid-testberg&status=active&_pretty=true'

Four refusals: a plan that nobody answers for at night does not come into force, and the answer says what it lacks;
a nurse without relation to Elis finds nothing; the hemtjänst has no nödöppning; the ward is answered as if the plan that
the psychiatry has blocked were not there:

  ask lakare-vardcentral 'CarePlan/astrid-behandlingsplan-3/$activate?_pretty=true' -d '{"resourceType":"Parameters"}'
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

const clients = (origin: string): string => `
  Nurse      ${origin}/nurse/      log in as Amir Nordin, the night nurse, and open Astrid
  Patient    ${origin}/patient/    log in as Astrid Testberg`;

/** What `npm start` says when the sandbox is ready. `place` tells where the data is, `web` whether there are clients. */
export function welcome(base: string, place: string, web: boolean): string {
  const { origin } = new URL(base);
  return `
naravard is ready (sandbox: made-up data, tokens for anyone)
${web ? clients(origin) : ''}
  FHIR R4    ${base}
  Personas   ${origin}/sandbox/personas
  Data       ${place}

${tour(base)}
Ctrl-C stops it; the data stays.`;
}
