import { LogStore } from '@app/ledger/store';
import { StorageCipher } from '@app/sealing/node';
import { canonicalText, concatBytes, fromBase64Url, utf8, VENUE_NAMESPACE } from '@app/contracts';
import type { VenueClientToServer, VenueServerToClient } from '@app/contracts';
import { flatHashes, formatCheckpoint, formatNote, Frontier, headerText, SIGNATURE_TYPE, signNote, TreeHasher } from '@app/ledger';
import { Problems, SecurityLog } from '@app/venue';
import { createLogger, createPool, SystemClock, SystemIds } from '@app/platform';
import { noteSigner, noteSuite } from '@app/sealing';
import { createServer } from 'node:http';
import type { Socket } from 'socket.io';
import { Server } from 'socket.io';
import { lotToCreate } from '../../../apps/main-venue/test/support/lot.js';
import { INSTALLATION, profile } from '../../../apps/main-venue/test/support/people.js';
import type { Kit } from '../../../apps/main-venue/test/support/pipeline-kit.js';
import { createKit } from '../../../apps/main-venue/test/support/pipeline-kit.js';
import type { PipelineProcess } from '../../../apps/main-venue/test/support/pipeline-process.js';
import { HelloGate } from '../../../apps/main-venue/src/venues/hello-gate.js';
import { PartyMarks } from '../../../apps/main-venue/src/pipeline/party-marks.js';
import { PageMaker } from '../../../apps/main-venue/src/venues/page-maker.js';
import { DatabaseSealedReader } from '../../../apps/main-venue/src/venues/sealed-reader.js';
import { SiteContext } from '../../../apps/main-venue/src/venues/site-context.js';
import { DatabaseVenueBook } from '../../../apps/main-venue/src/venues/venue-book.js';
import { VenueDeliveries } from '../../../apps/main-venue/src/venues/venue-deliveries.js';
import { GivenDirectory } from '../../../apps/main-venue/src/venues/test/given-directory.js';
import { CheckpointNotes } from '../../../apps/main-venue/src/venues/checkpoint-notes.js';
import { VenueLines } from '../../../apps/main-venue/src/venues/venue-lines.js';
import { VenuesService } from '../../../apps/main-venue/src/venues/venues.service.js';

/** What the other process needs to be a site of this main venue, and people of its lots. */
export interface CatchupFacts {
  readonly url: string;
  readonly bytes: number;
  readonly siteKey: string;
  readonly mainKey: string;
  readonly seats: readonly { readonly lot: string; readonly party: string; readonly certificate: string; readonly privateKey: string }[];
}

const BIG = 'big';
const INSERT_ENTRIES = 2_000;
const SEATS_A_LOT = 50;
const clock = new SystemClock();
const lotOrigin = (lot: string): string => `${INSTALLATION}/lot/${lot}/1`;

/** The main venue of the benchmark: its own process with the real pipeline, reader, feeds and deliveries; prints its facts by IPC. */
export async function runMain(entries: number, lots: number): Promise<void> {
  // Whoever asked for this process is gone: nobody else would end it.
  process.once('disconnect', () => process.exit(0));
  process.on('message', () => process.send?.(process.cpuUsage()));
  const kit = await createKit(clock);
  const people = await Promise.all(Array.from({ length: SEATS_A_LOT }, (_none, index) => kit.people.person(`p-seat-${String(index)}`)));
  for (const person of people) kit.people.grant(person, 'supervisor');
  await kit.importer.import(await kit.people.registry());
  await kit.registry.refresh();
  const seats: CatchupFacts['seats'][number][] = [];
  for (let index = 0; index < lots; index += 1) {
    const lot = `lot-${String(index)}`;
    const { payload, secrets } = lotToCreate(kit.people, kit.cast);
    const parties = people.map((_person, seat) => ({ party: `seat-${String(seat)}`, roles: ['supervisor'], venue: 'sub-1', seat: null }));
    const bound = people.map(({ id, name, organisation, facts }, seat) => ({
      party: `seat-${String(seat)}`,
      person: { id, name },
      organisation,
      certificate: facts.fingerprint,
      nodeKey: null,
    }));
    const all = { ...payload, parties: [...(payload['parties'] as object[]), ...parties] };
    const bindings = { bindings: [...(secrets['bindings'] as object[]), ...bound] };
    const signed = await kit.wish(kit.cast.agency.identity, lot, 'agency', 'lot.create', all as never, { secrets: bindings as never });
    const { outcome } = await kit.process.pipeline.submit(signed);
    if (!outcome.ok) throw new Error(`${outcome.code}: ${outcome.message}`);
    people.forEach(({ certificate, signer }, seat) =>
      seats.push({ lot, party: `seat-${String(seat)}`, certificate, privateKey: signer.privateKey }),
    );
  }
  await kit.createLot(BIG);
  const made = await fill(kit, entries);
  const main = await kit.another({ pool: createPool({ url: kit.database.url, name: 'bench-main' }) });
  for (const lot of [BIG, ...Array.from({ length: lots }, (_none, index) => `lot-${String(index)}`)])
    await main.pipeline.lotState(lotOrigin(lot));
  const url = await serve(kit, main, made.checkpoint);
  const siteKey = kit.people.nodes.find(({ id }) => id === 'sub-1')?.signer.privateKey ?? '';
  const facts: CatchupFacts = { url, bytes: made.bytes, siteKey, mainKey: kit.keys.node.publicKey, seats };
  process.send?.(facts);
}

