import { spawn } from 'node:child_process';
import { ROOT } from './paths.mjs';

/** Licences under which the product may carry others' work: none of them asks anything of whoever installs it but to keep their notices. */
const LICENCES = ['0BSD', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', 'BlueOak-1.0.0', 'CC0-1.0', 'ISC', 'MIT', 'MPL-2.0', 'OFL-1.1'];
/** Packages whose lock entry names none of these, each with what somebody read in the package itself. */
const READ_BY_HAND = {
  argparse: 'Python-2.0: permissive',
  busboy: 'MIT, in its LICENSE',
  'caniuse-lite': 'CC-BY-4.0, a list that the build reads',
  'combine-errors': 'MIT, in its Readme.md',
  'png-js': 'MIT, in its LICENSE',
  streamsearch: 'MIT, in its LICENSE',
  'xmlhttprequest-ssl': 'MIT, in its LICENSE',
};
const AUDIT_MS_MAX = 60_000;
/** From here on a known vulnerability of what is installed for production fails. */
const SEVERITIES_REFUSED = ['high', 'critical'];

const nameOf = (path) => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);

/** `(MIT OR CC0-1.0)`: one that is allowed will do; `MIT AND OFL-1.1`: each must be. */
const isAllowed = (licence) =>
  licence
    .replace(/[()]/g, '')
    .split(' OR ')
    .some((choice) => choice.split(' AND ').every((each) => LICENCES.includes(each.trim())));

/**
 * What is wrong with a lock file's packages, a sentence each: one without a hash that pins it, one under a licence that nobody allowed, and an
 * exception that is needed no more.
 */
export function lockFaults({ packages }, readByHand = READ_BY_HAND) {
  const entries = Object.entries(packages).filter(([path, { link }]) => path !== '' && link !== true);
  const faults = entries.flatMap(([path, { integrity, license }]) => [
    ...(/^sha512-/.test(integrity ?? '') ? [] : [`${nameOf(path)} has no SHA-512 in package-lock.json.`]),
    ...(isAllowed(String(license ?? '')) || nameOf(path) in readByHand
      ? []
      : [`${nameOf(path)} is under ${license ?? 'no licence that it names'}, which scripts/lib/supply-chain.mjs does not allow.`]),
  ]);
  const needed = new Set(entries.filter(([, { license }]) => !isAllowed(String(license ?? ''))).map(([path]) => nameOf(path)));
  const spare = Object.keys(readByHand).filter((name) => !needed.has(name));
  return [...faults, ...spare.map((name) => `${name} needs no exception any more.`)];
}

/**
 * What npm's report says: vulnerabilities that fail, or null when it says nothing, because the registry has no such list or cannot be
 * reached.
 */
export function auditFaults(text) {
  let report;
  try {
    report = JSON.parse(text);
  } catch {
    return null;
  }
  if (report?.vulnerabilities === undefined) return null;
  return Object.values(report.vulnerabilities)
    .filter(({ severity }) => SEVERITIES_REFUSED.includes(severity))
    .map(({ name, severity, range }) => `${name} ${range} has a known vulnerability (${severity}). Run: npm audit --omit=dev`);
}

/** Output of an npm command, whatever its exit code; empty when it took too long. */
function npm(args) {
  return new Promise((resolve, reject) => {
    const child = spawn('npm', args, { cwd: ROOT, stdio: ['ignore', 'pipe', 'ignore'], timeout: AUDIT_MS_MAX });
    let output = '';
    child.stdout.on('data', (chunk) => (output += chunk));
    child.once('error', reject);
    child.once('close', () => resolve(output));
  });
}

export const audit = async () => auditFaults(await npm(['audit', '--json', '--omit=dev', '--fetch-retries=0']));

/** The bill of materials (CycloneDX) of what is installed for production, from the lock file alone: no network is asked. */
export async function billOfMaterials() {
  // Not --omit=dev: npm leaves out with it what something that only builds the product needs as well.
  const bill = JSON.parse(await npm(['sbom', '--sbom-format=cyclonedx', '--package-lock-only']));
  const isForBuilding = ({ properties = [] }) => properties.some(({ name }) => name === 'cdx:npm:package:development');
  const left = new Set(bill.components.filter(isForBuilding).map((component) => component['bom-ref']));
  const components = bill.components.filter((component) => !left.has(component['bom-ref']));
  const dependencies = bill.dependencies
    .filter(({ ref }) => !left.has(ref))
    .map(({ ref, dependsOn = [] }) => ({ ref, dependsOn: dependsOn.filter((name) => !left.has(name)) }));
  return JSON.stringify({ ...bill, components, dependencies }, null, 2);
}
