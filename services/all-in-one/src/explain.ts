import { Problem } from '@naravard/fhir';
import { CannotStart } from './cannot-start.ts';

/** What a command line tool says of an error: a sentence where the reader can mend it, else the error with its stack. */
export function explain(error: unknown): unknown {
  if (error instanceof CannotStart) return error.message;
  if (error instanceof Problem && error.findings.length)
    return error.findings.map((each) => each.diagnostics).join('\n');
  const { code, port } = error as { code?: string; port?: number };
  if (code === 'EADDRINUSE') return `Port ${port} is in use: stop the other process, or set PORT.`;
  if (code === 'ECONNREFUSED') return 'The database does not answer: check DATABASE_URL.';
  return error;
}

/** Runs a command line tool; an error is explained and makes the exit code 1. */
export async function runTool(main: () => Promise<void>): Promise<void> {
  try {
    await main();
  } catch (error) {
    console.error(explain(error));
    // Not exitCode: handlers of a graceful stop, once installed, would end the process with 0.
    process.exit(1);
  }
}