/** Writes entries of the size that the log really has, past the rules: catching up does not ask what they mean. */
async function fill(kit: Kit, count: number): Promise<{ checkpoint: string; bytes: number }> {
  const origin = lotOrigin(BIG);
  const cipher = new StorageCipher(kit.keys.storage);
  const hasher = new TreeHasher(profile.hash);
  const head = await kit.process.store.head(origin);
  if (head === null) throw new Error('no log');
  const frontier = Frontier.fromBytes(hasher, head.frontier);
  let bytes = 0;
  for (let from = head.size; from < head.size + count; from += INSERT_ENTRIES) {
    const rows = Array.from({ length: Math.min(INSERT_ENTRIES, head.size + count - from) }, (_none, index) => makeEntry(from + index));
    const leaves = rows.map(({ header }) => hasher.leaf(utf8(header)));
    frontier.appendAll(flatHashes(leaves));
    const parts = rows.flatMap(({ seq, parts: list }) => list.map((part) => ({ seq, ...part })));
    bytes += parts.reduce((sum, { body }) => sum + body.length, 0) + rows.reduce((sum, { header }) => sum + header.length, 0);
    await kit.pool.query('INSERT INTO entry (log_id, seq, header, leaf) SELECT $1, * FROM unnest($2::int[], $3::bytea[], $4::bytea[])', [
      head.logId,
      rows.map(({ seq }) => seq),
      rows.map(({ header }) => Buffer.from(header)),
      leaves.map((leaf) => Buffer.from(leaf)),
    ]);
    await kit.pool.query(
      'INSERT INTO entry_part (log_id, seq, name, ciphertext) SELECT $1, * FROM unnest($2::int[], $3::text[], $4::bytea[])',
      [head.logId, parts.map(({ seq }) => seq), parts.map(({ name }) => name), cipher.seal(parts.map(({ body }) => body))],
    );
  }
  await kit.pool.query('UPDATE log SET size = $2, frontier = $3 WHERE id = $1', [
    head.logId,
    frontier.size,
    Buffer.from(frontier.toBytes()),
  ]);
  const note = formatCheckpoint({ origin, size: frontier.size, root: frontier.root() });
  const checkpoint = formatNote(signNote(noteSuite(profile), note, noteSigner(kit.keys.log, origin, SIGNATURE_TYPE.note)));
  return { checkpoint, bytes };
}

