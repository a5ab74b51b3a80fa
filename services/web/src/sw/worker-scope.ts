/** As much of ServiceWorkerGlobalScope as the worker uses: the clients are compiled against the page's types, which lack it. */
export interface WorkerScope {
  /** Addresses of the app itself, put in by the build. */
  readonly __SHELL: readonly string[];
  /** What tells two of them apart, put in by the server, which makes the page. */
  readonly __VERSION: string;
  readonly location: Location;
  readonly clients: { claim(): Promise<void> };
  addEventListener(type: 'install', listener: (event: InstallEvent) => void): void;
  addEventListener(type: 'activate', listener: (event: LifeEvent) => void): void;
  addEventListener(type: 'fetch', listener: (event: AskEvent) => void): void;
}

export interface LifeEvent extends Event {
  waitUntil(work: Promise<unknown>): void;
}

export interface InstallEvent extends LifeEvent {
  /** https://w3c.github.io/ServiceWorker/#service-worker-static-routing; not in every browser. */
  addRoutes?(rules: readonly RouterRule[]): Promise<void>;
}

export interface RouterRule {
  readonly condition: { readonly urlPattern: { readonly pathname: string } };
  readonly source: 'network';
}

export interface AskEvent extends LifeEvent {
  readonly request: Request;
  respondWith(answer: Promise<Response>): void;
}
