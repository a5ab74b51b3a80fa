import { type ApiCall, type WebOptions, web } from '@naravard/web';
import type { App } from './app.ts';
import { CannotStart } from './cannot-start.ts';
import type { Config } from './config.ts';
import { emergencyNumbers } from './sandbox/emergency-numbers.ts';
import type { SandboxIssuer } from './sandbox/issuer.ts';

/**
 * The nurse client and the patient client, when the configuration wants them. They ask the API as anybody does, with a
 * user's token and through its routes, but within the process.
 * @throws CannotStart when they are not built
 */
export async function registerWeb(
  app: App,
  config: Config,
  issuer: SandboxIssuer | undefined,
): Promise<void> {
  if (config.WEB !== 'on') return;
  const plugin = await web(optionsOf(app, config, issuer)).catch((cause: unknown) => {
    if ((cause as NodeJS.ErrnoException).code !== 'ENOENT') throw cause;
    throw new CannotStart('The clients are not built: run `npm run build:web`, or set WEB=off.');
  });
  app.register(plugin);
}

function optionsOf(app: App, config: Config, sandbox: SandboxIssuer | undefined): WebOptions {
  const { BASE_URL: base, WEB_CLIENT_SECRET: clientSecret } = config;
  const issuer = sandbox?.issuer ?? config.WEB_ISSUER ?? '';
  return {
    base,
    api: (call) => within(app, new URL(base).pathname, call),
    issuer,
    audience: sandbox?.audience ?? config.ISSUERS?.find((each) => each.issuer === issuer)?.audience ?? base,
    nurseClientId: config.WEB_NURSE_CLIENT_ID ?? 'web-nurse',
    patientClientId: config.WEB_PATIENT_CLIENT_ID ?? 'web-patient',
    ...(clientSecret !== undefined && { clientSecret }),
    emergencyNumbers: config.WEB_EMERGENCY_NUMBERS ?? emergencyNumbers,
    accessibility: {
      responsible: config.WEB_RESPONSIBLE ?? null,
      contact: config.WEB_ACCESSIBILITY_CONTACT ?? null,
    },
  };
}

async function within(app: App, prefix: string, { method, path, headers, body, address }: ApiCall) {
  const answer = await app.inject({
    method: method as 'GET',
    url: `${prefix}${path}`,
    headers,
    remoteAddress: address,
    ...(body !== undefined && { payload: body }),
  });
  return {
    status: answer.statusCode,
    headers: answer.headers as Record<string, string | undefined>,
    body: answer.rawPayload,
  };
}
