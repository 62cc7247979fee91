import { z } from 'zod';
import { zHash } from './json.js';

/** Name of the manifest among the files that a venue serves to browsers; it lists every file but itself. */
export const WEB_MANIFEST = 'manifest.sha256';
/** Name of the file among them that names the release. */
export const WEB_RELEASE = 'release.txt';
/** More files than any build of the web client has. */
const WEB_FILES_MAX = 10_000;

/** The command of the platform log that says which web client the main venue serves from now on. */
export const PUBLISH_WEB_BUNDLE = 'platform.publish-web-bundle';

/** A build of the web client: the release that it is of, and SHA-256 of its manifest. */
export const zWebBundle = z.strictObject({ release: z.string().min(1).max(80), manifest: zHash });
export type WebBundle = z.infer<typeof zWebBundle>;

export interface WebFile {
  /** From the folder of the build, with `/` between names. */
  readonly path: string;
  /** SHA-256, hexadecimal. */
  readonly hash: string;
}

/** Paths that need no escaping, in `sha256sum` and in an address, and lead nowhere else. */
const PATH = /^(?!.*(?:^|\/)\.{1,2}(?:\/|$))[A-Za-z0-9._@+~-]+(?:\/[A-Za-z0-9._@+~-]+)*$/;
const LINE = /^([0-9a-f]{64}) {2}(.+)$/;

/** The manifest in the form of `sha256sum`, by path: the same files give the same bytes. Throws where a name would need escaping. */
export function formatWebManifest(files: readonly WebFile[]): string {
  const wrong = files.find(({ path }) => !PATH.test(path));
  if (wrong !== undefined) throw new Error(`${wrong.path}: a name of letters, digits and ._@+~- is expected`);
  const inOrder = [...files].sort((one, two) => (one.path < two.path ? -1 : 1));
  return inOrder.map(({ hash, path }) => `${hash}  ${path}\n`).join('');
}

/** Null when it is no manifest that {@link formatWebManifest} could have written. */
export function parseWebManifest(text: string): readonly WebFile[] | null {
  const lines = text.split('\n', WEB_FILES_MAX + 2).slice(0, -1);
  const files = lines.flatMap((line) => {
    const [, hash, path] = LINE.exec(line) ?? [];
    return hash === undefined || path === undefined || !PATH.test(path) ? [] : [{ hash, path }];
  });
  return files.length > 0 && files.length <= WEB_FILES_MAX && formatWebManifest(files) === text ? files : null;
}
