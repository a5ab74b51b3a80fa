import { latencies, median, quantile } from './latency.ts';
import { inTurn, pricedQuestions, type Question, type SharedCase } from './operations.ts';

/** The service by law and the one in which everybody may do everything (composed.ts), over the same database. */
export interface Compared {
  law: string;
  all: string;
}

/**
 * The price of the access decision: the median latency of what a nurse asks, by law and with all rights, in rounds that
 * take turns so that both meet the same noise. Both write the audit in the same statement; what the audit costs shows
 * beside the floor. Medians of the rounds; the ratio is the median of the rounds' ratios.
 */
export async function priceOfAccess(
  bases: Compared,
  cases: readonly SharedCase[],
  { rounds, seconds, only }: { rounds: number; seconds: number; only: string },
): Promise<void> {
  console.log(
    `\n${'price of access'.padEnd(38)}${'callers'.padStart(8)}${'p50 ms'.padStart(8)}${'all ms'.padStart(8)}${'ratio'.padStart(7)}${'goal'.padStart(6)}`,
  );
  for (const question of pricedQuestions.filter(({ name }) => name.includes(only))) {
    for (const callers of [1, 16]) {
      const found = await compared(bases, cases, question, { callers, rounds, seconds });
      console.log(
        question.name.padEnd(38) +
          String(callers).padStart(8) +
          found.law.toFixed(2).padStart(8) +
          found.all.toFixed(2).padStart(8) +
          found.ratio.toFixed(2).padStart(7) +
          question.goal.toFixed(2).padStart(6),
      );
    }
  }
}

async function compared(
  { law, all }: Compared,
  cases: readonly SharedCase[],
  { ask }: Question,
  { callers, rounds, seconds }: { callers: number; rounds: number; seconds: number },
): Promise<{ law: number; all: number; ratio: number }> {
  const next = inTurn(cases);
  const p50 = async (base: string, time: number) =>
    quantile(await latencies(base, callers, time, () => ask(next())), 0.5);
  await p50(law, 0.5);
  await p50(all, 0.5);
  const measured: { law: number; all: number }[] = [];
  for (let round = 0; round < rounds; round++) {
    measured.push({ all: await p50(all, seconds), law: await p50(law, seconds) });
  }
  return {
    law: median(measured.map((each) => each.law)),
    all: median(measured.map((each) => each.all)),
    ratio: median(measured.map((each) => each.law / each.all)),
  };
}
