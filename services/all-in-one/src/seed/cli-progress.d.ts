/** The part of cli-progress 3.12 that the seed uses: the package brings no types. */
declare module 'cli-progress' {
  export interface Options {
    format?: string;
    stream?: NodeJS.WritableStream;
    hideCursor?: boolean;
    noTTYOutput?: boolean;
    notTTYSchedule?: number;
  }
  export class SingleBar {
    constructor(options: Options);
    start(total: number, startValue: number, payload?: object): void;
    increment(step: number, payload?: object): void;
    stop(): void;
  }
}
