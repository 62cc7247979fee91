import vue from '@vitejs/plugin-vue';
import { fileURLToPath } from 'node:url';
import { ElementPlusResolver } from 'unplugin-vue-components/resolvers';
import components from 'unplugin-vue-components/vite';
import { defineConfig } from 'vite';
import { bundleManifest } from './bundle-manifest.js';
import { pdfFiles } from './pdf-files.js';

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const lib = (name: string): string => at(`../../libs/${name}/src/index.ts`);

export default defineConfig({
  root: at('.'),
  plugins: [
    vue(),
    components({ dirs: [], resolvers: [ElementPlusResolver({ importStyle: 'css' })], dts: at('src/typings/components.d.ts') }),
    pdfFiles(),
    bundleManifest(),
  ],
  resolve: {
    // Only the public, browser-safe indexes: `@app/sealing/node` and `@app/ledger/store` have no alias here and so cannot slip in.
    alias: Object.fromEntries(
      ['contracts', 'client', 'sealing', 'ledger', 'evaluation', 'archive', 'verifying', 'documents', 'bid-making'].map((name) => [
        `@app/${name}`,
        lib(name),
      ]),
    ),
  },
  // Workers import what the page imports.
  worker: { format: 'es' },
  // Element Plus ships its optimised form; no inlined data: URLs and no module preload polyfill, so that a strict CSP needs no exception.
  build: {
    outDir: at('../../dist/web'),
    emptyOutDir: true,
    target: 'es2023',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 700,
  },
  server: {
    host: '127.0.0.1',
    port: 7199,
    proxy: { '/api': 'http://127.0.0.1:7100', '/socket.io': { target: 'http://127.0.0.1:7100', ws: true } },
  },
});
