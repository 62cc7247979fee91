import { readArchive } from '@app/archive';
import type { SealedBidFile } from '@app/bid-making';
import { capitalAmount, openingSheetOf, own } from '@app/evaluation';
import { bytesAsSource } from '@app/sealing';
import { createAuthority, issue, profileOf } from '@app/sealing/node';
import { endSystem, type RunningSystem, startSystem } from '@app/testing';
import { type LotPlan, TV_E2E_01 } from '@app/testing/lots';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { JS, pages } from '../../libs/bid-making/test/pdf-files.js';
import { actBeforeDeadline, delivery, listed, type Bidder } from '../../tools/demo/src/acts/bidding.js';
import { found, LONG_DEADLINE_SECONDS } from '../../tools/demo/src/acts/founding.js';
import { openBids } from '../../tools/demo/src/acts/opening.js';
import type { World } from '../../tools/demo/src/cast-of-lot.js';
import { readWorld } from '../../tools/demo/src/world.js';
import { castLot, type HallLot } from '../e2e/support/hall.js';
import { ask } from './lib/ask.js';

const START_MS_MAX = 240_000;
const CASE_MS_MAX = 120_000;
/** Three bids are sealed and delivered before it. */
const DEADLINE_SECONDS = 45;
const [OPENED, LATER] = ['SEAL-01', 'SEAL-02'] as const;
/** Asks of the technical part (暗标) that its properties name nobody, and only tells. */
const NAMELESS = {
  breach: 'warn' as const,
  paper: null,
  pagesMax: null,
  margins: null,
  fonts: [],
  sizes: [],
  isPlain: false,
  isBlack: false,
  withoutPictures: false,
  isUnnamed: false,
  withoutMetadata: true,
};
/** The fourth file of each bid, which its bidder's word processor signed. */
const SIGNED = 'BLIND_METADATA 3.pdf';
const planOf = (id: string): LotPlan => ({
  ...TV_E2E_01,
  id,
  rules: { ...TV_E2E_01.rules, blindFormat: NAMELESS },
  bids: TV_E2E_01.bids.slice(0, 3),
});
const profile = profileOf('gp-std-1');
const PROGRAM = resolve('dist', 'tools', 'seal', 'src', 'main.js');
const NO_NETWORK = resolve('test', 'scenario', 'lib', 'no-network.mjs');

/** From so many hours ago until as many from now. */
const validityOf = (hours: number) => {
  const [notBefore, notAfter] = [-hours, hours].map((from) => new Date(Date.now() + from * 3_600_000).toISOString());
  return { notBefore: notBefore ?? '', notAfter: notAfter ?? '' };
};

interface Said {
  readonly status: number | null;
  readonly verdict: string;
  readonly faults: readonly string[];
  readonly code: string | null;
  readonly sealed: { readonly statement: string; readonly ciphertext: string; readonly hash: string } | null;
}

