import type { Store } from './store.ts';
import type { OpenVault, VaultUser } from './vault.ts';

/** A patient whose plan lies in the vault. */
export interface KeptPatient {
  readonly id: string;
  /** ISO instant. */
  readonly fetchedAt: string;
}

/** What was fetched while there was a connection. Every method rejects with VaultClosed while the vault is closed. */
export class Kept {
  readonly #store: Store;
  readonly #vault: OpenVault;

  constructor(store: Store, vault: OpenVault) {
    this.#store = store;
    this.#vault = vault;
  }

  /** Whose vault it is, as the session said; null when that was deleted with what was fetched. */
  user<T extends VaultUser>(): Promise<T | null> {
    return this.#get('user');
  }

  saveList(list: unknown): Promise<void> {
    return this.#put('list', list);
  }

  list<T>(): Promise<T | null> {
    return this.#get('list');
  }

  /** @param fetchedAt ISO instant */
  async savePatient(id: string, plan: unknown, fetchedAt: string): Promise<void> {
    await this.#put(`patient ${id}`, { plan, fetchedAt });
    const head: KeptPatient = { id, fetchedAt };
    await this.#vault.write(async (box) =>
      this.#store.put('heads', await box.name(id), await box.seal(head, 'head')),
    );
  }

  patient<T>(id: string): Promise<{ plan: T; fetchedAt: string } | null> {
    return this.#get(`patient ${id}`);
  }

  async patients(): Promise<KeptPatient[]> {
    const box = await this.#vault.use();
    const heads = await this.#store.entries('heads');
    return Promise.all(heads.map(([, sealed]) => box.open<KeptPatient>(sealed, 'head')));
  }

  async dropPatient(id: string): Promise<void> {
    const box = await this.#vault.use();
    await this.#store.delete('heads', await box.name(id));
    await this.#store.delete('cache', await box.name(`patient ${id}`));
  }

  /** When this user opened the patient last, as an ISO instant. */
  seen(id: string): Promise<string | null> {
    return this.#get(`seen ${id}`);
  }

  setSeen(id: string, at: string): Promise<void> {
    return this.#put(`seen ${id}`, at);
  }

  async #get<T>(about: string): Promise<T | null> {
    const box = await this.#vault.use();
    const sealed = await this.#store.get('cache', await box.name(about));
    return sealed === undefined ? null : box.open<T>(sealed, about);
  }

  async #put(about: string, value: unknown): Promise<void> {
    await this.#vault.write(async (box) =>
      this.#store.put('cache', await box.name(about), await box.seal(value, about)),
    );
  }
}
