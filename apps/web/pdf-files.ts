import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Plugin } from 'vite';

/**
 * Lays what pdf.js fetches by itself into the bundle, under `/pdfjs/`: maps of Chinese, Japanese and Korean characters, standard fonts, colour profiles, and the decoders of scans that
 * need no WebAssembly, which the page's policy forbids.
 */
export function pdfFiles(): Plugin {
  const folder = dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json'));
  const FOLDERS: readonly (readonly [string, (name: string) => boolean])[] = [
    ['cmaps', () => true],
    ['standard_fonts', () => true],
    ['iccs', () => true],
    ['wasm', (name) => name.endsWith('_nowasm_fallback.js') || name.startsWith('LICENSE')],
  ];
  return {
    name: 'gongping-pdf-files',
    apply: 'build',
    buildStart() {
      for (const [part, isNeeded] of FOLDERS)
        for (const name of readdirSync(join(folder, part)).filter(isNeeded))
          this.emitFile({ type: 'asset', fileName: `pdfjs/${part}/${name}`, source: readFileSync(join(folder, part, name)) });
    },
  };
}
