import { type Identity, signWish, VenueClient } from '@app/client';
import type {
  AccessProof,
  Answer,
  JsonObject,
  Landing,
  Look,
  LookKeys,
  RecordingDelivery,
  SignedCommand,
  Track,
  VenueTrack,
} from '@app/contracts';
import {
  accessOrigin,
  canonicalText,
  fromBase64Url,
  LANDING_BYTES_MAX,
  parseCanonicalBytes,
  trackKey,
  zAccessPage,
  zCommandPart,
  zLanding,
  zLandingPage,
  zLooked,
  zLookKeys,
  zProblem,
  zWhoPart,
} from '@app/contracts';
import type { LotState } from '@app/evaluation';
import {
  cosign,
  formatCheckpoint,
  formatNote,
  formatVerifierKey,
  headerLeaf,
  MerkleTree,
  parseCheckpointNote,
  SIGNATURE_TYPE,
  signNote,
  TreeHasher,
  withSignatures,
} from '@app/ledger';
import { createLogger, createPool, loadConfig, SystemClock } from '@app/platform';
import { openSegment, sha256 } from '@app/recording';
import { encryptionKeyDer, generateKeeperKey, importAgreementKey, noteKey, noteSigner, noteSuite, openOnDevice } from '@app/sealing';
import type { TestDatabase } from '@app/testing';
import { createDatabase, freePort, LineProxy } from '@app/testing';
import { nodeAuthorization } from '@app/venue';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { INestApplication } from '@nestjs/common';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type AppKit, bootApp } from '../../apps/main-venue/test/support/app-kit.js';
import { bidKey, grantLotRights, lotToCreate } from '../../apps/main-venue/test/support/lot.js';
import { INSTALLATION, profile, storageKeyText, TestPeople, type TestPerson } from '../../apps/main-venue/test/support/people.js';
import { NODE_KEYS } from '../../apps/main-venue/src/core/tokens.js';
import type { NodeKeys } from '../../apps/main-venue/src/keys/node-keys.js';
import { createSite } from '../../apps/sub-venue/src/app.js';
import { LookKeysOfSite } from '../../apps/sub-venue/src/recording/look-keys.js';
import { RecordingDeliveries } from '../../apps/sub-venue/src/recording/recording-deliveries.js';
import { RecordingRepository } from '../../apps/sub-venue/src/recording/recording.repository.js';
import { SiteRecorder } from '../../apps/sub-venue/src/recording/site-recorder.js';
import { Replicas } from '../../apps/sub-venue/src/replica/replicas.js';
import { SiteCrypto } from '../../apps/sub-venue/src/site/site-crypto.js';
import { SiteTrust } from '../../apps/sub-venue/src/site/site-trust.js';
import { Uplink } from '../../apps/sub-venue/src/uplink/uplink.js';
import { vp8Frame } from '../../libs/recording/test/stream.js';
import { SITE_MIGRATIONS } from '../../migrations/site/index.js';

// Two applications boot here, on cores that others use too.
jest.setTimeout(60_000);

const LOT = 'lot-1';
const ORIGIN = `${INSTALLATION}/lot/${LOT}/1`;
const ACCESS = accessOrigin(INSTALLATION, LOT, 1);
const SITE = 'sub-1';
const CAMERA: Track = { party: 'witness', source: 'camera' };
const VENUE_CAMERA: VenueTrack = { venue: SITE, ...CAMERA };
const clock = new SystemClock();

/**
 * Goal: what a site recorded is looked at by a supervisor at the main venue, and by nobody else. Method: both real applications in this process, each with
 * its own database, the site's own witness, and a TCP line between them that the test cuts. The recorder is given segments as a room gives them.
 */
