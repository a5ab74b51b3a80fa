import { extensions, systems } from '@naravard/care';
import type { PersonaId, TestResponse } from '@naravard/testkit';
import { contact, createContactWorld } from '../flows/contact-world.ts';
import { astrid, parameters, value } from '../law/operations/world.ts';

export const doctor: PersonaId = 'lakare-vardcentral';
/** At another vårdgivare, with relation and consent. */
export const nurse: PersonaId = 'ssk-hemsjukvard';

export const OFFICE = '010-111 11 11';
/** For the staff alone. */
export const NIGHT_DOCTOR = '010-999 99 99';

const staffNumbers = {
  text: { status: 'additional', div: `<div xmlns="http://www.w3.org/1999/xhtml">${NIGHT_DOCTOR}</div>` },
  telecom: [
    { system: 'phone', value: OFFICE },
    {
      system: 'phone',
      value: NIGHT_DOCTOR,
      extension: [{ url: extensions.malgrupp, valueCode: 'personal' }],
    },
  ],
};

const access = 'https://naravard.se/fhir/CodeSystem/access';
const actCode = 'http://terminology.hl7.org/CodeSystem/v3-ActCode';

export const withLabels = (code: 'NOPAT' | 'DEMO' | 'outside-svod', over: object = {}): object => ({
  meta: { security: [{ system: code === 'outside-svod' ? access : actCode, code }] },
  ...over,
});

export const draft = (over: object = {}): object => ({
  resourceType: 'CarePlan',
  status: 'draft',
  intent: 'plan',
  title: 'Behandlingsplan',
  category: [
    {
      coding: [
        { system: systems.ownPlanType, code: 'behandlingsplan' },
        { system: systems.planType, code: 'VP' },
      ],
    },
  ],
  subject: { reference: `Patient/${astrid}` },
  ...over,
});

export const invitation = {
  samordnare: { reference: 'PractitionerRole/omar-lind' },
  inbjuden: [{ reference: 'Organization/hemsjukvarden-soder' }],
};

export interface Asked {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly body?: object;
}

/** The operations on a patient, a contact, a behandlingsplan and a SIP, by ids. */
export const operationsOn = (of: { patient: string; team: string; plan: string; sip: string }): Asked[] => {
  const get = (path: string): Asked => ({ method: 'GET', path });
  const post = (path: string, sent: Parameters<typeof parameters>[0] = {}): Asked => ({
    method: 'POST',
    path,
    body: parameters(sent),
  });
  return [
    get(`/Patient/${of.patient}/$fasta-kontakter`),
    get(`/Patient/${of.patient}/$vem-ringer-jag`),
    get(`/Patient/${of.patient}/$samordnad-plan`),
    get(`/CareTeam/${of.team}/$to-inera`),
    get(`/CarePlan/${of.plan}/$kand-av`),
    post(`/CareTeam/${of.team}/$handover`, {
      to: { reference: 'PractitionerRole/lena-falk' },
      reason: 'Byte',
    }),
    post(`/CarePlan/${of.plan}/$sign`, { version: 1 }),
    post(`/CarePlan/${of.plan}/$activate`),
    post(`/CarePlan/${of.plan}/$revise`),
    post(`/CarePlan/${of.plan}/$acknowledge`, { version: 1 }),
    post(`/Patient/${of.patient}/$sip-inbjudan`, invitation),
    post(`/CarePlan/${of.sip}/$sip-svar`, { svar: 'accepterad' }),
    post(`/CarePlan/${of.sip}/$sip-mote`, { narvarande: { reference: `Patient/${astrid}` } }),
    post(`/CarePlan/${of.sip}/$sip-beslut`),
    post(`/CarePlan/${of.sip}/$sip-avslut`, { orsak: 'flytt' }),
  ];
};

/** Astrid has a contact, with numbers for the staff alone too, a draft of a plan and an invitation to a SIP. */
export async function createCareWorld() {
  const contacts = await createContactWorld();
  const { world } = contacts;
  await world.operate('$samtycke', { answer: 'ja', scope: 'organisation' }, nurse);
  await world.operate('$samtycke', { answer: 'ja', kind: 'sip', form: 'muntligt' }, doctor);
  const team = await contacts.appointed(contact(astrid, 'omar-lind', '2', withLabels('DEMO', staffNumbers)));
  const plan = (await world.send(draft(), doctor)).slice('CarePlan/'.length);
  const invited = await world.operate('$sip-inbjudan', invitation, doctor);
  const { reference } = value(invited.json.parameter, 'plan') as { reference: string };
  const sip = reference.slice('CarePlan/'.length);

  const as = async (
    persona: PersonaId,
    { method, path, body }: Asked,
    claims: Record<string, unknown> = {},
  ): Promise<TestResponse> =>
    world.api.ask(method, path, {
      as: null,
      headers: { authorization: `Bearer ${await world.api.issuer.token(persona, claims)}` },
      ...(body && { body }),
    });
  return { ...contacts, team, plan, sip, as };
}
