import { AuditReader } from './audit-reader.ts';
import { lineOf } from './evidence.ts';

const PAGE = 50;

/** Checkpoints as lines of JSON, each with its signature, after the one of the given number. */
export async function* exportCheckpoints(url: string, after = 0): AsyncGenerator<string> {
  const reader = await AuditReader.open(url);
  try {
    for (let last = after; ; ) {
      const page = await reader.checkpoints(last, PAGE);
      for (const row of page) yield lineOf(row);
      if (page.length < PAGE) return;
      last = Number(page.at(-1)?.number);
    }
  } finally {
    await reader.close();
  }
}
