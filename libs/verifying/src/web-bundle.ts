import type { LoggedBundle, Trust } from '@app/archive';
import { zLoggedBundle } from '@app/archive';
import type { WebBundle } from '@app/contracts';
import { PUBLISH_WEB_BUNDLE, zWebBundle } from '@app/contracts';
import { findProfile } from '@app/sealing';
import { readPlatformHead } from './archive/checkpoints.js';
import { checkPlatformEntry } from './archive/platform-entry.js';
import { Findings } from './findings.js';
import { installationOf } from './receipt.js';
import type { Report } from './report.js';
import { conclude } from './report.js';

/** What was found at a venue, and what it is compared with. */
export interface BundleCase {
  /** What the venue sends to browsers: hash of its manifest (null: it sends none), and the addresses that bring something else. */
  readonly served: { readonly manifest: string | null; readonly count: number; readonly other: readonly string[] };
  /** What the main venue says that its log says (`GET /api/web-bundle`); null when it has nothing to say. */
  readonly logged: unknown;
  /** The web client as it was built here; null where there is none. */
  readonly own: WebBundle | null;
}

export interface BundleReport extends Report {
  /** What the log names, once that is shown; null otherwise. */
  readonly bundle: (WebBundle & { readonly entry: number; readonly at: string }) | null;
}

const LIMITS: readonly string[] = [
  'that the venue sends the same to everybody: compare on your own line, too',
  'that this machine, its browser and this program are what they should be',
];

/**
 * Whether a venue sends to browsers what the platform log says that it sends, and what anybody can build from the sources of that release
 * (docs/design/web.md, "The bundle").
 */
export function verifyBundle({ served, logged, own }: BundleCase, trust: Trust | null): BundleReport {
  const sent = new Findings('served', 'everything that is sent to browsers is as the manifest says');
  if (served.manifest === null) sent.fail('/', 'there is no manifest of what is sent');
  sent.good(served.count - served.other.length);
  for (const address of served.other) sent.fail(address, 'is missing, or another than the manifest says');

  const cosignatures = new Findings('cosignatures', 'log and a quorum of witnesses signed the head');
  const entry = new Findings('logged', 'the platform log names this manifest, under this head');
  const read = zLoggedBundle.safeParse(logged);
  if (!read.success) {
    entry.fail('log', 'the venue shows no entry of the platform log about its web client');
    cosignatures.hidden();
  }
  const bundle = read.success ? loggedBundle(read.data, trust, entry, cosignatures) : null;
  if (bundle !== null && served.manifest !== null)
    entry.check(bundle.manifest === served.manifest, 'log', () => `names the manifest ${bundle.manifest}, not ${served.manifest ?? ''}`);

  const built = new Findings('built', 'the same release, built here, has the same manifest');
  if (own !== null && bundle !== null && own.release !== bundle.release)
    built.fail('build', `this is release ${own.release}; take the sources of ${bundle.release}, which the venue serves, and build them`);
  else if (own !== null) built.check(own.manifest === served.manifest, 'build', `has the manifest ${own.manifest}`);

  const notices =
    bundle === null ? [] : [`release ${bundle.release}, manifest ${bundle.manifest}, platform entry ${bundle.entry} at ${bundle.at}`];
  const report = conclude(
    [sent, entry, cosignatures, ...(own === null ? [] : [built])].map((findings) => findings.result()),
    { origin: read.data?.origin ?? null, size: (read.data?.entry.batch ?? -1) + 1, award: [], notices, missing: null },
    LIMITS,
  );
  return { ...report, bundle };
}

function loggedBundle(
  { origin, profile: name, entry, checkpoint }: LoggedBundle,
  trust: Trust | null,
  findings: Findings,
  cosignatures: Findings,
): BundleReport['bundle'] {
  const profile = findProfile(name);
  const installation = installationOf(origin);
  if (profile === null || installation === null || (trust !== null && trust.installation !== installation)) {
    findings.fail('log', `is of the log ${origin}, profile ${name}`);
    return null;
  }
  const head = readPlatformHead(checkpoint, 'checkpoint', installation, profile, trust, cosignatures);
  const said = checkPlatformEntry(entry, PUBLISH_WEB_BUNDLE, profile, head, 'entry', findings);
  const read = zWebBundle.safeParse(said);
  if (said === null || !findings.check(read.success, 'entry', 'names no web client') || !read.success) return null;
  return { ...read.data, entry: entry.batch, at: entry.header.at };
}
