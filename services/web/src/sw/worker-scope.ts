/** As much of ServiceWorkerGlobalScope as the worker uses: the clients are compiled against the page's types, which lack it. */
export interface WorkerScope {
  /** Addresses of the app itself, and what tells two of them apart: both put in by the build. */
  readonly __SHELL: readonly string[];
  readonly __VERSION: string;
  readonly location: Location;
  readonly clients: { claim(): Promise<void> };
  addEventListener(type: 'install' | 'activate', listener: (event: LifeEvent) => void): void;
  addEventListener(type: 'fetch', listener: (event: AskEvent) => void): void;
}

export interface LifeEvent extends Event {
  waitUntil(work: Promise<unknown>): void;
}

export interface AskEvent extends LifeEvent {
  readonly request: Request;
  respondWith(answer: Promise<Response>): void;
}
