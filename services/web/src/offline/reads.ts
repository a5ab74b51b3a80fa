import { type Send, sending, stops } from './answers.ts';
import { openRecords } from './sealed-records.ts';
import type { Store } from './store.ts';
import type { OpenVault } from './vault.ts';

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
  readonly #vault: OpenVault;

  constructor(store: Store, vault: OpenVault) {
    this.#store = store;
    this.#vault = vault;
  }

  async note(id: string, at: string): Promise<void> {
    const read: Read = { id, at };
    await this.#vault.write(async (box) => {
      await this.#store.append(area, await box.seal(read, area));
    });
  }

  /** Answered reads leave; the status that kept some of them, or null. Only one may run at a time. */
  async empty(send: Send): Promise<number | null> {
    const records = await openRecords<Read>(this.#store, await this.#vault.use(), area);
    const opened = records.flatMap(({ key, value }) => (value ? [{ key, read: value }] : []));
    let kept: number | null = null;
    for (let from = 0; from < opened.length; from += most) {
      const some = opened.slice(from, from + most);
      const outcome = await sending(send, {
        method: 'POST',
        path: '$offline-reads',
        body: { resourceType: 'Parameters', parameter: some.map(({ read }) => told(read)) },
        headers: {},
      });
      if (outcome.kind === 'sent') for (const { key } of some) await this.#store.delete(area, key);
      else kept = outcome.status;
      if (stops(outcome)) return kept;
    }
    return kept;
  }
}

const told = ({ id, at }: Read) => ({
  name: 'read',
  part: [
    { name: 'target', valueReference: { reference: `Patient/${id}` } },
    { name: 'at', valueInstant: at },
  ],
});
