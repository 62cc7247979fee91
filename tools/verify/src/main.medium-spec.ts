import type { ActReceipt } from '@app/archive';
import { readArchive } from '@app/archive';
import { openFile } from '@app/archive/node';
import { canonicalText, parseCanonical } from '@app/contracts';
import { readLockedActs } from '@app/evaluation';
import { profileOf, signWith } from '@app/sealing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const PROGRAM = resolve('dist', 'tools', 'verify', 'src', 'main.js');
const fixture = (name: string): string => resolve('tools', 'verify', 'fixtures', '0.5.0', name);
const [ARCHIVE, OTHER, TRUST] = [fixture('TV-E2E-01.zip'), fixture('TV-E2E-02.zip'), fixture('trust.json')];
const profile = profileOf('gp-std-1');
/** Two golden archives are verified in most calls; a busy machine takes its time. */
const CALLS_MS_MAX = 120_000;

interface Ended {
  readonly code: number;
  readonly out: string;
  readonly error: string;
}

/** `npm run verify -- …`, as it was built. */
const verify = (...args: readonly string[]): Promise<Ended> =>
  new Promise((done) => {
    const child = execFile(process.execPath, [PROGRAM, ...args], (_error, out, error) => {
      done({ code: child.exitCode ?? -1, out, error });
    });
  });

/** The receipt that the bidder of the archive's first act was given, out of what the archive shows. */
async function receiptFor(path: string): Promise<ActReceipt> {
  const source = await openFile(path);
  const { acts, entries, head, platformCheckpoint } = await readArchive(source);
  await source.close();
  const lock = entries.find(({ header }) => header.type === 'bidding.lock');
  const act = readLockedActs(parseCanonical(lock?.parts['x:acts']?.text ?? ''))?.[0];
  const line = acts[0];
  if (act === undefined || line === undefined || platformCheckpoint === null) throw new Error('the archive has no acts');
  const { platform, ...content } = act;
  const { commitment, ...stands } = line;
  const receipt = { v: 1 as const, origin: `${head.installation}/platform`, id: act.command.id, commitment, at: act.at };
  const signer = profile.generateSigner();
  return {
    receipt,
    signature: signWith(signer, 'receipt', receipt),
    key: signer.publicKey,
    profile: profile.id,
    proof: { ...stands, checkpoint: platformCheckpoint },
    opening: { salt: platform.salt, text: canonicalText(content) },
  };
}

describe('npm run verify', () => {
  let folder: string;
  let receipt: ActReceipt;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'gongping-verify-'));
    receipt = await receiptFor(ARCHIVE);
  });
  afterAll(async () => {
    await rm(folder, { recursive: true, force: true });
  });
  const file = async (name: string, content: unknown): Promise<string> => {
    const path = join(folder, name);
    await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content));
    return path;
  };

  it(
    'FMT-1.8 takes a receipt beside the archive (--receipt), and ends with the status that both come to',
    async () => {
      const beside = async (archive: string, content: unknown): Promise<[number, string | undefined]> => {
        const { code, out } = await verify(archive, '--trust', TRUST, '--json', '--receipt', await file('receipt.json', content));
        const { checks } = JSON.parse(out) as { checks: { id: string; verdict: string }[] };
        return [code, checks.find(({ id }) => id === 'receipted')?.verdict];
      };
      expect(await beside(ARCHIVE, receipt)).toEqual([0, 'PASS']);
      expect(await beside(ARCHIVE, { ...receipt, signature: `${receipt.signature.slice(0, -2)}AA` })).toEqual([1, 'FAIL']);
      expect(await beside(OTHER, { ...receipt, opening: null })).toEqual([3, 'NOT VISIBLE']);
      expect(await beside(OTHER, receipt)).toEqual([4, undefined]);
      expect((await verify(await file('receipt.json', receipt), '--receipt', join(folder, 'receipt.json'))).code).toBe(4);
    },
    CALLS_MS_MAX,
  );

  it(
    'FMT-3.1 answers in JSON with --json whatever is wrong, and in words without it',
    async () => {
      const there = await file('there.pdf', '');
      const calls: string[][] = [
        [],
        [ARCHIVE, OTHER],
        [ARCHIVE, '--no-such-option'],
        [join(folder, 'nothing.zip')],
        [ARCHIVE, '--trust', join(folder, 'nothing.json')],
        [await file('no-receipt.json', '{')],
        [ARCHIVE, '--write-record', there],
      ];
      for (const call of calls) {
        const { code, out, error } = await verify(...call, '--json');
        expect([call, code, error]).toEqual([call, 4, '']);
        expect(JSON.parse(out)).toMatchObject({ verdict: 'UNREADABLE', exit: 4, first: { reason: expect.stringMatching(/./) } });
      }
      const words = await verify(ARCHIVE, '--no-such-option');
      expect([words.code, words.out]).toEqual([4, '']);
      expect(words.error).toMatch(/^verify: .*no-such-option/);
    },
    CALLS_MS_MAX,
  );
});
