import type { ArchivedEntry } from '@app/archive';
import { readArchive, zTrust } from '@app/archive';
import { NODE_DIGESTS } from '@app/archive/node';
import { canonicalText, fromBase64Url, parseCanonical } from '@app/contracts';
import { deliveredBid, listedBids, manifestOf, own, recoverBox, ringOf } from '@app/evaluation';
import type { LotState } from '@app/evaluation';
import { openCheckedShelf } from '@app/evaluation/node';
import { bytesAsSource, extraction, opening, packContainer, passSource, unpackContainer } from '@app/sealing';
import { profileOf } from '@app/sealing/node';
import { LotJudge, verifyArchive } from '@app/verifying';
import { beforeAll, describe, expect, it, jest } from '@jest/globals';
import { createDecipheriv, createHash, createPrivateKey, createPublicKey, diffieHellman, hkdfSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { z } from 'zod';

// A whole lot is decided again, and archives are verified, on cores that others use too.
jest.setTimeout(60_000);

const FIXTURE = new URL('../../../tools/verify/fixtures/0.5.0/TV-E2E-02.zip', import.meta.url);
const page = readFileSync(new URL('../../../docs/archive-format.md', import.meta.url), 'utf8').replaceAll(/\s+/g, ' ');

// What somebody has who reads the page and knows RFC 5869, 7748, 8439 and SHA-256: nothing of ours but the JSON that he is given.
const sha256 = (...bytes: (Uint8Array | string)[]): string =>
  bytes.reduce((hash, part) => hash.update(part), createHash('sha256')).digest('hex');
const hkdf = (ikm: Uint8Array, salt: Uint8Array, info: Uint8Array | string, length: number): Buffer =>
  Buffer.from(hkdfSync('sha256', ikm, salt, info, length));
const commitment = (salt: string, text: string): string => sha256(Buffer.from(salt, 'base64url'), text);
const raw = (tagged: string): Buffer => Buffer.from(tagged, 'base64url').subarray(1);
const X25519_PKCS8 = Buffer.from('302e020100300506032b656e04220420', 'hex');
const X25519_SPKI = Buffer.from('302a300506032b656e032100', 'hex');
const secretKey = (bytes: Uint8Array) => createPrivateKey({ key: Buffer.concat([X25519_PKCS8, bytes]), format: 'der', type: 'pkcs8' });
const publicKey = (bytes: Uint8Array) => createPublicKey({ key: Buffer.concat([X25519_SPKI, bytes]), format: 'der', type: 'spki' });
const publicOf = (secret: Uint8Array): Buffer =>
  createPublicKey(secretKey(secret)).export({ format: 'der', type: 'spki' }).subarray(X25519_SPKI.length);
/** In GF(2^8) with 0x11b. */
function times(a: number, b: number): number {
  let [left, product] = [a, 0];
  for (let bit = b; bit > 0; bit >>= 1) {
    if ((bit & 1) === 1) product ^= left;
    left = left < 0x80 ? left << 1 : (left << 1) ^ 0x11b;
  }
  return product;
}

const zManifest = z.strictObject({
  v: z.literal(1),
  profile: z.string(),
  purpose: z.string(),
  context: z.string(),
  threshold: z.number(),
  keepers: z.array(z.strictObject({ party: z.string(), publicKey: z.string(), wrap: z.string() })),
  boxKey: z.string(),
  ciphertext: z.strictObject({ hash: z.string(), size: z.number() }),
  plaintext: z.string(),
});
type Manifest = z.infer<typeof zManifest>;
const zCommand = z.object({
  command: z.object({
    public: z.record(z.string(), z.json()),
    secrets: z.record(z.string(), z.string()),
    actor: z.object({ party: z.string() }),
  }),
  context: z.object({ certificate: z.string() }),
});

describe('docs/archive-format.md says what a reader of the page alone needs, and it is so', () => {
  let entries: readonly ArchivedEntry[];
  let blobs: Awaited<ReturnType<typeof readArchive>>['blobs'];
  let state: LotState;
  let origin: string;
  const profile = profileOf('gp-std-1');

  beforeAll(async () => {
    const archive = await readArchive(bytesAsSource(Uint8Array.from(readFileSync(FIXTURE))));
    ({ entries, blobs } = archive);
    ({ origin } = archive.head);
    const judge = new LotJudge({ ...archive.head, profile, shelf: await openCheckedShelf(), anchors: null });
    for (const entry of entries) judge.take(entry);
    ({ state } = judge.run);
  });

  const says = (...quotes: string[]): void => quotes.forEach((quote) => expect(page).toContain(quote));
  const ofType = (type: string): ArchivedEntry[] => entries.filter(({ header }) => header.type === type);
  const textOf = ({ parts }: ArchivedEntry, part: string): string => parts[part]?.text ?? '';
  const commandOf = (entry: ArchivedEntry) => zCommand.parse(JSON.parse(textOf(entry, 'command')));
  const partyOf = (entry: ArchivedEntry): string => commandOf(entry).command.actor.party;
  const manifestIn = (entry: ArchivedEntry): Manifest => zManifest.parse(commandOf(entry).command.public['manifest']);
  const sheets = () => ofType('scoring.submit-sheet').map((entry) => ({ member: partyOf(entry), manifest: manifestIn(entry) }));

  /** The derivation of a box from its master, by the page. */
  function deriver(manifest: Manifest, master: Uint8Array): (label: string, length?: number) => Buffer {
    const { purpose, context, threshold } = manifest;
    const keepers = manifest.keepers.map((keeper) => ({ party: keeper.party, publicKey: keeper.publicKey }));
    const salt = Buffer.from(sha256(canonicalText({ v: 1, profile: manifest.profile, purpose, context, threshold, keepers })), 'hex');
    return (label, length = 32) => hkdf(master, salt, `gongping/box/v1/${label}`, length);
  }
  /** The first sheet whose master the opening of its step told, with everything that the lot holds of it. */
  function opened() {
    const [entry] = ofType('scoring.open-sheets');
    const masters = z.record(z.string(), z.string()).parse(parseCanonical(textOf(entry!, 'x:masters')));
    const [member = '', master = ''] = Object.entries(masters)[0] ?? [];
    const { manifest } = sheets().find((sheet) => sheet.member === member) ?? {};
    return {
      entry: entry!,
      member,
      manifest: manifest!,
      derive: deriver(manifest!, Buffer.from(master, 'base64url')),
      master: Buffer.from(master, 'base64url'),
    };
  }

  it('FMT-1.1 the salt of the index commitment', async () => {
    says('`indexCommitment`', 'under the salt HKDF(file key, empty salt, `gongping/bid/v2/index-salt`, 32)');
    for (const { bid, bidder } of listedBids(state)) {
      const { delivered, pass } = await bidOf(bid);
      const { index } = pass.texts;
      const salt = hkdf(fromBase64Url(keyOf(bidder)), new Uint8Array(), 'gongping/bid/v2/index-salt', 32);
      expect(sha256(salt, index)).toBe(delivered);
    }
  });
  /** By the library: how a bid opens is FMT-1.3's and age's. */
  async function bidOf(bid: string) {
    const manifest = manifestOf(state, bid)!;
    const recovery = recoverBox(ringOf(state), manifest);
    if (recovery.status !== 'recovered') throw new Error(recovery.status);
    const delivered = deliveredBid(state, bid)!;
    const blob = blobs.get(own(state.bidding.bids, bid)?.ciphertext.hash ?? '')!;
    const box = { manifest, master: recovery.master };
    const [whole, header] = [await passSource(opening(profile, box, delivered), blob), await passSource(extraction(profile, box), blob)];
    if (!whole.ok || !header.ok) throw new Error('it does not open');
    return { delivered: own(state.bidding.bids, bid)?.indexCommitment, header: header.value ?? '', pass: whole.value };
  }
  const keyOf = (bidder: string): string => {
    const entry = entries.find((one) => partyOf(one) === bidder && Object.hasOwn(one.parts, 'x:file-key'))!;
    return z.string().parse(parseCanonical(textOf(entry, 'x:file-key')));
  };

  it('FMT-1.2 the commitment of an opened sheet is the manifest’s, under the salt of the box', () => {
    says('part `x:sheet:<member>`', "its commitment is the manifest's `plaintext`, so its salt is `D(plaintext-salt)`");
    const { entry, member, manifest, derive } = opened();
    const { salt = '', text = '' } = entry.parts[`x:sheet:${member}`] ?? {};
    expect(Buffer.from(salt, 'base64url')).toEqual(derive('plaintext-salt'));
    expect([entry.header.parts[`x:sheet:${member}`], commitment(salt, text)]).toEqual([manifest.plaintext, manifest.plaintext]);
  });

  it('FMT-1.3 wraps: numbers from 1, a nonce of zeros, raw keys, order and lengths', () => {
    says(
      'under a nonce of 12 zero bytes',
      "HKDF(shared, ephemeral ‖ keeper's key, `gongping/box/v1/wrap-key/` + i + `/` + party + `/` ‖ box key, 32)",
    );
    says('the polynomial at x = i', 'of `file-key` and `payload-nonce` 16 bytes', 'keys in it are the 32 raw bytes without their tag');
    const { manifest, derive, master } = opened();
    expect(publicOf(derive('box-key'))).toEqual(raw(manifest.boxKey));
    const releases = ofType('sealing.release').filter((entry) => commandOf(entry).command.public['purpose'] === manifest.purpose);
    expect(releases.length).toBeGreaterThan(0);
    for (const release of releases) {
      const at = manifest.keepers.findIndex(({ party }) => party === partyOf(release));
      const [number, keeper] = [at + 1, manifest.keepers[at]!];
      const wrap = Buffer.from(keeper.wrap, 'base64url');
      const secret = Buffer.from(z.string().parse(parseCanonical(textOf(release, 'x:private-key'))), 'base64url');
      const ephemeral = wrap.subarray(0, 32);
      expect(ephemeral).toEqual(publicOf(derive(`wrap/${String(number)}`)));
      const shared = diffieHellman({ privateKey: secretKey(secret), publicKey: publicKey(ephemeral) });
      const info = Buffer.concat([Buffer.from(`gongping/box/v1/wrap-key/${String(number)}/${keeper.party}/`), raw(manifest.boxKey)]);
      const key = hkdf(shared, Buffer.concat([ephemeral, raw(keeper.publicKey)]), info, 32);
      const decipher = createDecipheriv('chacha20-poly1305', key, new Uint8Array(12), { authTagLength: 16 });
      decipher.setAuthTag(wrap.subarray(-16));
      const share = Buffer.concat([decipher.update(wrap.subarray(32, -16)), decipher.final()]);
      const coefficients = Array.from({ length: manifest.threshold - 1 }, (_none, one) => derive(`coefficient/${String(one + 1)}`));
      const again = Buffer.from(
        master.map((_byte, place) => coefficients.reduceRight((sum, one) => times(sum, number) ^ (one[place] ?? 0), 0)),
      );
      expect(share).toEqual(Buffer.from(master.map((byte, place) => byte ^ times(again[place] ?? 0, number))));
    }
  });

  it('FMT-1.4 the hash of the inner header is over its MAC line and the line feed behind it', async () => {
    says('H over the whole age header, with its MAC line (`--- …`) and the line feed behind it');
    const [{ bid } = { bid: '' }] = listedBids(state);
    const header = Buffer.from((await bidOf(bid)).header, 'base64url');
    expect([header.toString('latin1').split('\n').at(-2)?.slice(0, 4), header.at(-1)]).toEqual(['--- ', 0x0a]);
    expect(sha256(header)).toBe(own(state.bidding.bids, bid)?.innerHeaderHash);
  });

  it('FMT-1.5 fields of a manifest, contexts and purposes', () => {
    says(
      '`{v: 1, profile, purpose, context, threshold, keepers: [{party, publicKey, wrap}], boxKey, ciphertext: {hash, size}, plaintext}`',
    );
    says('of a bid `origin#creditCode#bid`, of everything else `origin#party#purpose`');
    for (const { member, manifest } of sheets()) expect(manifest.context).toBe(`${origin}#${member}#${manifest.purpose}`);
    expect(new Set(sheets().map(({ manifest }) => manifest.purpose))).toEqual(new Set(['scores:technical', 'scores:commercial']));
    for (const { bid } of listedBids(state)) {
      const { context, purpose } = zManifest.parse(manifestOf(state, bid));
      expect([context, purpose]).toEqual([expect.stringMatching(new RegExp(`^${origin}#[0-9A-Z]{18}#${bid}$`)), 'bids']);
    }
  });

  it('FMT-1.6 fields of the three signers and of the grant, names of nodes, their certificate and evidence', () => {
    says(
      'of a certificate is `{kind, certificate}`',
      'of a session `{kind, certificate, grant, grantSignature}`',
      'of a node `{kind, name, publicKey}`',
    );
    says('`{v: 1, installation, lot, seat, publicKey, notBefore, notAfter}`', 'is `main` as a signer and `node:main` as a party');
    const certificate = z.strictObject({ kind: z.literal('certificate'), certificate: z.string() });
    const grant = z.strictObject({
      v: z.literal(1),
      installation: z.string(),
      lot: z.string().nullable(),
      seat: z.string().nullable(),
      publicKey: z.string(),
      notBefore: z.string(),
      notAfter: z.string(),
    });
    const session = z.strictObject({ kind: z.literal('session'), certificate: z.string(), grant, grantSignature: z.string() });
    const node = z.strictObject({ kind: z.literal('node'), name: z.string(), publicKey: z.string() });
    const zWho = z.object({ signer: z.discriminatedUnion('kind', [certificate, session, node]), evidence: z.json() });
    const seen = new Set<string>();
    for (const entry of entries) {
      const { signer, evidence } = zWho.parse(JSON.parse(textOf(entry, 'who')));
      seen.add(signer.kind);
      expect(commandOf(entry).context.certificate).toBe(signer.kind === 'node' ? 'node' : 'good');
      if (signer.kind !== 'node') continue;
      expect(evidence).toEqual({ chain: [], revocation: null });
      expect(partyOf(entry)).toBe(signer.name === 'main' ? 'node:main' : signer.name);
    }
    expect(seen).toEqual(new Set(['certificate', 'session', 'node']));
  });

  // Played in path-length.medium-spec, in receipt.spec and verify-archive.spec, and in cut-archives.spec (FMT-3.5).
  it.each([
    [
      'FMT-1.7',
      'which extensions of certificates count, and boundaries',
      '`keyUsage` (`digitalSignature` for the signer, `keyCertSign` for an authority)',
    ],
    ['FMT-1.7', 'who must equal whom', 'The common name of the certificate must be `person.name` of `who` and of the binding'],
    [
      'FMT-1.8',
      'what must hold of a platform entry',
      '`header.type` `platform.commit-acts`, and the part must fit the header; `header.at` must not be after',
    ],
    [
      'FMT-1.14',
      'an erasure is ordered by an entry that is judged like every other',
      'The ordering entry is judged like every other: without its command it fails.',
    ],
  ])('%s %s', (_id, _what, quote) => {
    expect(page).toContain(quote);
  });

  const trust = zTrust.parse(JSON.parse(readFileSync(new URL('trust.json', FIXTURE), 'utf8')));
  async function verdictOf(change: (files: Map<string, Uint8Array>) => void): Promise<string> {
    const files = new Map(unpackContainer(Uint8Array.from(readFileSync(FIXTURE))));
    change(files);
    const tools = { profileFor: () => profile, digests: NODE_DIGESTS, shelf: await openCheckedShelf() };
    const { verdict, checks } = await verifyArchive(bytesAsSource(packContainer(files)), trust, tools);
    return [verdict, ...checks.filter((one) => one.verdict === 'FAIL').map(({ id }) => id)].join(' ');
  }
  const text = (files: Map<string, Uint8Array>, name: string): string => Buffer.from(files.get(name) ?? []).toString('utf8');

  it('FMT-1.9 files that are there also when they are empty, and what a history may hold', async () => {
    says('`platform/acts.ndjson` and `log/history.ndjson` also when they are empty; the last line of the history may be the final head');
    for (const name of ['platform/acts.ndjson', 'log/history.ndjson', 'log/policy.txt', 'log/leaves.txt'])
      expect(await verdictOf((files) => files.delete(name))).toBe('UNREADABLE');
    expect(await verdictOf((files) => files.set('log/history.ndjson', new Uint8Array()))).toBe('PASS');
    expect(
      await verdictOf((files) => files.set('log/history.ndjson', Buffer.from(`${canonicalText(text(files, 'log/checkpoint.txt'))}\n`))),
    ).toBe('PASS');
  });

  it('FMT-1.10 both policies, no other line and none twice, and what the time of a cosignature means', async () => {
    says('must be signed by the log and by a quorum of the policy, and must carry no other signature line');
    says(
      'must also have the quorum of the policy that the lot froze',
      'must not lie more than 60 s before the newest entry under its head',
    );
    const twice = (note: string): string => `${note}${note.trimEnd().split('\n').at(-1) ?? ''}\n`;
    expect(await verdictOf((files) => files.set('log/checkpoint.txt', Buffer.from(twice(text(files, 'log/checkpoint.txt')))))).toBe(
      'FAIL cosignatures',
    );
  });

  it('FMT-1.11 each secret of a command has its part, and each such part its secret: one without is found', async () => {
    says('and for each name in `command.secrets` there is that part in the header');
    for (const entry of entries)
      expect(Object.keys(commandOf(entry).command.secrets).sort()).toEqual(
        Object.keys(entry.header.parts)
          .flatMap((name) => (name.startsWith('x:') ? [name.slice(2)] : []))
          .sort(),
      );
    const shelf = await openCheckedShelf();
    const judge = new LotJudge({
      installation: 'gongping.demo',
      origin,
      lot: state.lot,
      round: state.round,
      profile,
      shelf,
      anchors: null,
    });
    const without = entries.findIndex(({ header }) => header.type === 'scoring.submit-sheet');
    for (const [seq, entry] of entries.slice(0, without + 1).entries()) {
      const { 'x:ciphertext': _gone, ...named } = entry.header.parts;
      const { 'x:ciphertext': _text, ...parts } = entry.parts;
      judge.take(seq === without ? { ...entry, header: { ...entry.header, parts: named }, parts } : entry);
    }
    expect(judge.standing.fault).toBe(
      `entry ${String(without)} (scoring.submit-sheet): has no part for the secret ciphertext of its command`,
    );
  });

  it('FMT-1.12 rounding: half up, two decimals printed, eight of exact values with zeros cut', () => {
    says('Rounding is half up: printed totals and scores have two decimals, `…Exact` values eight with zeros at the end cut');
    const result = parseCanonical(textOf(ofType('scoring.aggregate')[0]!, 'd:result'));
    const rows = z.object({ rows: z.array(z.object({ total: z.string(), totalExact: z.string() })) }).parse(result).rows;
    expect(rows.length).toBeGreaterThan(2);
    for (const { total, totalExact } of rows) {
      expect(totalExact).toMatch(/^\d+(\.\d{0,7}[1-9])?$/);
      const [whole = '', fraction = ''] = totalExact.split('.');
      const hundredths =
        BigInt(whole) * 100n + BigInt(fraction.padEnd(8, '0').slice(0, 2)) + (fraction.padEnd(8, '0')[2]! >= '5' ? 1n : 0n);
      expect(BigInt(total.replace('.', ''))).toBe(hundredths);
    }
  });

  it('FMT-1.13 the two conventions of hashes that people sign', () => {
    says('H of the text of part `d:record`', 'the commitment of part `d:report`, as the header of `report.generate` has it');
    const [record] = ofType('opening.make-record');
    expect(textOf(record!, 'skeleton')).toContain(`"hash":"${sha256(textOf(record!, 'd:record'))}"`);
    const report = ofType('report.generate')[0]?.header.parts['d:report'];
    const signed = ofType('report.sign').map((entry) => commandOf(entry).command.public['report']);
    expect(new Set(signed)).toEqual(new Set([report]));
  });

  it('FMT-1.15 what counts as nesting', () => {
    says('nesting ≤ 32 (how many arrays and objects a value stands in)');
    const nested = (depth: number): string => `${'['.repeat(depth)}1${']'.repeat(depth)}`;
    expect(() => parseCanonical(nested(32))).not.toThrow();
    expect(() => parseCanonical(nested(33))).toThrow('nested too deep');
  });

  it('FMT-4.2 names of parts', () => {
    says('these with 1 to 200 characters; another name is a `FAIL`');
    for (const { header } of entries)
      for (const name of Object.keys(header.parts)) expect(name).toMatch(/^(skeleton|command|sig|who|[xd]:.{1,200})$/);
  });
});
