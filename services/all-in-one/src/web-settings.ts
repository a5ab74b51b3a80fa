import { z } from 'zod';

const httpUrl = z.url({ protocol: /^https?$/ });

const emergencyNumbers = z
  .string()
  .transform((text, context): unknown => {
    try {
      return JSON.parse(text);
    } catch {
      context.addIssue({ code: 'custom', message: 'is not JSON' });
      return z.NEVER;
    }
  })
  .pipe(
    z
      .array(
        z.strictObject({
          name: z.string().min(1),
          number: z.string().regex(/^\+?[\d -]{3,20}$/, 'is no telephone number'),
          hours: z.string().min(1).nullable().default(null),
          staff: z.boolean().optional(),
        }),
      )
      .min(1),
  );

/** Variables of the nurse client and the patient client; part of `variables` in config.ts. */
export const webVariables = {
  WEB: z.enum(['on', 'off']).optional().meta({
    about:
      'Whether the process serves the two clients, `/nurse/` and `/patient/`, on the origin of `BASE_URL`: `on` or `off`. They need all modules; in production also the variables below. Sessions are kept in the memory of the process: behind several, the proxy must send a browser to the same one.',
    default: '`on` in a sandbox of all modules, `off` in production',
  }),
  WEB_ISSUER: httpUrl.optional().meta({
    about:
      'Where people log in to the clients: one of `ISSUERS`, with OpenID Connect discovery. Its clients return to `/nurse/callback` and `/patient/callback`.',
    default: 'the sandbox itself',
  }),
  WEB_NURSE_CLIENT_ID: z.string().min(1).optional().meta({
    about: '`client_id` of the nurse client at `WEB_ISSUER`.',
    default: '`web-nurse` in the sandbox',
  }),
  WEB_PATIENT_CLIENT_ID: z.string().min(1).optional().meta({
    about: '`client_id` of the patient client at `WEB_ISSUER`.',
    default: '`web-patient` in the sandbox',
  }),
  WEB_CLIENT_SECRET: z.string().min(1).optional().meta({
    about: 'Secret of both clients at `WEB_ISSUER`, where it asks for one.',
    default: 'none: public clients with PKCE',
    secret: true,
  }),
  WEB_EMERGENCY_NUMBERS: emergencyNumbers.optional().meta({
    about:
      'Numbers that the clients show when nothing else works, as JSON: `[{"name": "Hemsjukvården", "number": "0346-88 60 00", "hours": "Dygnet runt"}]`, with `"staff": true` when a number is for staff alone, which the patient client leaves out. Without login and without database: anybody can read them, those for staff too, so none may be secret.',
    default: "112, 1177 and the demo's units in the sandbox",
  }),
  WEB_RESPONSIBLE: z.string().min(1).optional().meta({
    about:
      'Name of the organisation that answers for the clients, as its accessibility statement (tillgänglighetsredogörelse) must say: `Falkenbergs kommun`.',
    default: 'none: the statement says that nobody is named',
  }),
  WEB_ACCESSIBILITY_CONTACT: z
    .url({ protocol: /^(https|mailto)$/ })
    .optional()
    .meta({
      about:
        'Where people tell of hindrances to access (lag 2018:1937 om tillgänglighet till digital offentlig service 13 §): `mailto:` or `https:`.',
      default: 'none',
    }),
} as const;

interface WebConfig {
  MODE: 'sandbox' | 'production';
  WEB?: 'on' | 'off' | undefined;
  WEB_ISSUER?: string | undefined;
  ISSUERS?: readonly { issuer: string }[] | undefined;
}

const needed = [
  'WEB_ISSUER',
  'WEB_NURSE_CLIENT_ID',
  'WEB_PATIENT_CLIENT_ID',
  'WEB_EMERGENCY_NUMBERS',
] as const;

/** Combinations that cannot run. @param isPartial the process serves some modules only */
export function webFaults(
  config: WebConfig & Partial<Record<(typeof needed)[number], unknown>>,
  isPartial: boolean,
): string[] {
  if (config.WEB !== 'on') return [];
  const faults = isPartial ? ['WEB=on needs all modules: leave MOUNT out.'] : [];
  const { MODE, WEB_ISSUER, ISSUERS = [] } = config;
  if (MODE === 'sandbox') return faults;
  for (const name of needed) {
    if (config[name] === undefined) faults.push(`${name} is required in production with WEB=on.`);
  }
  if (WEB_ISSUER !== undefined && !ISSUERS.some(({ issuer }) => issuer === WEB_ISSUER))
    faults.push('WEB_ISSUER is not one of ISSUERS: the service would refuse the tokens of its own clients.');
  return faults;
}
