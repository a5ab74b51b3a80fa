import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { algorithms } from '@naravard/rest';
import { z } from 'zod';
import { CannotStart } from './cannot-start.ts';
import { certificateFaults } from './certificate.ts';
import { networks, origins } from './network-values.ts';
import { referenceVariables } from './reference-settings.ts';
import { sealingVariables } from './sealing.ts';
import { misspelt } from './variable-names.ts';
import { webFaults, webVariables } from './web-settings.ts';

const checkout = fileURLToPath(new URL('../../..', import.meta.url));

const services = ['care-team', 'care-plan', 'encounter', 'record'] as const;

const whole = (least: number, most: number) => z.coerce.number().int().min(least).max(most);
const flag = z.enum(['true', 'false']).transform((text) => text === 'true');
const httpUrl = z.url({ protocol: /^https?$/ });

const json = z.string().transform((text, context): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    context.addIssue({ code: 'custom', message: 'is not JSON' });
    return z.NEVER;
  }
});

const words = z.array(z.string().min(1)).min(1);

const issuers = json.pipe(
  z.array(
    z.strictObject({
      issuer: z.string().min(1),
      jwks: httpUrl,
      audience: z.string().min(1).optional(),
      algorithms: z.array(z.enum(algorithms)).min(1).optional(),
      clients: words.optional(),
      kinds: z
        .array(z.enum(['staff', 'patient', 'guardian', 'system', 'administrator']))
        .min(1)
        .optional(),
      scopes: z.enum(['required', 'optional']).optional(),
    }),
  ),
);

const authorizationServer = json.pipe(
  z.strictObject({
    issuer: z.string().min(1),
    tokenEndpoint: httpUrl,
    authorizationEndpoint: httpUrl.optional(),
    jwksUri: httpUrl.optional(),
    introspectionEndpoint: httpUrl.optional(),
    revocationEndpoint: httpUrl.optional(),
    grantTypes: words,
    authMethods: words,
    signingAlgorithms: words,
    scopes: words,
    capabilities: z.array(z.string().min(1)),
  }),
);

/** What docs/configuration.md says of a variable; `secret` ones are never printed and may come by file. */
export interface VariableNote {
  about: string;
  default: string;
  secret?: boolean;
}

