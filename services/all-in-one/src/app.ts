import type { buildApp } from '@naravard/rest';

/** The assembled HTTP service. */
export type App = ReturnType<typeof buildApp>;
