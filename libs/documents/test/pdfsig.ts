import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A certificate (DER, base64url) as files of others have it. */
export const pem = (der: string): string =>
  `-----BEGIN CERTIFICATE-----\n${Buffer.from(der, 'base64url').toString('base64').replaceAll(/.{64}/g, '$&\n')}\n-----END CERTIFICATE-----\n`;

/** Debian's pdfsig (poppler-utils), which shares nothing with this library, before a store (libnss3-tools) that trusts these roots alone. */
export class PdfSig {
  readonly #folder = mkdtempSync(join(tmpdir(), 'pdfsig-'));

  /** DER, base64url. */
  constructor(roots: readonly string[]) {
    const store = join(this.#folder, 'nss');
    mkdirSync(store);
    execFileSync('certutil', ['-N', '-d', `sql:${store}`, '--empty-password'], { stdio: 'pipe' });
    roots.forEach((root, nth) => {
      const file = this.file(`root-${String(nth)}.pem`, Buffer.from(pem(root)));
      execFileSync('certutil', ['-A', '-d', `sql:${store}`, '-n', `root-${String(nth)}`, '-t', 'CT,C,C', '-i', file], { stdio: 'pipe' });
    });
  }

  /** A path where these bytes lie. */
  file(name: string, bytes: Uint8Array): string {
    const path = join(this.#folder, name);
    writeFileSync(path, bytes);
    return path;
  }

  say(bytes: Uint8Array): string {
    try {
      return execFileSync('pdfsig', ['-nssdir', join(this.#folder, 'nss'), this.file('seen.pdf', bytes)], { stdio: 'pipe' }).toString();
    } catch (error) {
      // It ends with another status where there is no signature, and says so.
      return error instanceof Error && 'stdout' in error ? String(error.stdout) : '';
    }
  }

  end(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

export const count = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0;
