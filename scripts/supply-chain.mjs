// Looks at what the product is made of: each package pinned by its hash and under an allowed licence, no known vulnerability where the registry
// can tell; and writes the bill of materials.
//   npm run supply-chain [-- --out FILE]      FILE: dist/sbom.cdx.json
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { makeFolder } from './lib/make-folder.mjs';
import { callerFolder, inRoot } from './lib/paths.mjs';
import { audit, billOfMaterials, lockFaults } from './lib/supply-chain.mjs';
import { main, Trouble } from './lib/trouble.mjs';

await main(async () => {
  const { values } = parseArgs({ options: { out: { type: 'string' } } });
  const out = values.out === undefined ? inRoot('dist', 'sbom.cdx.json') : resolve(callerFolder(), values.out);
  const [bill, known] = await Promise.all([billOfMaterials(), audit()]);
  const { components } = JSON.parse(bill);
  makeFolder(dirname(out));
  writeFileSync(out, bill);
  console.log(`bill of materials: ${components.length} components in ${out}`);
  if (known === null) console.log('NOT CHECKED: known vulnerabilities. The registry has no list of them or cannot be reached.');
  const faults = [...lockFaults(JSON.parse(readFileSync(inRoot('package-lock.json'), 'utf8'))), ...(known ?? [])];
  if (faults.length > 0)
    throw new Trouble(faults.join('\n'), 'Replace the package, or write down in scripts/lib/supply-chain.mjs why it may stay.');
  console.log(`packages: pinned, licences allowed${known === null ? '' : ', no known vulnerability of weight'}`);
});