describe('looking at a recording', () => {
  let people: TestPeople;
  let main: AppKit;
  let line: LineProxy;
  let database: TestDatabase;
  let folder: string;
  let site: INestApplication;
  let agency: TestPerson;
  let tenderer: TestPerson;
  let supervisor: TestPerson;
  const witness = profile.generateSigner('node');
  /** When the first segment begins; each lasts ten seconds. */
  const begin = clock.nowMs() - 600_000;
  const at = (second: number): string => new Date(begin + second * 1_000).toISOString();

  const until = async (holds: () => boolean | Promise<boolean>): Promise<void> => {
    for (let turn = 0; turn < 800 && !(await holds()); turn += 1) await new Promise((resolve) => setTimeout(resolve, 25));
    expect(await holds()).toBe(true);
  };
  const wish = (identity: Identity, party: string, type: string, payload: JsonObject, secrets = {}): Promise<SignedCommand> =>
    signWish(
      profile,
      identity,
      { origin: type.startsWith('access.') ? ACCESS : ORIGIN, lot: LOT, round: 1 },
      { type, payload, party, at: clock.instant(), basis: 0, secrets },
    );
  const act = async (identity: Identity, party: string, type: string, payload: JsonObject, secrets = {}): Promise<Answer['outcome']> =>
    (await new VenueClient(main.url, profile, agency.identity).submit(await wish(identity, party, type, payload, secrets))).outcome;

  const tokens = new Map<string, string>();
  const ask = async (person: TestPerson, path: string, body?: object) => {
    const token = tokens.get(person.id) ?? (await new VenueClient(main.url, profile, person.identity).login()).token;
    tokens.set(person.id, token);
    const response = await fetch(`${main.url}/api/lots/${LOT}${path}`, {
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
    });
    return { status: response.status, bytes: new Uint8Array(await response.arrayBuffer()) };
  };
  const json = ({ bytes }: { readonly bytes: Uint8Array }): unknown => JSON.parse(new TextDecoder().decode(bytes));
  const codeOf = async (asked: ReturnType<typeof ask>): Promise<string> => zProblem.parse(json(await asked)).code;

  /** A look by a key of its own, and how to open what comes. */
  const lookKey = generateKeeperKey(profile);
  const look = (more: Partial<Look> = {}): Look => ({
    tracks: [VENUE_CAMERA],
    from: at(12),
    to: at(25),
    purpose: '核查评标过程',
    recipient: lookKey.publicKey,
    ...more,
  });
  const send = async (signed: SignedCommand, person = supervisor) => zLooked.parse(json(await ask(person, '/access', signed)));
  const opened = async (sealed: string): Promise<LookKeys> => {
    const key = await importAgreementKey(encryptionKeyDer(lookKey.privateKey));
    const bytes = await openOnDevice(profile, fromBase64Url(sealed), key, lookKey.publicKey);
    return zLookKeys.parse(parseCanonicalBytes(bytes!));
  };
  const entriesOfLog = async () => zAccessPage.parse(json(await ask(supervisor, '/access'))).entries;

  async function bootSite(witness: string, port: number, lineUrl: string): Promise<void> {
    const node = people.nodes.find(({ id }) => id === SITE);
    await writeFile(join(folder, 'keys.json'), JSON.stringify({ node: node?.signer.privateKey, witness, storage: storageKeyText() }));
    const config = loadConfig({
      VENUE_ID: SITE,
      VENUE_ROLE: 'sub',
      INSTALLATION,
      PORT: String(port),
      DATABASE_URL: database.url,
      MAIN_URL: lineUrl,
      PUBLIC_URL: 'http://127.0.0.1:7101',
      DATA_DIR: folder,
      KEYS_FILE: join(folder, 'keys.json'),
      MEDIA_WORKERS: '0',
      LOG_LEVEL: 'silent',
    });
    site = await createSite(config, createLogger({ name: SITE, level: 'silent' }));
    await site.listen(port, '127.0.0.1');
  }

  /** A lot whose document is issued, as everybody in it has made it so. */
  async function publish(): Promise<void> {
    const minutes = (count: number): string => new Date(clock.nowMs() + count * 60_000).toISOString();
    const schedule = { documentsFrom: minutes(0), documentsUntil: minutes(30), deadline: minutes(60) };
    const { payload, secrets } = lotToCreate(
      people,
      { agency, tenderer, supervisor },
      { schedule, witnessPolicy: `witness ${SITE} ${people.witnessKeys.get(SITE) ?? ''}\ngroup all 1 ${SITE}\nquorum all\n` },
    );
    expect(await act(agency.identity, 'agency', 'lot.create', payload, secrets)).toMatchObject({ ok: true });
    for (const [party, { identity }] of Object.entries({ tenderer, agency, supervisor }))
      expect(await act(identity, party, 'sealing.publish-key', bidKey(LOT, party))).toMatchObject({ ok: true });
    const keys = (): number => Object.keys(site.get(Replicas).find(ORIGIN)?.state.keepers.published['bids'] ?? {}).length;
    await until(() => keys() === 5);
    expect(await act(agency.identity, 'agency', 'lot.publish', { documentPackage: '0'.repeat(64) })).toMatchObject({ ok: true });
    await until(() => site.get(Replicas).find(ORIGIN)?.state.status !== 'DRAFT');
  }

  beforeAll(async () => {
    people = await TestPeople.create();
    agency = await people.person('p-agency', 'o-agency');
    tenderer = await people.person('p-tenderer', 'o-tenderer');
    supervisor = await people.person('p-supervisor', 'o-authority');
    grantLotRights(people, { agency, tenderer, supervisor });
    const key = noteKey(witness.publicKey, `${INSTALLATION}/witness/${SITE}`, SIGNATURE_TYPE.cosignature);
    people.witnessKeys.set(SITE, formatVerifierKey(profile.hash, key!));
    const port = await freePort();
    people.urls.set(SITE, `http://127.0.0.1:${String(port)}`);
    main = await bootApp(people);
    line = new LineProxy(Number(new URL(main.url).port));
    database = await createDatabase(SITE_MIGRATIONS);
    folder = await mkdtemp(join(tmpdir(), 'gongping-watch-'));
    await bootSite(witness.privateKey, port, `http://127.0.0.1:${String(await line.listen())}`);
    await until(() => site.get(Uplink).isUp);
    await publish();
    const room = site.get(SiteRecorder).of(ORIGIN);
    room.started(CAMERA);
    for (const second of [0, 10, 20, 30]) room.segment(CAMERA, draft(second));
    await site.get(SiteRecorder).land(ORIGIN);
    await until(() => site.get(Replicas).find(ORIGIN)?.state.recording.venues[SITE] !== undefined);
  });
  afterAll(async () => {
    await site.close();
    await line.close();
    await main.close();
    await database.drop();
    await rm(folder, { recursive: true, force: true });
  });

  const draft = (second: number) => ({
    codec: 'vp8' as const,
    size: { width: 640, height: 360 },
    frames: [0, 1, 2].map((number) => ({ data: vp8Frame(number, number === 0), isKey: number === 0, atMs: number * 40, lastsMs: 40 })),
    received: { fromMs: begin + second * 1_000, toMs: begin + second * 1_000 + 10_000 },
    sent: null,
  });

  it('is on the record, witnessed, before there is a key, and gives the keys of what was asked for and no other', async () => {
    const signed = await wish(supervisor.identity, 'supervisor', 'access.look', look());
    const { answer, proof, keys } = await send(signed);
    expect(answer.outcome).toMatchObject({ ok: true, origin: ACCESS, seq: 0 });
    expect(parseCheckpointNote(proof!.checkpoint)).toMatchObject({ checkpoint: { origin: ACCESS, size: 1 } });
    const [given] = keys;
    const sealed = given !== undefined && 'sealed' in given ? given.sealed : '';
    const { tracks } = await opened(sealed);
    // Of four segments of ten seconds those that have a moment in 12 s – 25 s.
    expect(tracks.map(({ track, runs }) => [trackKey(track), runs.map((run) => [run.index, run.keys.length])])).toEqual([
      ['witness/camera', [[1, 2]]],
    ]);
    expect(await entriesOfLog()).toEqual([
      expect.objectContaining({ seq: 0, type: 'access.look', party: 'supervisor', person: supervisor.name, payload: look() }),
    ]);
    // The same command is the same look, and asks again.
    const again = await send(signed);
    expect([again.answer.outcome, await opened('sealed' in again.keys[0]! ? again.keys[0].sealed : '')]).toEqual([
      answer.outcome,
      await opened(sealed),
    ]);
    expect(await entriesOfLog()).toHaveLength(1);
  });

  it('is for supervisors of the lot alone, with a command of the access log', async () => {
    const signed = await wish(agency.identity, 'agency', 'access.look', look());
    expect(await codeOf(ask(agency, '/access', signed))).toBe('FORBIDDEN');
    expect(await codeOf(ask(agency, '/access'))).toBe('FORBIDDEN');
    // Nor by the way of all commands, as himself or as the supervisor.
    const answer = await new VenueClient(main.url, profile, agency.identity).submit(signed);
    expect(answer.outcome).toMatchObject({ ok: false, code: 'FORBIDDEN' });
    const asOther = await wish(agency.identity, 'supervisor', 'access.look', look());
    expect((await new VenueClient(main.url, profile, agency.identity).submit(asOther)).outcome).toMatchObject({
      ok: false,
      code: 'NO_PART',
    });
    const other = await wish(supervisor.identity, 'supervisor', 'lot.give-opinion', { text: 'x', target: 'lot' });
    expect(await codeOf(ask(supervisor, '/access', other))).toBe('UNKNOWN_TYPE');
    expect((await fetch(`${main.url}/api/lots/${LOT}/access`)).status).toBe(401);
    // Neither its entries nor their headers are in the public tiles.
    const tile = async (origin: string): Promise<number> => (await fetch(`${main.url}/log/${origin}/tile/entries/000.p/1`)).status;
    expect([await tile(ACCESS), await tile(ORIGIN)]).toEqual([404, 200]);
    expect((await fetch(`${main.url}/log/${ACCESS}/quorum`)).status).toBe(200);
    expect(await entriesOfLog()).toHaveLength(1);
  });

  it.each<[string, () => Partial<Look>, string]>([
    ['that ends before it begins', () => ({ from: at(30), to: at(10) }), 'E_INPUT'],
    ['without a purpose', () => ({ purpose: ' ' }), 'E_INPUT'],
    ['at nothing', () => ({ tracks: [] }), 'E_INPUT'],
    ['by a key that is none', () => ({ recipient: 'AAAA' }), 'E_INPUT'],
  ])('is refused %s, and nothing is recorded', async (_what, more, code) => {
    const { answer, proof, keys } = await send(await wish(supervisor.identity, 'supervisor', 'access.look', look(more())));
    expect([answer.outcome, proof, keys]).toEqual([expect.objectContaining({ ok: false, code }), null, []]);
  });

  it('keeps marks, checks and exports with their applicant in order', async () => {
    const applicant = { name: '某市财政局', reason: '投诉处理' };
    const mark = { at: at(13), track: VENUE_CAMERA, note: '离席' };
    const checked = { of: { kind: 'span', track: VENUE_CAMERA, from: at(0), to: at(10) }, note: '' };
    const before = (await entriesOfLog()).length;
    expect((await send(await wish(supervisor.identity, 'supervisor', 'access.mark', mark))).keys).toEqual([]);
    expect((await send(await wish(supervisor.identity, 'supervisor', 'access.check', checked))).answer.outcome.ok).toBe(true);
    const copy = await send(await wish(supervisor.identity, 'supervisor', 'access.export', { ...look(), applicant }));
    expect(copy.keys).toEqual([{ venue: SITE, sealed: expect.any(String) }]);
    expect((await send(await wish(supervisor.identity, 'supervisor', 'access.export', look()))).answer.outcome).toMatchObject({
      code: 'E_INPUT',
    });
    const entries = (await entriesOfLog()).slice(before);
    expect(entries.map(({ type, payload }) => [type, payload])).toEqual([
      ['access.mark', mark],
      ['access.check', checked],
      ['access.export', { ...look(), applicant }],
    ]);
  });

  it('is on the record while the site is cut off, and has its keys when the site is back', async () => {
    line.cut();
    await until(() => !site.get(Uplink).isUp);
    // The site cosigns by another line: it is its own that is cut.
    const signed = await wish(supervisor.identity, 'supervisor', 'access.look', look());
    const cut = await send(signed);
    expect([cut.answer.outcome.ok, cut.keys]).toEqual([true, [{ venue: SITE, code: 'UNAVAILABLE', message: expect.any(String) }]]);
    line.mend();
    await until(() => site.get(Uplink).isUp);
    const back = await send(signed);
    expect([back.answer.outcome, back.keys]).toEqual([cut.answer.outcome, [{ venue: SITE, sealed: expect.any(String) }]]);
  });

  describe('files', () => {
    const landingsHere = async () => zLandingPage.parse(json(await ask(supervisor, '/recordings'))).landings;
    const deliver = async (): Promise<void> => site.get(RecordingDeliveries).deliverAll();
    const fileOf = async (kind: 'landings' | 'segments', hash: string, person = supervisor) => ask(person, `/recordings/${kind}/${hash}`);
    const landing = async (index: number): Promise<Landing> => {
      const { bytes } = await fileOf('landings', (await landingsHere())[index]!.landing);
      return zLanding.parse(parseCanonicalBytes(bytes));
    };

    it('come to the main venue behind the recording, are read by supervisors alone, and open with the keys of a look', async () => {
      await until(async () => {
        await deliver();
        return (await landingsHere()).every(({ isHere }) => isHere);
      });
      const [first] = await landingsHere();
      expect(first).toMatchObject({ venue: SITE, index: 0, segments: 4, gaps: 0 });
      const { segments } = await landing(0);
      const { keys } = await send(await wish(supervisor.identity, 'supervisor', 'access.look', look()));
      const [track] = (await opened('sealed' in keys[0]! ? keys[0].sealed : '')).tracks;
      const [run] = track!.runs;
      for (const { index, content } of segments) {
        const { status, bytes } = await fileOf('segments', content);
        expect([status, sha256(bytes)]).toEqual([200, content]);
        const key = run!.keys[index - run!.index];
        const place = { origin: ORIGIN, venue: SITE, track: trackKey(CAMERA), index };
        const file = key === undefined ? null : openSegment(fromBase64Url(key), place, bytes);
        // EBML, the container of WebM: of the two segments that were looked at, and of no other.
        expect(file === null ? null : Buffer.from(file.subarray(0, 4)).toString('hex')).toBe([1, 2].includes(index) ? '1a45dfa3' : null);
      }
      expect(await codeOf(ask(agency, '/recordings'))).toBe('FORBIDDEN');
      expect(await codeOf(fileOf('landings', first!.landing, agency))).toBe('FORBIDDEN');
      expect(await codeOf(fileOf('segments', segments[0]!.content, agency))).toBe('FORBIDDEN');
      expect(await codeOf(fileOf('segments', '0'.repeat(64)))).toBe('NOT_FOUND');
      // What is no ciphertext is not among the files that everybody may ask for by their hash.
      const token = tokens.get(agency.id) ?? '';
      const blob = await fetch(`${main.url}/api/blobs/${first!.landing}`, { headers: { authorization: `Bearer ${token}` } });
      expect(blob.status).toBe(404);
    });

    it('are recorded on while the line is cut, and come when it is back', async () => {
      line.cut();
      await until(() => !site.get(Uplink).isUp);
      const room = site.get(SiteRecorder).of(ORIGIN);
      for (const second of [40, 50]) room.segment(CAMERA, draft(second));
      await site.get(SiteRecorder).land(ORIGIN);
      await deliver();
      expect(await landingsHere()).toHaveLength(1);
      line.mend();
      await until(() => site.get(Uplink).isUp);
      await until(async () => (await landingsHere()).length === 2);
      await until(async () => {
        await deliver();
        return (await landingsHere()).every(({ isHere }) => isHere);
      });
      const { segments, prev } = await landing(1);
      expect([segments.length, prev]).toEqual([2, (await landingsHere())[0]!.landing]);
      for (const { content } of segments) expect(sha256((await fileOf('segments', content)).bytes)).toBe(content);
    });

    it('are taken from their site alone, as the log and the landings name them', async () => {
      const put = async (
        kind: string,
        hash: string,
        body: Uint8Array,
        by = SITE,
        more: Partial<RecordingDelivery> = {},
      ): Promise<string> => {
        const node = people.nodes.find(({ id }) => id === by)!;
        const hello = { v: 1 as const, venue: by, to: 'main', installation: INSTALLATION, at: clock.instant(), nonce: profile.newSalt() };
        const authorization = nodeAuthorization(node.signer, 'recordingDelivery', { ...hello, origin: ORIGIN, hash, ...more });
        const response = await fetch(`${main.url}/venue/recordings/${kind}/${hash}`, {
          method: 'PUT',
          headers: { authorization, 'content-type': 'application/octet-stream' },
          body: Buffer.from(body),
        });
        return response.ok ? 'OK' : zProblem.parse(await response.json()).code;
      };
      const [first] = await landingsHere();
      const { bytes } = await fileOf('landings', first!.landing);
      expect(await put('landings', first!.landing, bytes)).toBe('OK');
      expect(await put('landings', first!.landing, bytes, 'sub-2')).toBe('FORBIDDEN');
      expect(await put('landings', first!.landing, bytes, SITE, { hash: '0'.repeat(64) })).toBe('FORBIDDEN');
      expect(await put('landings', first!.landing, bytes.subarray(1))).toBe('HASH_MISMATCH');
      expect(await put('landings', first!.landing, new Uint8Array(LANDING_BYTES_MAX + 1))).toBe('TOO_LARGE');
      expect(await put('landings', sha256(new Uint8Array(3)), new Uint8Array(3))).toBe('NOT_FOUND');
      expect(await put('segments', sha256(new Uint8Array(3)), new Uint8Array(3))).toBe('NOT_FOUND');
      expect(
        (await fetch(`${main.url}/venue/recordings/landings/${first!.landing}`, { method: 'PUT', body: Buffer.from(bytes) })).status,
      ).toBe(401);

      // One that the landing names and that is not here yet: nothing but it is taken.
      const [segment] = (await landing(0)).segments;
      const { bytes: sealed } = await fileOf('segments', segment!.content);
      const owner = createPool({ url: main.database.ownerUrl, name: 'test' });
      await owner.query('UPDATE recorded_segment SET is_here = false WHERE hash = $1', [segment!.content]);
      await owner.end();
      await rm(join(main.config.DATA_DIR, 'recordings', 'segments', segment!.content.slice(0, 2), segment!.content));
      expect(await codeOf(fileOf('segments', segment!.content))).toBe('NOT_FOUND');
      expect(await put('segments', segment!.content, sealed, 'sub-2')).toBe('FORBIDDEN');
      expect(await put('segments', segment!.content, Buffer.concat([sealed.subarray(1), Buffer.from([0])]))).toBe('HASH_MISMATCH');
      expect(await put('segments', segment!.content, Buffer.concat([sealed, Buffer.from([0])]))).toBe('TOO_LARGE');
      expect(await codeOf(fileOf('segments', segment!.content))).toBe('NOT_FOUND');
      expect(await put('segments', segment!.content, sealed)).toBe('OK');
      expect((await fileOf('segments', segment!.content)).status).toBe(200);
    });
  });

  describe('by a main venue that lies', () => {
    const standing = async (): Promise<AccessProof> => {
      const { proof } = await send(await wish(supervisor.identity, 'supervisor', 'access.look', look()));
      return proof!;
    };
    const sut = (): LookKeysOfSite => site.get(LookKeysOfSite);

    /** A log of one entry, which the key of the log signed and the witness cosigned. */
    async function forged(signed: SignedCommand): Promise<AccessProof> {
      const given = await standing();
      const context = { ...zCommandPart.parse(JSON.parse(given.parts['command']!.text)).context };
      const who = zWhoPart.parse(JSON.parse(given.parts['who']!.text));
      const parts = Object.fromEntries(
        Object.entries({
          command: { command: signed.command, context },
          who: { ...who, signer: signed.signer, signature: signed.signature },
        }).map(([name, value]) => [name, { salt: profile.newSalt(), text: canonicalText(value) }]),
      );
      const commitments = Object.fromEntries(Object.entries(parts).map(([name, { salt, text }]) => [name, profile.commitment(salt, text)]));
      const header = { ...given.header, seq: 0, parts: commitments };
      const tree = new MerkleTree(new TreeHasher(profile.hash), headerLeaf(new TreeHasher(profile.hash), header));
      const text = formatCheckpoint({ origin: ACCESS, size: 1, root: tree.root(1) });
      const { log } = main.app.get<NodeKeys>(NODE_KEYS);
      const suite = noteSuite(profile);
      const note = signNote(suite, text, noteSigner(log, ACCESS, SIGNATURE_TYPE.note));
      const cosigner = noteSigner(witness, `${INSTALLATION}/witness/${SITE}`, SIGNATURE_TYPE.cosignature);
      const cosignature = cosign(suite, text, cosigner, Math.floor(clock.nowMs() / 1_000));
      return { header, parts, path: [], checkpoint: formatNote(withSignatures(note, [cosignature])) };
    }

    it('is answered where it is true', async () => {
      await expect(sut().keysFor(await standing())).resolves.toMatchObject({ sealed: expect.any(String) });
      const own = await forged(await wish(supervisor.identity, 'supervisor', 'access.look', look()));
      await expect(sut().keysFor(own)).resolves.toMatchObject({ sealed: expect.any(String) });
    });

    it.each<[string, (proof: AccessProof) => AccessProof]>([
      [
        'another recipient',
        (proof) => ({
          ...proof,
          parts: { ...proof.parts, command: replaced(proof, lookKey.publicKey, generateKeeperKey(profile).publicKey) },
        }),
      ],
      ['no cosignature', (proof) => ({ ...proof, checkpoint: proof.checkpoint.split('\n').slice(0, -2).join('\n') + '\n' })],
      ['another place in the log', (proof) => ({ ...proof, header: { ...proof.header, seq: proof.header.seq + 1 } })],
      ['another time', (proof) => ({ ...proof, header: { ...proof.header, at: at(0) } })],
      ['a head that is none', (proof) => ({ ...proof, checkpoint: 'x' })],
      ['no signer', (proof) => ({ ...proof, parts: { command: proof.parts['command']! } })],
    ])('gets no key for %s', async (_what, change) => {
      await expect(sut().keysFor(change(await standing()))).rejects.toMatchObject({ code: 'FORBIDDEN' });
    });

    it('gets no key for a look of somebody else, for a mark, or for a look in another log', async () => {
      const all = [
        await wish(agency.identity, 'agency', 'access.look', look()),
        await wish(agency.identity, 'supervisor', 'access.look', look()),
        await wish(supervisor.identity, 'supervisor', 'access.mark', { at: at(0), track: null, note: 'x' }),
        { ...(await wish(supervisor.identity, 'supervisor', 'access.look', look())), signature: 'AA' },
      ];
      for (const signed of all) await expect(sut().keysFor(await forged(signed))).rejects.toMatchObject({ code: 'FORBIDDEN' });
      await expect(sut().keysFor({})).rejects.toMatchObject({ code: 'MALFORMED' });
    });

    it('gets no key of a screen while each member judges alone', async () => {
      const replica = site.get(Replicas).find(ORIGIN)!;
      const alone: LotState = { ...replica.state, status: 'EVALUATING', committee: { ...replica.state.committee, step: 'review' } };
      const lot = { origin: ORIGIN, state: alone, fault: null, standing: replica.standing, atHand: () => Promise.resolve() };
      const judging = new LookKeysOfSite(
        { INSTALLATION, VENUE_ID: SITE },
        site.get(RecordingRepository),
        { find: () => lot },
        site.get(SiteTrust),
        site.get(SiteCrypto),
        { answerLooks: () => undefined },
        clock,
      );
      await expect(judging.keysFor(await standing())).resolves.toMatchObject({ sealed: expect.any(String) });
      const screen = await wish(
        supervisor.identity,
        'supervisor',
        'access.look',
        look({ tracks: [{ ...VENUE_CAMERA, source: 'screen' }] }),
      );
      await expect(judging.keysFor(await forged(screen))).rejects.toMatchObject({ code: 'WRONG_STEP' });
    });
  });
});

/** The part with one text for another. */
const replaced = ({ parts }: AccessProof, one: string, other: string): AccessProof['parts'][string] => {
  const part = parts['command']!;
  return { ...part, text: part.text.replace(one, other) };
};
