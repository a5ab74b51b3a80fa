import { defineConfig, type UserConfig } from 'vite';

/** What the three builds of scripts/build-web.mjs have in common; it says which entries each has. */
const config: UserConfig = defineConfig({
  root: import.meta.dirname,
  base: '/web/',
  publicDir: 'public',
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    target: 'es2023',
    // The policy of the pages forbids what is inline: `data:` fonts, styles and scripts.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
});

export default config;
