import { existsSync } from 'node:fs';
import { lastLines, needDisk, run, step } from './steps.mjs';
import { explain, Trouble } from './trouble.mjs';

/** Debian packages by a file that each brings: looking for a file is faster than asking dpkg. */
export const DEBIAN = {
  run: { 'redis-server': '/usr/bin/redis-server' },
  tests: {
    'chromium-headless-shell': '/usr/bin/chromium-headless-shell',
    'fonts-wqy-microhei': '/usr/share/fonts/truetype/wqy/wqy-microhei.ttc',
    'golang-go': '/usr/bin/go',
    'golang-golang-x-mod-dev': '/usr/share/gocode/src/golang.org/x/mod/sumdb/tlog/tlog.go',
    age: '/usr/bin/age',
    'libnss3-tools': '/usr/bin/certutil',
    'poppler-utils': '/usr/bin/pdfsig',
  },
  longTests: { 'firefox-esr': '/usr/bin/firefox-esr' },
  mediaBuild: {
    'g++': '/usr/bin/g++',
    meson: '/usr/bin/meson',
    'ninja-build': '/usr/bin/ninja',
    'pkg-config': '/usr/bin/pkg-config',
    'libuv1-dev': '/usr/include/uv.h',
    'libssl-dev': '/usr/include/openssl/ssl.h',
    'libsrtp2-dev': '/usr/include/srtp2/srtp.h',
    'libabsl-dev': '/usr/include/absl/strings/string_view.h',
    'libflatbuffers-dev': '/usr/include/flatbuffers/flatbuffers.h',
    'flatbuffers-compiler': '/usr/bin/flatc',
  },
};

const APT_BYTES = 700_000_000;

function troubleOf(error, command) {
  const output = error.output ?? error.message;
  if (/Temporary failure resolving|Could not connect|Failed to fetch|Could not resolve|timed out/i.test(output)) {
    return new Trouble('The Debian mirror cannot be reached.', `Check the network, then run: ${command}`);
  }
  if (/Could not get lock|Unable to acquire the dpkg/.test(output)) {
    return new Trouble('Another program is installing Debian packages.', `Wait for it to end, then run: ${command}`);
  }
  if (/Unable to locate package|has no installation candidate/.test(output)) {
    return new Trouble('This Debian does not offer a package that is needed.', `Debian 12 does. apt says:\n${lastLines(output, 2)}`);
  }
  return explain(error) ?? new Trouble('apt-get failed.', `It says:\n${lastLines(output)}`);
}

/** Installs those of `packages` that are missing. Says the command to run when this user may not. */
export async function installDebian(packages, purpose) {
  const missing = Object.entries(packages)
    .filter(([, file]) => !existsSync(file))
    .map(([name]) => name);
  if (missing.length === 0) return;
  const command = `apt-get install --no-install-recommends ${missing.join(' ')}`;
  if (!existsSync('/usr/bin/apt-get')) {
    throw new Trouble(
      `Missing for ${purpose}: ${missing.join(', ')}; and this system has no apt-get.`,
      "Install them by your system's package manager.",
    );
  }
  if (process.getuid() !== 0) throw new Trouble(`Missing for ${purpose}: ${missing.join(', ')}.`, `Run as root: ${command}`);
  needDisk('/usr', APT_BYTES, `Debian packages (${missing.join(', ')})`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const waitForLock = ['-o', 'DPkg::Lock::Timeout=300'];
  await step(`Debian packages for ${purpose}: ${missing.join(' ')}`, async () => {
    try {
      await run('apt-get', ['update', '-qq', ...waitForLock], { env });
      await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...waitForLock, ...missing], { env });
    } catch (error) {
      throw error instanceof Trouble ? error : troubleOf(error, command);
    }
  });
}