/** Every variable the service reads; nothing else reads the environment. `npm run print-config` shows the result. */
export const variables = {
  MODE: z.enum(['sandbox', 'production']).default('sandbox').meta({
    about:
      '`sandbox` migrates the database, loads demo data and issues test tokens to anyone. `production` does none of these, and needs `DATABASE_URL`, `ISSUERS`, `BASE_URL`, `PAGE_KEY` and `SEAL_KEY`. It must be set where a `BASE_URL` of HTTPS or a `HOST` beyond this machine is, and be `production` where `ISSUERS` is.',
    default: 'sandbox',
  }),
  PORT: whole(1, 65_535).default(8080).meta({ about: 'TCP port of the HTTP server.', default: '8080' }),
  HOST: z
    .string()
    .min(1)
    .optional()
    .meta({ about: 'Address to listen on.', default: '`localhost` in the sandbox, `0.0.0.0` in production' }),
  BASE_URL: httpUrl
    .transform((url) => url.replace(/\/+$/, ''))
    .optional()
    .meta({
      about: 'Public address of the FHIR base, as clients see it; links and references are made from it.',
      default: '`http://localhost:PORT/fhir` in the sandbox',
    }),
  MOUNT: z
    .string()
    .transform((text) => text.split(',').map((name) => name.trim()))
    .pipe(z.array(z.enum(services)).min(1))
    .optional()
    .meta({
      about:
        'Modules whose routes this process serves, separated by commas: `care-team`, `care-plan`, `encounter`, `record`. The rules of all are loaded. Processes that share their data need one `DATABASE_URL`; without it, a sandbox has an embedded database of its own.',
      default: 'all',
    }),
  DATA_DIR: z.string().min(1).default('data').meta({
    about: 'Folder of the embedded database and of the keys of the sandbox. Relative to the checkout.',
    default: '`data`',
  }),
  DATABASE_URL: z
    .url({ protocol: /^postgres(ql)?$/ })
    .optional()
    .meta({
      about:
        'PostgreSQL 16 or later: `postgres://user:password@host:port/database`. The user owns the schema (`npm run migrate`, sandbox) or is a member of `naravard_service`.',
      default: 'an embedded PostgreSQL 18 in the sandbox',
      secret: true,
    }),
  DATABASE_CONNECTIONS: whole(1, 500)
    .default(10)
    .meta({ about: 'Connections of this process.', default: '10' }),
  STATEMENT_TIMEOUT_MS: whole(100, 600_000)
    .default(10_000)
    .meta({ about: 'Milliseconds before the database gives up a statement.', default: '10000' }),
  ROW_LEVEL_SECURITY: z.enum(['on', 'off']).default('off').meta({
    about:
      'Whether the database itself holds back the bodies of patients that the caller has nothing to do with, should a check of the service be forgotten: `on` or `off`. The user of `DATABASE_URL` must then be a member of `naravard_netted` too. What it costs is in docs/access.md.',
    default: 'off',
  }),
  ISSUERS: issuers.optional().meta({
    about:
      'Who may issue access tokens, as JSON: `[{"issuer": "https://idp.example", "jwks": "https://idp.example/jwks", "audience": "..."}]`. `audience` is `BASE_URL` unless given. Besides: `algorithms` of signatures, `clients` that tokens may be for, `kinds` of callers it vouches for, and `"scopes": "optional"` when its tokens carry no SMART scopes.',
    default: 'the sandbox itself',
  }),
  AUTHORIZATION_SERVER: authorizationServer.optional().meta({
    about:
      'Where clients get their tokens, as JSON, for `.well-known/smart-configuration`: `{"issuer", "tokenEndpoint", "authorizationEndpoint", "jwksUri", "grantTypes": [], "authMethods": [], "signingAlgorithms": [], "scopes": [], "capabilities": []}`.',
    default: 'none; in the sandbox, its own',
  }),
  PAGE_KEY: z
    .string()
    .transform((text) => Buffer.from(text, 'base64'))
    .refine((key) => key.length === 32, 'must be 32 bytes in base64: `openssl rand -base64 32`')
    .optional()
    .meta({
      about: 'Key that encrypts the `next` links of searches: 32 bytes in base64, the same in all processes.',
      default: 'made once and kept in `DATA_DIR` in the sandbox',
      secret: true,
    }),
  DEMO_DATA: flag.default(true).meta({
    about:
      'Whether the sandbox loads the demo story into a database that does not have it: `true` or `false`.',
    default: 'true',
  }),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).optional().meta({
    about: 'Least level that is logged; `info` gives one line a request.',
    default: '`warn` in the sandbox, `info` in production',
  }),
  MAX_BODY_BYTES: whole(1024, 268_435_456)
    .default(8_388_608)
    .meta({ about: 'Largest body of a request; more is answered 413.', default: '8388608 (8 MB)' }),
  MAX_BUNDLE_ENTRIES: whole(1, 10_000)
    .default(1000)
    .meta({ about: 'Most entries in a batch or transaction.', default: '1000' }),
  MAX_JSON_DEPTH: whole(16, 256)
    .default(64)
    .meta({ about: 'Deepest nesting of JSON that is read.', default: '64' }),
  MAX_SEARCH_CHAIN: whole(1, 20)
    .default(5)
    .meta({ about: 'Most links of a chained search, `_has` included.', default: '5' }),
  MAX_SEARCH_INCLUDED: whole(1, 10_000)
    .default(1000)
    .meta({ about: 'Most resources that `_include` and `_revinclude` add to a page.', default: '1000' }),
  RATE_LIMIT_PER_MINUTE: whole(0, 10_000_000).default(12_000).meta({
    about:
      'Requests a minute that one caller (a person or system through one client) may make of this process, and failed logins that one address may; more is answered 429 with `Retry-After`. 0 = no limit.',
    default: '12000',
  }),
  TRUSTED_PROXIES: networks.optional().meta({
    about:
      'Addresses or networks of the proxies in front, separated by commas: the address of a caller is then read from their `X-Forwarded-For`. Needed behind a proxy, or all failed logins count as of one address.',
    default: 'none',
  }),
  ALLOWED_ORIGINS: origins.optional().meta({
    about:
      'Origins of browser apps that may call (CORS), separated by commas, exactly: `https://app.example`. Never with cookies.',
    default: 'none',
  }),
  HSTS_SECONDS: whole(0, 63_072_000).default(0).meta({
    about:
      'Seconds that browsers keep to HTTPS (`Strict-Transport-Security`), once the address is reached by TLS alone; 0 = not said.',
    default: '0',
  }),
  TLS_CERT: z.string().optional().meta({
    about:
      'Certificate and its chain in PEM, when the process itself speaks TLS and no proxy in front of it.',
    default: 'plain HTTP',
    secret: true,
  }),
  TLS_KEY: z.string().optional().meta({
    about: 'Private key of `TLS_CERT` in PEM.',
    default: 'none',
    secret: true,
  }),
  EMERGENCY_MINUTES: whole(1, 24 * 60)
    .default(60)
    .meta({
      about: 'Minutes that a nödöppning (`Patient/$nodoppning`) lasts, at most 24 hours.',
      default: '60',
    }),
  JOB_HOURS: whole(1, 24 * 30)
    .default(24)
    .meta({
      about: 'Hours that asynchronous requests, bulk exports and their results are kept.',
      default: '24',
    }),
  AUDIT_SHOW_STAFF_NAMES: z.enum(['on', 'off']).default('off').meta({
    about:
      'Whether a patient who asks who has read is told the names of staff, besides unit and title: `on` or `off`. Log reviewers always are.',
    default: 'off',
  }),
  SEARCH_FULL_TEXT: z.enum(['on', 'off']).default('on').meta({
    about:
      'Whether `_text` and `_content` can be searched. `off` answers them with 400 and saves about a tenth of what a create costs; what is written meanwhile is not found by them later.',
    default: 'on',
  }),
  ...referenceVariables,
  ...sealingVariables,
  ...webVariables,
  DRAIN_MS: whole(0, 600_000).default(0).meta({
    about:
      'Milliseconds that `/readyz` is red on SIGTERM before connections are refused, so that a load balancer notices.',
    default: '0',
  }),
  SHUTDOWN_GRACE_MS: whole(0, 600_000).default(10_000).meta({
    about: 'Milliseconds that running requests are given on SIGTERM before the process ends anyway.',
    default: '10000',
  }),
} as const;

