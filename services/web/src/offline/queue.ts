import { type Request, type Send, type Sending, sending, stops } from './answers.ts';
import { identifiedBy, isIdentified } from './client-id.ts';
import { openRecords, type SealedRecord } from './sealed-records.ts';
import type { Store } from './store.ts';
import type { OpenVault } from './vault.ts';

/** A resource that is to be created: a visit, a ticked activity. What a plan says is never written without connection. */
export interface Write {
  /** UUID made here; the body's identifier, so that the service knows it again. */
  readonly id: string;
  /** PUT where an earlier try with other words may have been stored: the resource becomes what was written last. */
  readonly method: 'POST' | 'PUT';
  readonly path: string;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Id of the patient. */
  readonly about: string;
  /** What the nurse sees of it while it waits: `Hemsjukvårdsbesök`. */
  readonly label: string;
  /** ISO instant when it was written. */
  readonly at: string;
}

export interface PendingWrite extends Write {
  /** It may have reached the service, whose answer did not come back. */
  readonly tried: boolean;
  /** Null while it waits. */
  readonly failed: { readonly status: number; readonly reason: string; readonly at: string } | null;
}

/** What a run sent; `stopped` is the status that ended it before its end, null when it came to its end. */
export interface Emptied {
  readonly sent: number;
  /** Those that stay although something passed: refused, failed over, or no longer possible to open. */
  readonly failed: number;
  readonly stopped: number | null;
}

const area = 'queue';

/**
 * Writes made without connection, sealed, in the order they were made. Each is stored once however often it is sent and leaves
 * the queue only when the service has answered; one that the service refuses stays with the reason, and lets the others pass.
 */
export class Queue {
  readonly #store: Store;
  readonly #vault: OpenVault;

  constructor(store: Store, vault: OpenVault) {
    this.#store = store;
    this.#vault = vault;
  }

  /** @param tried it is being sent at the same time */
  async enqueue(write: Write, tried = false): Promise<void> {
    if (!isIdentified(write.body, write.id))
      throw new TypeError(`The body needs what ${identifiedBy(write.id)} finds.`);
    const item: PendingWrite = { ...write, tried, failed: null };
    await this.#vault.write(async (box) => {
      await this.#store.append(area, await box.seal(item, area));
    });
  }

  /** Counted while the vault is closed too. */
  count(): Promise<number> {
    return this.#store.count(area);
  }

  async pending(): Promise<PendingWrite[]> {
    return (await this.#items()).flatMap(({ value }) => (value ? [value] : []));
  }

  /** Forgets what the service has answered to who sent it. */
  async settle(id: string): Promise<void> {
    const found = await this.#find(id);
    if (found) await this.#store.delete(area, found.key);
  }

  /** Takes back what the service cannot have, or refused; false of all else. */
  async withdraw(id: string): Promise<boolean> {
    const found = await this.#find(id);
    if (!found?.value || (found.value.tried && !found.value.failed)) return false;
    await this.#store.delete(area, found.key);
    return true;
  }

  /**
   * Sends what waits; refused ones again when `again`. It ends where nothing passes at present, but goes past what the service
   * fails over and what cannot be opened, lest one stop all. Only one may run at a time.
   */
  async empty(send: Send, again: boolean, now: () => number = Date.now): Promise<Emptied> {
    let [sent, failed] = [0, 0];
    let last: string | number | undefined;
    for (;;) {
      const next = (await this.#items()).find(({ key }) => last === undefined || key > last);
      if (!next) return { sent, failed, stopped: null };
      last = next.key;
      const isTried = next.value && (again || !next.value.failed);
      const outcome = isTried ? await this.#send(next.key, next.value, send, now) : null;
      if (outcome?.kind === 'later' && stops(outcome)) return { sent, failed, stopped: outcome.status };
      if (outcome?.kind === 'sent') sent += 1;
      else failed += 1;
    }
  }

  async #send(key: string | number, item: PendingWrite, send: Send, now: () => number): Promise<Sending> {
    const tried: PendingWrite = { ...item, tried: true, failed: null };
    await this.#put(key, tried);
    const outcome = await sending(send, requestOf(item));
    if (outcome.kind === 'sent') await this.#store.delete(area, key);
    if (outcome.kind === 'refused') {
      const { status, reason } = outcome;
      await this.#put(key, { ...tried, failed: { status, reason, at: new Date(now()).toISOString() } });
    }
    return outcome;
  }

  #put(key: string | number, item: PendingWrite): Promise<void> {
    return this.#vault.write(async (box) => this.#store.put(area, key, await box.seal(item, area)));
  }

  async #find(id: string): Promise<SealedRecord<PendingWrite> | undefined> {
    return (await this.#items()).find(({ value }) => value?.id === id);
  }

  async #items(): Promise<SealedRecord<PendingWrite>[]> {
    return openRecords(this.#store, await this.#vault.use(), area);
  }
}

/** However often it is sent, there is one (http://hl7.org/fhir/R4/http.html#ccreate and #cond-update). */
export const requestOf = ({ id, method, path, body, headers = {} }: Write): Request =>
  method === 'PUT'
    ? { method, path: `${path}?${identifiedBy(id)}`, body, headers }
    : { method, path, body, headers: { ...headers, 'if-none-exist': identifiedBy(id) } };
