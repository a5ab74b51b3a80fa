import { createReadStream, openSync, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import {
  type AuditReport,
  advanceCounter,
  createSealer,
  dropAuditMonths,
  exportCheckpoints,
  leastYears,
  openAuditMonths,
  openStore,
  readPublicKeys,
  recordRestore,
  sentenceOf,
  verifyAudit,
} from '@naravard/store';
import { SingleBar } from 'cli-progress';
import { openAuditDatabase } from './audit-database.ts';
import { CannotStart } from './cannot-start.ts';
import { type Config, readConfig } from './config.ts';
import { runTool } from './explain.ts';
import { type SealingConfig, sealKeyOf } from './sealing.ts';

const USAGE = `npm run audit -- COMMAND; docs/operations.md tells more.
  verify [--checkpoints FILE] [--public-key FILE]   tells whether the audit is whole; exit code 0 or 1
  export [--after NUMBER]                           prints the signed checkpoints, one a line, to be kept elsewhere
  public-key                                        prints the key that checkpoints are verified with
  seal                                              seals what is not yet sealed and signs a checkpoint
  partitions                                        opens the months to come (owner's login)
  drop --before YYYY-MM --decision TEXT --by NAME   destroys older months (owner's login)
  counter                                           brings the transaction counter beyond the audit, after a dump was loaded
  restored --to INSTANT --decision TEXT --by NAME   records that a backup was restored (owner's login)`;

interface Options {
  checkpoints?: string;
  'public-key'?: string;
  after?: string;
  before?: string;
  to?: string;
  decision?: string;
  by?: string;
}

interface Task {
  url: string;
  config: Config & SealingConfig;
  options: Options;
}

/** Each command with the options that it takes. */
const commands: Record<string, { options: (keyof Options)[]; run: (task: Task) => Promise<void> }> = {
  verify: { options: ['checkpoints', 'public-key'], run: verify },
  export: { options: ['after'], run: exportAll },
  'public-key': { options: [], run: ({ config }) => printKey(config) },
  seal: { options: [], run: seal },
  partitions: { options: [], run: partitions },
  drop: { options: ['before', 'decision', 'by'], run: drop },
  counter: { options: [], run: counter },
  restored: { options: ['to', 'decision', 'by'], run: restored },
};

/** `npm run audit`: evidence that the audit is as it was written, and its upkeep. */
async function main(): Promise<void> {
  const { name, command, options } = readArguments();
  const config: Config & SealingConfig = readConfig(process.env);
  if (name === 'public-key') return printKey(config);
  const database = await openAuditDatabase(config, console.error);
  try {
    // Refuses a schema that is not this release's.
    await openStore({ url: database.url, connections: 1 }).then((store) => store.close());
    await command.run({ url: database.url, config, options });
  } finally {
    await database.stop();
  }
}

function readArguments() {
  const [name = '', ...args] = process.argv.slice(2);
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!command) throw new CannotStart(USAGE);
  try {
    const options = Object.fromEntries(
      command.options.map((option) => [option, { type: 'string' as const }]),
    );
    return { name, command, options: parseArgs({ args, options }).values as Options };
  } catch (error) {
    throw new CannotStart(`${(error as Error).message}\n${USAGE}`);
  }
}

async function verify({ url, config, options }: Task): Promise<void> {
  const file = options['public-key'];
  const keys = file ? readPublicKeys(read(file)) : [sealKeyOf(config).publicKey];
  const bar = new SingleBar({
    format: '{bar} {percentage} % | {value}/{total} rows | {rate} rows/s | {eta_formatted} left',
    stream: process.stderr,
    hideCursor: true,
    noTTYOutput: true,
  });
  const started = performance.now();
  const rate = (rows: number) => Math.round(rows / ((performance.now() - started) / 1000));
  let shown: number | undefined;
  const onProgress = (done: number, total: number) => {
    if (shown === undefined) bar.start(Math.max(total, done), 0, { rate: 0 });
    bar.increment(done - (shown ?? 0), { rate: rate(done) });
    shown = done;
  };
  const checkpoints = options.checkpoints ? lines(options.checkpoints) : undefined;
  const report = await verifyAudit({ url, keys, ...(checkpoints && { checkpoints }), onProgress }).finally(
    () => bar.stop(),
  );
  tell(report, options.checkpoints, rate(report.rows));
}