/** `npm run seal`, as it was built, in a process of its own that has no network, on what a bidder carries to it: archive, trust file, identity, files. */
describe('a bid that is sealed on a machine without network', () => {
  const folder = mkdtempSync(join(tmpdir(), 'gongping-seal-'));
  let system: RunningSystem;
  let world: World;
  let lots: Readonly<Record<typeof OPENED | typeof LATER, HallLot>>;

  const at = (name: string): string => join(folder, name);
  const write = (name: string, content: string | Uint8Array): string => {
    writeFileSync(at(name), content);
    return at(name);
  };
  const trustFile = (): string => join(system.home, 'demo', 'trust.json');
  const bidder = (index: number): Bidder => {
    const found = lots[OPENED].all[index];
    if (found === undefined) throw new Error(`no bidder ${String(index)}`);
    return found;
  };

  /** As soon as witnesses cosigned everything that is in the lot now. */
  async function archiveOf(lot: typeof OPENED | typeof LATER): Promise<string> {
    const { size } = await lots[lot].stage.sync();
    for (;;) {
      const answer = await ask(`${system.urls.main}/api/lots/${lot}/archive?round=1`);
      const bytes = new Uint8Array(await answer.arrayBuffer());
      if (answer.ok && (await readArchive(bytesAsSource(bytes))).head.size >= size) return write(`${lot}.zip`, bytes);
      await new Promise((again) => setTimeout(again, 200));
    }
  }

  const SHEET = { duration: '180 日历天', quality: '合格', projectLead: '王建华', validityDays: '90' };
  /** A bid as its bidder describes it, with its real files beside it. */
  function described(name: string, index: number, more: { lot?: string; sheet?: object; without?: string; file?: string } = {}): string {
    const { bid, parts } = bidder(index);
    mkdirSync(at(name), { recursive: true });
    const files = parts.map(({ type, title, content }, number) => {
      writeFileSync(join(at(name), `${String(number)}.pdf`), content);
      return { type, title, file: more.file ?? `${String(number)}.pdf` };
    });
    const sheet = { ...SHEET, price: bid.price, priceWords: capitalAmount(bid.price) ?? '', ...more.sheet };
    const described = { v: 1, lot: more.lot ?? OPENED, sheet, parts: files.filter(({ type }) => type !== more.without) };
    return write(join(name, 'bid.json'), JSON.stringify(described));
  }
  const identityFile = (index: number, more: object = {}): string =>
    write(`identity-${String(index)}-${String(Object.keys(more).length)}.json`, JSON.stringify({ ...bidder(index).person, ...more }));

  function run(args: readonly string[]): Promise<{ status: number | null; stdout: string; stderr: string }> {
    return new Promise((done) => {
      const child = execFile(process.execPath, ['--import', NO_NETWORK, ...args], (_error, stdout, stderr) => {
        done({ status: child.exitCode, stdout, stderr });
      });
    });
  }
  /** `out` null: only looked at. */
  async function seal(bid: string, archive: string, identity: string, trust = trustFile(), out: string | null = null): Promise<Said> {
    const where = out === null ? ['--check'] : ['--out', out];
    const args = [PROGRAM, bid, '--archive', archive, '--trust', trust, '--identity', identity, '--json', ...where];
    const { status, stdout, stderr } = await run(args);
    expect(stderr).toBe('');
    const report = JSON.parse(stdout) as {
      verdict: string;
      faults: { code: string; about: string }[];
      reason: { code: string } | null;
      sealed: Said['sealed'];
    };
    const faults = report.faults.map(({ code, about }) => `${code} ${about}`.trim());
    return { status, verdict: report.verdict, faults, code: report.reason?.code ?? null, sealed: report.sealed };
  }

  beforeAll(async () => {
    system = await startSystem({ quiet: true, fsync: false, seed: false });
    world = await readWorld(system.home, JSON.stringify(system.urls));
    lots = { [OPENED]: await castLot(world, planOf(OPENED), 1), [LATER]: await castLot(world, planOf(LATER), 1) };
    const later = lots[LATER];
    await found(later.stage, world, planOf(LATER), later.office, LONG_DEADLINE_SECONDS);
  }, START_MS_MAX);
  afterAll(async () => {
    await endSystem(system);
    rmSync(folder, { recursive: true, force: true });
  }, 60_000);

  it('is not sealed by a process that could ask anybody: one that tries is ended', async () => {
    const asking = await run(['-e', `fetch(${JSON.stringify(system.urls.main)}).then(() => console.log('answered'))`]);
    expect(asking).toMatchObject({ status: 97, stdout: '' });
  });

  it(
    'is refused with every fault that would make it fail, each with its remedy, and nothing is written',
    async () => {
      const archive = await archiveOf(LATER);
      const [identity, lot] = [identityFile(0), LATER];
      const faulty = (name: string, more: Parameters<typeof described>[2]): Promise<Said> =>
        seal(described(name, 0, { lot, ...more }), archive, identity, trustFile(), at('nothing'));
      const words = { price: '1000000.00', priceWords: '玖拾万元整' };
      expect(await faulty('words', { sheet: words })).toMatchObject({ status: 1, faults: ['WORDS_DIFFER priceWords', SIGNED] });
      expect(await faulty('decimals', { sheet: { price: '1.001' } })).toMatchObject({
        status: 1,
        faults: ['PRICE_DECIMALS price', SIGNED],
      });
      expect(await faulty('missing', { without: 'TECHNICAL' })).toMatchObject({ status: 1, faults: ['PART_MISSING TECHNICAL'] });
      const scripted = described('scripted', 0, { lot });
      write(join('scripted', '0.pdf'), pages(1, { catalog: `/OpenAction ${JS}` }));
      expect(await seal(scripted, archive, identity)).toMatchObject({ status: 1, faults: ['PDF_SCRIPT 0.pdf', SIGNED] });
      const noKey = identityFile(0, { encryptionKey: null });
      expect(await seal(described('no-key', 0, { lot }), archive, noKey)).toMatchObject({ status: 1, faults: ['NO_BID_KEY', SIGNED] });
      expect(() => readdirSync(at('nothing'))).toThrow('ENOENT');
      const good = described('good', 0, { lot });
      expect(await seal(good, archive, identity)).toMatchObject({ status: 0, verdict: 'GOOD', faults: [SIGNED] });
      // For people, the same.
      const { stdout } = await run([
        PROGRAM,
        join(at('words'), 'bid.json'),
        '--archive',
        archive,
        '--trust',
        trustFile(),
        '--identity',
        identity,
        '--check',
      ]);
      expect(stdout).toContain(
        '✕ WORDS_DIFFER priceWords: Words and figures differ. Write the words again from the figures, or put them in.',
      );
    },
    CASE_MS_MAX,
  );

  it(
    'is refused by a certificate that ends too soon or has another key',
    async () => {
      const archive = await archiveOf(LATER);
      const validity = validityOf(1);
      const authority = await createAuthority(profile.generateSigner(), 'short', validity);
      const { name, creditCode, privateKey } = bidder(0).person;
      const { publicKey } = profile.signerFrom(privateKey);
      const certificate = await issue(authority, { name, creditCode: creditCode ?? '' }, publicKey, validity);
      const bid = described('expired', 0, { lot: LATER });
      expect(await seal(bid, archive, identityFile(0, { certificate }))).toMatchObject({ status: 1, faults: ['CERTIFICATE_ENDS', SIGNED] });
      const other = identityFile(0, { privateKey: bidder(1).person.privateKey, encryptionKey: bidder(0).person.encryptionKey });
      expect(await seal(bid, archive, other)).toMatchObject({ status: 2, code: 'CERT_UNKNOWN' });
    },
    CASE_MS_MAX,
  );

  it(
    'is refused for another lot, under an archive that was changed, and under keys that the trust file does not bear out',
    async () => {
      const archive = await archiveOf(LATER);
      const identity = identityFile(0);
      const bid = described('trusting', 0, { lot: LATER });
      expect(await seal(described('other-lot', 0), archive, identity)).toMatchObject({ status: 2, code: 'WRONG_LOG' });
      const bytes = readFileSync(archive);
      bytes.writeUInt8(bytes.readUInt8(bytes.length >> 1) ^ 1, bytes.length >> 1);
      expect(await seal(bid, write('changed.zip', bytes), identity)).toMatchObject({ status: 4, verdict: 'UNREADABLE' });
      const trust = JSON.parse(readFileSync(trustFile(), 'utf8')) as Record<string, unknown>;
      const otherLog = write('other-log.json', JSON.stringify({ ...trust, logKey: profile.generateSigner('node').publicKey }));
      const nodeKeys = Object.fromEntries(
        Object.keys(trust['nodeKeys'] as object).map((node) => [node, profile.generateSigner('node').publicKey]),
      );
      const otherNodes = write('other-nodes.json', JSON.stringify({ ...trust, nodeKeys }));
      const { certificate } = await createAuthority(profile.generateSigner(), 'other', validityOf(1));
      const otherRoots = write('other-roots.json', JSON.stringify({ ...trust, roots: [certificate] }));
      for (const lie of [otherLog, otherNodes, otherRoots])
        expect(await seal(bid, archive, identity, lie)).toMatchObject({ status: 2, code: 'E_KEY_UNPROVEN', sealed: null });
      expect(await seal(bid, archive, identity, bid)).toMatchObject({ status: 4, verdict: 'UNREADABLE' });
    },
    CASE_MS_MAX,
  );

  it(
    'A-90 A-91 B-023 is delivered like any other, opens at the opening by its bidder’s key, and says what was sealed',
    async () => {
      const { stage, office, all } = lots[OPENED];
      await found(stage, world, planOf(OPENED), office, DEADLINE_SECONDS);
      const archive = await archiveOf(OPENED);
      const said = await Promise.all(
        all.map((_bidder, index) =>
          seal(described(`sealed-${String(index)}`, index), archive, identityFile(index), trustFile(), at('out')),
        ),
      );
      for (const [index, one] of all.entries()) {
        const { status, sealed } = said[index] ?? { status: null, sealed: null };
        expect([status, sealed?.hash]).toEqual([0, expect.stringMatching(/^[0-9a-f]{64}$/)]);
        if (sealed === null) continue;
        const { statement } = JSON.parse(readFileSync(sealed.statement, 'utf8')) as SealedBidFile;
        one.made = { ...statement, id: statement.bid, parts: [] };
        await one.actor.client.upload(sealed.hash, readFileSync(sealed.ciphertext), { lot: OPENED });
        await actBeforeDeadline(stage, one, 'bidding.deliver', '递交投标文件', delivery(one.made));
      }
      await openBids(stage, world, office, [], all);
      const { state } = stage;
      for (const one of all) {
        expect(own(state.opening.bids, one.made?.id ?? '')).toMatchObject({ status: 'OPENED' });
        const { price } = one.bid;
        expect(openingSheetOf(state, listed(stage, one).party)).toMatchObject({ price, priceWords: capitalAmount(price) });
      }
    },
    START_MS_MAX,
  );

  it(
    'is refused once bids are closed',
    async () => {
      const archive = await archiveOf(OPENED);
      const { status, code } = await seal(described('late', 0), archive, identityFile(0), trustFile(), at('late-out'));
      expect([status, code]).toEqual([2, 'WRONG_STATE']);
    },
    CASE_MS_MAX,
  );
});
