import { defaultServerConditions } from 'vite';
import { defineConfig } from 'vitest/config';

// Workspace packages run from their TypeScript sources; workers and the global set-up resolve alike.
const conditions = ['source', ...defaultServerConditions];

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions, externalConditions: conditions } },
  environments: { __vitest__: { resolve: { conditions } }, ssr: { resolve: { conditions } } },
  // Components of services/web, as its own build reads them.
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  test: {
    include: ['tests/**/*.test.{ts,tsx}'],
    globalSetup: ['libs/testkit/src/global-setup.ts'],
    testTimeout: 30_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
  },
});