const schema = z.object(variables);
type Parsed = z.infer<typeof schema>;

/** The configuration of a process: read once in main and passed down. */
export type Config = Parsed & {
  HOST: string;
  BASE_URL: string;
  LOG_LEVEL: NonNullable<Parsed['LOG_LEVEL']>;
  WEB: NonNullable<Parsed['WEB']>;
  /** Absolute. */
  DATA_DIR: string;
};

export const noteOf = (name: keyof typeof variables): VariableNote =>
  variables[name].meta() as unknown as VariableNote;

export const variableNames = Object.keys(variables) as (keyof typeof variables)[];

/**
 * Reads the environment. Secrets may come by file (`PAGE_KEY_FILE`).
 * @throws CannotStart that lists every fault, one a line, without secret values: wrong values, misspelt names,
 * combinations that cannot run.
 */
export function readConfig(environment: NodeJS.ProcessEnv): Config {
  const secrets = variableNames.filter((name) => noteOf(name).secret);
  const names = [...variableNames, ...secrets.map((name) => `${name}_FILE`)];
  const faults = misspelt(Object.entries(environment), names);
  const given: Record<string, string> = {};
  for (const name of variableNames) {
    const value = environment[name];
    if (value !== undefined && value !== '') given[name] = value;
  }
  for (const name of secrets) readSecret(name, environment, given, faults);
  const parsed = schema.safeParse(given);
  if (!parsed.success)
    faults.push(...parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`));
  else faults.push(...unfit(parsed.data), ...(given.MODE ? [] : exposed(parsed.data)));
  if (faults.length || !parsed.success) throw new CannotStart(faults.join('\n'));
  return complete(parsed.data);
}

function readSecret(
  name: string,
  environment: NodeJS.ProcessEnv,
  given: Record<string, string>,
  faults: string[],
) {
  const file = environment[`${name}_FILE`];
  if (!file) return;
  if (given[name]) {
    faults.push(`${name} and ${name}_FILE are both set: remove one.`);
    return;
  }
  try {
    given[name] = readFileSync(file, 'utf8').trim();
  } catch (error) {
    faults.push(`${name}_FILE cannot be read (${(error as NodeJS.ErrnoException).code}).`);
  }
}

const isPartial = (mount: Parsed['MOUNT']): boolean =>
  new Set(mount).size > 0 && new Set(mount).size < services.length;

/** Combinations that cannot run. */
function unfit(config: Parsed): string[] {
  const faults: string[] = [];
  if (config.MODE === 'production') {
    for (const name of ['DATABASE_URL', 'ISSUERS', 'BASE_URL', 'PAGE_KEY', 'SEAL_KEY'] as const) {
      if (config[name] === undefined) faults.push(`${name} is required in production.`);
    }
    if (config.ISSUERS?.length === 0) faults.push('ISSUERS names no issuer: nobody could log in.');
  }
  // Beside real issuers, test tokens for anyone open real data.
  if (config.MODE === 'sandbox' && config.ISSUERS)
    faults.push(
      'ISSUERS is for production alone, since a sandbox gives test tokens to anyone who asks: set MODE=production, or leave ISSUERS out.',
    );
  return [
    ...faults,
    ...certificateFaults(config.TLS_CERT, config.TLS_KEY),
    ...webFaults(config, isPartial(config.MOUNT)),
  ];
}

const loopback = /^(localhost|127(\.\d{1,3}){3}|::1|\[::1\])$/i;

/** A production service that has lost its MODE must not begin to give test tokens to anyone. */
function exposed({ BASE_URL, HOST }: Parsed): string[] {
  const signs = [
    ...(BASE_URL?.startsWith('https:') ? ['a BASE_URL of HTTPS'] : []),
    ...(HOST !== undefined && !loopback.test(HOST) ? ['a HOST beyond this machine'] : []),
  ];
  return signs.length
    ? [
        `MODE is required with ${signs.join(', ')}: production, or sandbox for a service that gives test tokens to anyone who asks.`,
      ]
    : [];
}

function complete(config: Parsed): Config {
  const sandbox = config.MODE === 'sandbox';
  return {
    ...config,
    MOUNT: isPartial(config.MOUNT) ? config.MOUNT : undefined,
    HOST: config.HOST ?? (sandbox ? 'localhost' : '0.0.0.0'),
    BASE_URL: config.BASE_URL ?? `http://localhost:${config.PORT}/fhir`,
    LOG_LEVEL: config.LOG_LEVEL ?? (sandbox ? 'warn' : 'info'),
    WEB: config.WEB ?? (sandbox && !isPartial(config.MOUNT) ? 'on' : 'off'),
    DATA_DIR: resolve(checkout, config.DATA_DIR),
  };
}

/** One `NAME=value` a line, secrets as `[set]`: what the process would run with. */
export function printConfig(config: Config): string {
  const lines = variableNames.map((name) => {
    const value = config[name];
    if (value === undefined) return `${name}=`;
    if (noteOf(name).secret) return `${name}=[set]`;
    return `${name}=${typeof value === 'object' ? JSON.stringify(value) : value}`;
  });
  return lines.join('\n');
}