function tell(report: AuditReport, file: string | undefined, rate: number): void {
  const { faults, rows, rounds, checkpoints, unsigned, unsealed, dropped, undone } = report;
  console.error(`${rows} rows, ${rounds} rounds and ${checkpoints} checkpoints compared (${rate} rows/s).`);
  if (unsigned)
    console.error(
      `${unsigned} rows were sealed since the last checkpoint: no signature vouches for them yet.`,
    );
  if (unsealed) console.error(`${unsealed} rows of the last minute are not sealed yet.`);
  if (dropped) console.error(`${dropped} rows went with months that were destroyed by a recorded decision.`);
  if (undone) console.error(`${undone} checkpoints of the file were undone by a recorded restore.`);
  if (!file)
    console.error(
      'Compared with the checkpoints in the database only: --checkpoints FILE compares with an export.',
    );
  for (const fault of faults) console.log(sentenceOf(fault));
  if (faults.length)
    throw new CannotStart(`The audit is NOT whole: ${faults.length} faults, the first of each bucket.`);
  console.log('The audit is whole.');
}

/** Lines are read when they are asked for: readline loses those that come before. */
function lines(file: string): AsyncIterable<string> {
  const stream = createReadStream(file, { fd: opened(file) });
  return (async function* () {
    yield* createInterface({ input: stream, crlfDelay: 1_000 });
  })();
}

function opened(file: string): number {
  try {
    return openSync(file, 'r');
  } catch (error) {
    throw unreadable(file, error);
  }
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw unreadable(file, error);
  }
}

const unreadable = (file: string, error: unknown): CannotStart =>
  new CannotStart(`${file} cannot be read (${(error as NodeJS.ErrnoException).code}).`);

async function exportAll({ url, options }: Task): Promise<void> {
  const { after = '0' } = options;
  if (!/^\d{1,15}$/.test(after))
    throw new CannotStart(`--after must be the number of a checkpoint: a whole number.\n${USAGE}`);
  for await (const line of exportCheckpoints(url, Number(after))) process.stdout.write(`${line}\n`);
}

async function printKey(config: SealingConfig): Promise<void> {
  process.stdout.write(sealKeyOf(config).publicKey.export({ type: 'spki', format: 'pem' }));
}

async function seal({ url, config }: Task): Promise<void> {
  const sealer = createSealer({ url, key: sealKeyOf(config) });
  try {
    await sealer.finish();
    const checkpoint = await sealer.checkpoint();
    console.error(checkpoint ? `Sealed; checkpoint ${checkpoint.number}.` : 'Everything was sealed.');
  } finally {
    await sealer.stop();
  }
}

async function partitions({ url }: Task): Promise<void> {
  const months = await openAuditMonths(url);
  console.error(`${months.length} months are open, until ${months.at(-1)?.to.slice(0, 10)}.`);
}

async function drop(task: Task): Promise<void> {
  const { url, config, options } = task;
  const years = config.AUDIT_RETENTION_YEARS ?? leastYears;
  const before = required(options, 'before');
  const checkpoint = await dropAuditMonths({
    url,
    key: sealKeyOf(config),
    before,
    years,
    ...decisionOf(options),
  });
  if (checkpoint.kind !== 'drop') return;
  for (const { name, rows } of checkpoint.dropped) console.error(`${name}: ${rows} rows destroyed.`);
  console.error(`Recorded by checkpoint ${checkpoint.number}: export it.`);
  await seal(task);
}

async function counter({ url }: Task): Promise<void> {
  const used = await advanceCounter({ url });
  console.error(used ? `${used} transactions were used up.` : 'The counter was ahead of the audit already.');
}

async function restored(task: Task): Promise<void> {
  const { url, config, options } = task;
  const restoredTo = required(options, 'to');
  const { number } = await recordRestore({ url, key: sealKeyOf(config), restoredTo, ...decisionOf(options) });
  console.error(`Recorded by checkpoint ${number}: export it.`);
  await seal(task);
}

const decisionOf = (options: Options) => ({
  by: required(options, 'by'),
  decision: required(options, 'decision'),
});

function required(options: Options, name: keyof Options): string {
  const value = options[name]?.trim();
  if (!value) throw new CannotStart(`--${name} is required.\n${USAGE}`);
  return value;
}

await runTool(main);
