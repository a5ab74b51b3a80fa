/**
 * FHIR types as a patient would call them: the pronoun that goes with the word, and the word. What is not here is called
 * uppgifter.
 */
const types: Readonly<Record<string, readonly ['din' | 'ditt' | 'dina', string]>> = {
  AllergyIntolerance: ['dina', 'allergier'],
  Appointment: ['dina', 'bokade tider'],
  AuditEvent: ['din', 'logg över vilka som har läst'],
  CarePlan: ['din', 'vårdplan'],
  CareTeam: ['dina', 'fasta kontakter och ditt vårdteam'],
  Communication: ['dina', 'meddelanden'],
  Condition: ['dina', 'diagnoser'],
  Consent: ['dina', 'samtycken och spärrar'],
  DiagnosticReport: ['dina', 'undersökningssvar'],
  DocumentReference: ['dina', 'dokument'],
  Encounter: ['dina', 'besök och inläggningar'],
  EpisodeOfCare: ['dina', 'vårdrelationer och insatser'],
  Flag: ['dina', 'varningsmarkeringar'],
  Goal: ['dina', 'mål'],
  Immunization: ['dina', 'vaccinationer'],
  MedicationAdministration: ['dina', 'givna läkemedel'],
  MedicationDispense: ['dina', 'uthämtade läkemedel'],
  MedicationRequest: ['dina', 'läkemedelsordinationer'],
  MedicationStatement: ['din', 'läkemedelslista'],
  Observation: ['dina', 'mätvärden och provsvar'],
  Patient: ['dina', 'personuppgifter'],
  Procedure: ['dina', 'åtgärder'],
  Provenance: ['dina', 'uppgifter om vem som har skrivit'],
  QuestionnaireResponse: ['dina', 'svar på formulär'],
  RelatedPerson: ['dina', 'närstående'],
  ServiceRequest: ['dina', 'remisser och beställningar'],
  Task: ['dina', 'planerade åtgärder'],
};

const others: readonly ['dina', string] = ['dina', 'övriga uppgifter'];

/** `vårdplan` */
export const typeName = (type: string): string => (types[type] ?? others)[1].replace('ditt ', '');

/** `din vårdplan` to the person, `barnets vårdplan` and `patientens vårdplan` to others. */
function owned(type: string | null, voice: 'patient' | 'guardian' | 'staff'): string {
  const [pronoun, name] = (type === null ? undefined : types[type]) ?? others;
  if (voice === 'patient') return `${pronoun} ${name}`;
  return `${voice === 'guardian' ? 'barnets' : 'patientens'} ${name.replace('ditt ', '')}`;
}

/** What an interaction does, in the past tense. Operations are sentences of their own. */
const verbs: Readonly<Record<string, string>> = {
  read: 'läste',
  vread: 'läste',
  'offline-read': 'läste utan uppkoppling',
  'history-instance': 'läste ändringar i',
  'history-type': 'läste ändringar i',
  'history-system': 'läste ändringar i',
  'search-type': 'läste',
  'search-system': 'läste',
  create: 'skrev i',
  update: 'ändrade',
  patch: 'ändrade',
  delete: 'tog bort uppgifter i',
  transaction: 'skrev i',
  batch: 'skrev i',
};

const operations: Readonly<Record<string, string>> = {
  $nodoppning: 'gjorde en nödöppning',
  '$begar-havning': 'bad den som har spärrat att häva spärren',
  '$begarda-havningar': 'läste vad andra ber om att häva',
  $nodoppningar: 'granskade nödöppningar',
  $informera: 'antecknade att information är lämnad',
  $sparra: 'antecknade en spärr',
  '$hav-sparr': 'hävde en spärr',
  $sparrar: 'läste vilka spärrar som finns',
  '$avvikande-mening': 'antecknade en avvikande mening',
  $samtycke: 'antecknade samtycke',
  $meddelande: 'skrev ett meddelande',
  '$svod-status': 'frågade om det finns uppgifter hos andra',
  $match: 'slog upp personnumret',
  $merge: 'förde ihop två registreringar av personen',
  '$merge-preview': 'prövade att föra ihop två registreringar av personen',
  $atkomstlogg: 'läste loggen över vilka som har läst',
  '$logg-stickprov': 'kontrollerade loggen',
  $destroy: 'förstörde uppgifter efter beslut av IVO',
  '$fasta-kontakter': 'läste vilka de fasta kontakterna är',
  '$vem-ringer-jag': 'läste vem man ska ringa',
  '$samordnad-plan': 'läste den samordnade planen',
  '$samordnad-plan-offline': 'hämtade planen för att kunna läsa den utan uppkoppling',
  $export: 'hämtade uppgifter om många personer till en annan tjänst',
  $import: 'tog in uppgifter från en annan tjänst',
  $everything: 'läste allt som finns om personen eller planen',
  $validate: 'prövade en uppgift utan att spara den',
  $meta: 'läste märkningen av en uppgift',
  '$meta-add': 'ändrade märkningen av en uppgift',
  '$meta-delete': 'ändrade märkningen av en uppgift',
  $diff: 'läste ändringar i en uppgift',
  '$to-inera': 'hämtade en fast kontakt till en annan tjänst',
  $handover: 'lämnade över en fast kontakt till en annan person',
  $sign: 'signerade en behandlingsplan',
  $activate: 'satte en behandlingsplan i kraft',
  $revise: 'började på en ny version av en behandlingsplan',
  $acknowledge: 'antecknade att enheten känner till en behandlingsplan',
  '$kand-av': 'läste vilka som känner till en behandlingsplan',
  '$sip-inbjudan': 'bjöd in till en SIP (samordnad individuell plan)',
  '$sip-svar': 'svarade på en inbjudan till SIP',
  '$sip-mote': 'antecknade ett SIP-möte',
  '$sip-beslut': 'antecknade att en SIP är beslutad',
  '$sip-uppfoljning': 'antecknade en uppföljning av en SIP',
  '$sip-avslut': 'avslutade en SIP',
};

/** `läste din vårdplan och dina mål; ändrade din vårdplan` */
export function doings(
  done: readonly (readonly [interaction: string, type: string | null])[],
  voice: 'patient' | 'guardian' | 'staff',
): string {
  const byVerb = new Map<string, Set<string>>();
  const sentences = new Set<string>();
  for (const [interaction, type] of done) {
    const verb = verbs[interaction];
    if (verb === undefined) sentences.add(operations[interaction] ?? 'använde en tjänst');
    else byVerb.set(verb, (byVerb.get(verb) ?? new Set()).add(owned(type, voice)));
  }
  return [...sentences, ...[...byVerb].map(([verb, what]) => `${verb} ${listed([...what])}`)].join('; ');
}

function listed(words: readonly string[]): string {
  const last = words.at(-1) ?? '';
  return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} och ${last}`;
}
