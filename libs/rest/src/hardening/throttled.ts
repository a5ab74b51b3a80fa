import { Problem } from '@naravard/fhir';

/** 429: too many requests in a minute; `seconds` to wait. RFC 6585 section 4. */
export class Throttled extends Problem {
  readonly seconds: number;

  constructor(perMinute: number, seconds: number) {
    super(
      'throttled',
      `Wait ${seconds} s: at most ${perMinute} requests a minute are answered. Several changes can be one Bundle.`,
    );
    this.seconds = seconds;
  }
}
