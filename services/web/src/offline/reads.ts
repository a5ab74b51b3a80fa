import { type Send, sending } from './answers.ts';
import type { Box } from './box.ts';
import type { Store } from './store.ts';

const area = 'reads';
/** So many in one request; the service takes more. */
const most = 50;

interface Read {
  readonly id: string;
  /** ISO instant. */
  readonly at: string;
}

/**
 * Which patients were opened without connection and when, kept sealed until the service has written it into the log (`POST
 * $offline-reads`; HSLF-FS 2016:40 4 kap 9 §). A read told twice is recorded once.
 */
export class Reads {
  readonly #store: Store;
  readonly #use: () => Promise<Box>;

  constructor(store: Store, use: () => Promise<Box>) {
    this.#store = store;
    this.#use = use;
  }

  async note(id: string, at: string): Promise<void> {
    const box = await this.#use();
    const read: Read = { id, at };
    await this.#store.append(area, await box.seal(read, area));
  }

  /** Answered reads leave; the status that stopped it, or null. Only one may run at a time. */
  async empty(send: Send): Promise<number | null> {
    const box = await this.#use();
    for (;;) {
      const some = (await this.#store.entries(area)).slice(0, most);
      if (!some.length) return null;
      const reads = await Promise.all(some.map(([, sealed]) => box.open<Read>(sealed, area)));
      const outcome = await sending(send, {
        method: 'POST',
        path: '$offline-reads',
        body: { resourceType: 'Parameters', parameter: reads.map(told) },
        headers: {},
      });
      if (outcome.kind !== 'sent') return outcome.status;
      for (const [key] of some) await this.#store.delete(area, key);
    }
  }
}

const told = ({ id, at }: Read) => ({
  name: 'read',
  part: [
    { name: 'target', valueReference: { reference: `Patient/${id}` } },
    { name: 'at', valueInstant: at },
  ],
});
