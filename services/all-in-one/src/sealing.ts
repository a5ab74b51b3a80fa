import { generateKeyPairSync } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  createSealer,
  leastYears,
  readSealKey,
  type Sealer,
  type SealerEvent,
  type SealKey,
} from '@naravard/store';
import { z } from 'zod';
import type { App } from './app.ts';
import { CannotStart } from './cannot-start.ts';

/** Variables of the seals of the audit; part of `variables` in config.ts. */
export const sealingVariables = {
  SEAL_KEY: z
    .string()
    .transform((pem, context) => {
      try {
        return readSealKey(pem);
      } catch {
        const message = 'must be an Ed25519 private key in PEM: `openssl genpkey -algorithm ed25519`';
        context.addIssue({ code: 'custom', message });
        return z.NEVER;
      }
    })
    .optional()
    .meta({
      about:
        'Ed25519 private key in PEM that signs checkpoints of the audit, the same in all processes; see operations.md. Keep it where those who administer the database cannot read it.',
      default: 'made once and kept in `DATA_DIR` in the sandbox',
      secret: true,
    }),
  SEAL_CHECKPOINT_MINUTES: z.coerce.number().int().min(1).max(1_440).default(60).meta({
    about: 'Minutes between two signed checkpoints of the audit while it grows.',
    default: '60',
  }),
  AUDIT_RETENTION_YEARS: z.coerce.number().int().min(leastYears).max(200).default(leastYears).meta({
    about:
      'Years that the audit is kept, at least 5 (HSLF-FS 2016:40 4 kap. 9 §). Older months are destroyed by decision only: `npm run audit -- drop`.',
    default: '5',
  }),
} as const;

/** What sealing needs of the configuration. */
export interface SealingConfig {
  MODE: 'sandbox' | 'production';
  DATA_DIR: string;
  SEAL_KEY?: SealKey | undefined;
  SEAL_CHECKPOINT_MINUTES?: number;
  AUDIT_RETENTION_YEARS?: number;
}

/**
 * The key that signs: SEAL_KEY, or the sandbox's own in DATA_DIR/seal-key.pem (mode 0600), which is made when it is not there.
 * @throws CannotStart in production without a key.
 */
export function sealKeyOf(config: SealingConfig): SealKey {
  if (config.SEAL_KEY) return config.SEAL_KEY;
  if (config.MODE === 'production') throw new CannotStart('SEAL_KEY is required in production.');
  const file = join(config.DATA_DIR, 'seal-key.pem');
  if (!existsSync(file)) {
    const pem = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' });
    mkdirSync(config.DATA_DIR, { recursive: true });
    writeFileSync(file, pem, { mode: 0o600 });
  }
  return readSealKey(readFileSync(file, 'utf8'));
}

/** The sealer of a process: it begins with `start`, and its `stop` seals what the last requests left. */
export function createSealing(config: SealingConfig, url: string, log: App['log']): Sealer {
  return createSealer({
    url,
    key: sealKeyOf(config),
    checkpointEvery: (config.SEAL_CHECKPOINT_MINUTES ?? 60) * 60_000,
    report: (event) => tell(log, event),
  });
}

function tell(log: App['log'], event: SealerEvent): void {
  switch (event.kind) {
    case 'failed': {
      const { code } = (event.problem.cause ?? {}) as { code?: string };
      return log.error(
        { kind: event.problem.kind, code },
        'the audit is not sealed: tried again each second',
      );
    }
    case 'recovered':
      return log.warn('the audit is sealed again');
    case 'checkpoint': {
      // Logs usually leave the machine: the hash there is one more witness.
      const { number, round, roundHash, rows } = event.checkpoint;
      return log.info({ number, round, roundHash, rows }, 'audit checkpoint');
    }
    case 'months-short':
      return log.warn(
        { monthsOpen: event.open, astray: event.astray },
        'few months of the audit are open: run npm run migrate or npm run audit -- partitions',
      );
    default:
      return event satisfies never;
  }
}
