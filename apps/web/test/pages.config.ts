import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const libs = fileURLToPath(new URL('../../../libs', import.meta.url));

/** Pages of tests, built as the web client is: only the public, browser-safe indexes of the libraries. */
export default defineConfig({
  logLevel: 'warn',
  resolve: { alias: Object.fromEntries(readdirSync(libs).map((name) => [`@app/${name}`, `${libs}/${name}/src/index.ts`])) },
  worker: { format: 'es' },
  build: { emptyOutDir: true, target: 'es2023', modulePreload: { polyfill: false } },
});
