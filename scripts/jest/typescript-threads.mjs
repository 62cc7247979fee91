// Lets a thread that a test starts run its TypeScript source as it stands: finds the files that `@app/…` and `….js` name, and takes the
// types out as Jest does for its own modules, which do not pass here.
import { existsSync, readFileSync } from 'node:fs';
import { createRequire, registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';

const ALIAS = /^@app\/([^/]+)(?:\/(node))?$/;
const require = createRequire(import.meta.url);

registerHooks({
  resolve(specifier, context, next) {
    if (context.parentURL?.endsWith('.ts') !== true) return next(specifier, context);
    const [, lib, side = 'index'] = ALIAS.exec(specifier) ?? [];
    if (lib !== undefined) return next(new URL(`../../libs/${lib}/src/${side}.ts`, import.meta.url).href, context);
    if (specifier.startsWith('.') && specifier.endsWith('.js')) {
      const source = new URL(specifier.replace(/\.js$/, '.ts'), context.parentURL);
      if (existsSync(fileURLToPath(source))) return next(source.href, context);
    }
    return next(specifier, context);
  },
  load(url, context, next) {
    if (!url.endsWith('.ts')) return next(url, context);
    const path = fileURLToPath(url);
    // Only where a thread needs it: loading the compiler takes longer than most tests.
    const { transformSync } = require('@swc/core');
    const { code } = transformSync(readFileSync(path, 'utf8'), { filename: path, module: { type: 'es6' } });
    return { format: 'module', source: code, shortCircuit: true };
  },
});