function makeEntry(seq: number): { seq: number; header: string; parts: { name: string; body: Uint8Array }[] } {
  const texts = {
    skeleton: { events: [{ type: 'entry.acted', party: 'supervisor' }] },
    command: {
      command: {
        v: 1,
        id: `00000000-0000-7000-8000-${String(seq).padStart(12, '0')}`,
        type: 'lot.give-opinion',
        public: { text: 'x'.repeat(350) },
      },
      context: { v: 1 },
    },
    who: {
      signer: { kind: 'certificate', certificate: 'A'.repeat(700) },
      signature: 'B'.repeat(86),
      evidence: { chain: ['C'.repeat(500)], revocation: null },
    },
  };
  const commitments: Record<string, string> = {};
  const parts = Object.entries(texts).map(([name, value]) => {
    const salt = profile.newSalt();
    const text = canonicalText(value);
    commitments[name] = profile.commitment(salt, text);
    return { name, body: concatBytes(fromBase64Url(salt), utf8(text)) };
  });
  // As the pipeline does: parts of an entry are sealed in the order in which they are read.
  parts.sort((a, b) => (a.name < b.name ? -1 : 1));
  const header = headerText({ v: 1, seq, at: '2026-03-24T01:30:00.000Z', type: 'lot.give-opinion', parts: commitments });
  return { seq, header, parts };
}

/** The one note of the long log. */
class OneNote extends CheckpointNotes {
  constructor(private readonly note: string) {
    super();
  }
  notesOf(origin: string): Promise<string[]> {
    return Promise.resolve(origin === lotOrigin(BIG) ? [this.note] : []);
  }
  renew(): void {
    // Nothing is released in the long log.
  }
  onNote(): () => void {
    return () => undefined;
  }
}

async function serve(kit: Kit, main: PipelineProcess, checkpoint: string): Promise<string> {
  const pool = createPool({ url: kit.database.url, name: 'bench-feed' });
  const cipher = new StorageCipher(kit.keys.storage);
  const server = createServer();
  const io = new Server<VenueClientToServer, VenueServerToClient>(server, {
    transports: ['websocket'],
    perMessageDeflate: false,
    maxHttpBufferSize: 2_000_000,
  });
  const logger = createLogger({ name: 'bench-main', level: 'error' });
  const directory = new GivenDirectory(
    { id: 'main', name: 'main', role: 'main' },
    () => kit.registry.venues.map(({ id, name }) => ({ id, name, role: 'sub' as const })),
    (venue) => kit.registry.nodeKey(venue),
  );
  const notes = new OneNote(checkpoint);
  const context = new SiteContext(
    main.pipeline,
    new DatabaseSealedReader(new LogStore(pool, cipher, profile.hashHex)),
    new DatabaseVenueBook(pool, kit.dataSource, new PartyMarks(profile, cipher, kit.keys)),
    new PageMaker(cipher),
    notes,
    new VenueDeliveries(main.pipeline, logger, new SecurityLog(logger, clock)),
    new VenueLines(directory, clock),
    clock,
    new Problems(logger, new SystemIds()),
    profile,
    kit.keys,
    logger,
  );
  const venues = new VenuesService(new HelloGate(directory, clock, { INSTALLATION }, kit.keys, profile), directory, context);
  venues.start();
  io.of(VENUE_NAMESPACE).on('connection', (socket) => {
    venues.connect(socket);
  });
  await floors(io, kit);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return `http://127.0.0.1:${String(address.port)}`;
}

interface FloorMessages {
  command: (text: string, ack: () => void) => void;
  pages: (size: number, count: number, ack: () => void) => void;
}
interface FloorPushes {
  page: (page: Uint8Array, ack: () => void) => void;
}

/** The floors: bare socket.io with one autocommitted INSERT per command; and the same bytes pushed with nothing done to them. */
async function floors(io: Server, kit: Kit): Promise<void> {
  const pool = createPool({ url: kit.database.ownerUrl, name: 'bench-floor', connectionsMax: 20 });
  await pool.query('CREATE TABLE floor_command (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, body text NOT NULL)');
  io.of('/floor').on('connection', (socket: Socket<FloorMessages, FloorPushes>) => {
    socket.on('command', (text, ack) => {
      void pool.query('INSERT INTO floor_command (body) VALUES ($1)', [text]).then(() => {
        ack();
      });
    });
    socket.on('pages', (size, count, ack) => {
      const page = Buffer.alloc(size, 1);
      let sent = 0;
      let done = 0;
      const next = (): void => {
        if (sent >= count) return;
        sent += 1;
        socket.emit('page', page, () => {
          done += 1;
          if (done === count) ack();
          else next();
        });
      };
      for (let window = 0; window < 4; window += 1) next();
    });
  });
}
