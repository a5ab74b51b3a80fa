import { serve } from '@naravard/rest';
import { compose } from './compose.ts';
import { type Config, printConfig, readConfig } from './config.ts';
import { runTool } from './explain.ts';
import { loadDemo } from './sandbox/demo/load.ts';
import { welcome } from './sandbox/tour.ts';

/** Starts one process: configuration, service, demo data, then the socket. `--print-config` only shows the first. */
async function main(): Promise<void> {
  const config = readConfig(process.env);
  if (process.argv.includes('--print-config')) console.log(printConfig(config));
  else await run(config);
}

async function run(config: Config): Promise<void> {
  const { app, health, sealing, issuer, place } = await compose(config, (line) => console.error(line));
  try {
    if (issuer && config.DEMO_DATA && !config.MOUNT) await loadDemo(app, issuer);
    await serve({
      app,
      health,
      host: config.HOST,
      port: config.PORT,
      drainMs: config.DRAIN_MS,
      graceMs: config.SHUTDOWN_GRACE_MS,
    });
    app.reindexer.start();
    sealing.start();
  } catch (error) {
    await app.close();
    throw error;
  }
  if (issuer) console.error(welcome(config.BASE_URL, place, config.WEB === 'on'));
}

await runTool(main);
