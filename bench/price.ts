import { latencies, median } from './latency.ts';
import { inTurn, pricedQuestions, type Question, type SharedCase } from './operations.ts';

/** The service by law and the one in which everybody may do everything (composed.ts), over the same database. */
export interface Compared {
  law: string;
  all: string;
}

/** Seconds of one turn: much shorter than the moods of a machine, which would else fall on the one or the other. */
const turn = 0.2;

/**
 * The price of the access decision: the median latency of what a nurse asks, by law and with all rights, in short turns so that
 * both meet the same noise. Both write the audit in the same statement; what the audit costs shows beside the floor. `rounds` of
 * `seconds` for each.
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
  const times = { law: [] as number[], all: [] as number[] };
  const measure = async (which: keyof Compared) => {
    const found = await latencies({ law, all }[which], callers, turn, () => ask(next()));
    times[which].push(...found);
  };
  const warmUp = 3;
  for (let round = 0; round < warmUp + (rounds * seconds) / turn; round++) {
    if (round === warmUp) for (const each of Object.values(times)) each.length = 0;
    // Each goes first as often as the other.
    for (const which of round % 2 ? (['law', 'all'] as const) : (['all', 'law'] as const))
      await measure(which);
  }
  const found = { law: median(times.law), all: median(times.all) };
  return { ...found, ratio: found.law / found.all };
}
