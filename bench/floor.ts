/**
 * The floor that the service is measured against: Fastify and pg doing the least that the operation could be, in one
 * statement where ours takes one. Started by bench/main.ts on a database of its own: node floor.ts PORT DATABASE_URL
 */
import { randomUUID } from 'node:crypto';
import Fastify from 'fastify';
import pg from 'pg';

const [port, url] = process.argv.slice(2);
const pool = new pg.Pool({ connectionString: url, max: 10, options: '-c jit=off' });

const setUp = `
create table if not exists bare (id text primary key, type text not null, patient text, starts timestamptz, body text not null)
  with (toast_tuple_target = 8160);
create index if not exists bare_patient on bare (patient, type, starts);
create table if not exists trace (at timestamptz not null default clock_timestamp(), actor text not null, patient text, target text not null);
`;
await pool.query(setUp);

const audited = (select: string) =>
  `with a as (insert into trace (actor, target) values ('bench', $1)) ${select}`;
const statements = {
  read: audited('select body from bare where id = $1'),
  patient: audited('select body from bare where patient = $1 and type = $2 limit 20'),
  sorted: audited(
    'select body from bare where patient = $1 and type = $2 and starts >= $3 order by starts desc limit 20',
  ),
  insert: 'insert into bare (id, type, patient, body) values ($1, $2, $3, $4)',
};
type Name = keyof typeof statements;
const run = (name: Name, values: unknown[], on: { query: pg.Pool['query'] } = pool) =>
  on.query({ name, text: statements[name], values });

interface Body {
  resourceType: string;
  subject?: { reference: string };
}
const patientOf = (body: Body) => body.subject?.reference.slice('Patient/'.length) ?? null;
const bundle = (rows: { body: string }[]) =>
  `{"resourceType":"Bundle","type":"searchset","entry":[${rows.map(({ body }) => `{"resource":${body}}`).join(',')}]}`;

const app = Fastify({ bodyLimit: 8 << 20 });
app.addContentTypeParser('application/fhir+json', { parseAs: 'string' }, (_request, body, done) =>
  done(null, JSON.parse(body as string)),
);

app.get<{ Params: { id: string } }>('/:type/:id', async (request, reply) => {
  const { rows } = await run('read', [request.params.id]);
  return reply.type('application/fhir+json').send(rows[0]?.body ?? '{}');
});

app.get<{ Params: { type: string }; Querystring: { patient: string; since?: string } }>(
  '/:type',
  async (request, reply) => {
    const { patient, since } = request.query;
    const { type } = request.params;
    const { rows } = since
      ? await run('sorted', [patient, type, since])
      : await run('patient', [patient, type]);
    return reply.type('application/fhir+json').send(bundle(rows));
  },
);

app.post<{ Body: Body }>('/:type', async (request, reply) => {
  const id = randomUUID();
  await run('insert', [id, request.body.resourceType, patientOf(request.body), JSON.stringify(request.body)]);
  return reply.code(201).type('application/fhir+json').send(JSON.stringify(request.body));
});

app.post<{ Body: { entry: { resource: Body }[] } }>('/', async (request, reply) => {
  const client = await pool.connect();
  try {
    await client.query('begin');
    for (const { resource } of request.body.entry) {
      await run(
        'insert',
        [randomUUID(), resource.resourceType, patientOf(resource), JSON.stringify(resource)],
        client,
      );
    }
    await client.query('commit');
  } finally {
    client.release();
  }
  return reply.type('application/fhir+json').send('{"resourceType":"Bundle","type":"transaction-response"}');
});

await app.listen({ port: Number(port), host: '127.0.0.1' });
