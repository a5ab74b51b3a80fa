import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { createServer, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { createTestApp, type TestApp, type TestRequest } from '@naravard/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bundle, careTeam, patient, post } from '../conformance/resources.ts';

let fhir: TestApp;
let trap: Server;
let url: string;
/** Requests that arrived where nobody should go. */
const fetched: string[] = [];
/** Sockets of this process, in which the service runs. */
const opened: Socket[] = [];
const note = (message: unknown) => void opened.push((message as { socket: Socket }).socket);

beforeAll(async () => {
  fhir = await createTestApp();
  trap = createServer((request, response) => {
    fetched.push(`${request.method} ${request.url}`);
    response.setHeader('content-type', 'application/fhir+json').end('{"resourceType":"Patient"}');
  });
  await new Promise<void>((done) => trap.listen(0, '127.0.0.1', done));
  url = `http://127.0.0.1:${(trap.address() as AddressInfo).port}`;
  subscribe('net.client.socket', note);
});
afterAll(async () => {
  unsubscribe('net.client.socket', note);
  trap.close();
  await fhir.close();
});

describe('attack 57: an address in a request is never gone to', () => {
  const xhtml = (inner: string) => `<div xmlns="http://www.w3.org/1999/xhtml">${inner}</div>`;
  const json = { type: 'application/json-patch+json' };

  const requests: [name: string, method: string, path: () => string, body?: () => TestRequest][] = [
    ['a reference', 'POST', () => '/CareTeam', () => ({ body: careTeam(`${url}/Patient/1`) })],
    [
      'a profile',
      'POST',
      () => '/Patient',
      () => ({ body: patient({ meta: { profile: [`${url}/profile`] } }) }),
    ],
    ['rules', 'POST', () => '/Patient', () => ({ body: patient({ implicitRules: `${url}/rules` }) })],
    [
      'a code system',
      'POST',
      () => '/Patient',
      () => ({ body: patient({ maritalStatus: { coding: [{ system: `${url}/codes`, code: 'x' }] } }) }),
    ],
    [
      'an extension',
      'POST',
      () => '/Patient',
      () => ({ body: patient({ extension: [{ url: `${url}/extension`, valueString: 'x' }] }) }),
    ],
    ['a photo', 'POST', () => '/Patient', () => ({ body: patient({ photo: [{ url: `${url}/photo` }] }) })],
    [
      'an image of a narrative',
      'POST',
      () => '/Patient',
      () => ({ body: patient({ text: { status: 'generated', div: xhtml(`<img src="${url}/pixel"/>`) } }) }),
    ],
    [
      'a link of a narrative',
      'POST',
      () => '/Patient',
      () => ({ body: patient({ text: { status: 'generated', div: xhtml(`<a href="${url}/link">x</a>`) } }) }),
    ],
    [
      'a conditional reference',
      'POST',
      () => '',
      () => ({ body: bundle('transaction', [post(careTeam(`${url}/Patient?name=x`))]) }),
    ],
    [
      'the address of an entry',
      'POST',
      () => '',
      () => ({
        body: bundle('batch', [
          { request: { method: 'GET', url: `${url}/Patient/1` } },
          { request: { method: 'GET', url: `//${new URL(url).host}/Patient/1` } },
        ]),
      }),
    ],
    [
      'the fullUrl of an entry',
      'POST',
      () => '',
      () => ({ body: bundle('transaction', [post(patient(), `${url}/Patient/1`)]) }),
    ],
    [
      'a value set',
      'POST',
      () => '/ValueSet',
      () => ({
        body: {
          resourceType: 'ValueSet',
          status: 'active',
          url: `${url}/set`,
          compose: { include: [{ valueSet: [`${url}/other`] }] },
        },
      }),
    ],
    [
      'a search parameter',
      'POST',
      () => '/SearchParameter',
      () => ({
        as: 'administrator',
        body: {
          resourceType: 'SearchParameter',
          url: `${url}/parameter`,
          derivedFrom: `${url}/base`,
          name: 'x',
          status: 'active',
          description: 'x',
          code: 'x-trap',
          base: ['Patient'],
          type: 'string',
          expression: 'Patient.name.family',
        },
      }),
    ],
    [
      'an endpoint',
      'POST',
      () => '/Endpoint',
      () => ({
        body: {
          resourceType: 'Endpoint',
          status: 'active',
          connectionType: { code: 'hl7-fhir-rest' },
          payloadType: [{ text: 'x' }],
          address: `${url}/endpoint`,
        },
      }),
    ],
    [
      'a subscription',
      'POST',
      () => '/Subscription',
      () => ({
        body: {
          resourceType: 'Subscription',
          status: 'requested',
          reason: 'x',
          criteria: 'Patient?',
          channel: { type: 'rest-hook', endpoint: `${url}/hook` },
        },
      }),
    ],
    [
      'a patch',
      'PATCH',
      () => '/Patient/trap',
      () => ({ body: [{ op: 'add', path: '/photo', value: [{ url: `${url}/photo` }] }], ...json }),
    ],
    ['a value set of a search', 'GET', () => `/Patient?gender:in=${url}/set`],
    ['a profile of a search', 'GET', () => `/Patient?_profile=${url}/profile`],
    ['a reference of a search', 'GET', () => `/CareTeam?subject=${url}/Patient/1`],
    ['a chain of a search', 'GET', () => `/CareTeam?subject:Patient.organization=${url}/Organization/1`],
    ['a list of a search', 'GET', () => `/Patient?_list=${url}/List/1`],
    ['a format', 'GET', () => `/Patient?_format=${url}/format`],
    ['an absolute request line', 'GET', () => `/${url}/Patient`],
  ];

  test.each(requests)('%s', async (_name, method, path, body) => {
    const before = opened.length;
    const answer = await fhir.ask(method, path(), body?.() ?? {});
    expect(answer.status, answer.text).toBeLessThan(500);
    if (answer.status === 201)
      await fhir.ask('GET', `/${answer.json.resourceType}/${answer.json.id}?_summary=true`);
    expect(fetched).toEqual([]);
    expect(await ports(opened.slice(before)), 'no socket but to the database').toEqual([]);
  });

  test.each([
    'host',
    'x-forwarded-host',
    'x-forwarded-for',
    'forwarded',
    'referer',
    'origin',
    'x-original-url',
    'x-wap-profile',
    'from',
    'via',
    'link',
  ])('the header %s', async (header) => {
    const before = opened.length;
    for (const as of ['journalsystem', null] as const)
      await fhir.ask('GET', '/Patient?_count=1', { as, headers: { [header]: `${url}/${header}` } });
    expect(fetched).toEqual([]);
    expect(await ports(opened.slice(before))).toEqual([]);
  });

  /** Where sockets have gone, the database apart. */
  async function ports(sockets: readonly Socket[]): Promise<number[]> {
    const database = Number(new URL(fhir.database.url).port);
    const connected = sockets.map(async (socket) => {
      if (socket.connecting) await new Promise((done) => socket.once('connect', done).once('close', done));
      return socket.remotePort ?? 0;
    });
    return (await Promise.all(connected)).filter((port) => port !== database);
  }
});
