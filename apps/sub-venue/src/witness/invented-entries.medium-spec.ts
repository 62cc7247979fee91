import type { JsonObject, Opening, SentEntry } from '@app/contracts';
import { canonicalText, PART, parseCanonical, utf8 } from '@app/contracts';
import type { LotRun } from '@app/evaluation';
import { lotPolicyText, secretEntryOf } from '@app/evaluation';
import {
  evaluateCheckpoint,
  flatHashes,
  formatAddCheckpoint,
  formatCheckpoint,
  formatNote,
  formatPolicy,
  headerText,
  MerkleTree,
  parseCheckpointNote,
  parseCosignatures,
  parsePolicy,
  SIGNATURE_TYPE,
  signNote,
  TreeHasher,
  withSignatures,
} from '@app/ledger';
import { createPool, FakeClock } from '@app/platform';
import { noteSigner, noteSuite } from '@app/sealing';
import { profileOf } from '@app/sealing/node';
import type { TestDatabase } from '@app/testing';
import { createDatabase } from '@app/testing';
import { TV_E2E_01 } from '@app/testing/lots';
import { at } from '@app/testing/play';
import { LotJudge } from '@app/verifying';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type pg from 'pg';
import { z } from 'zod';
import { SITE_MIGRATIONS } from '../../../../migrations/site/index.js';
import { silent } from '../../test/support.js';
import { ReplicaJudgements } from './replica-judgements.js';
import { Witness } from './witness.js';
import { WitnessRepository } from './witness.repository.js';
import type { JudgedLogs } from './witness.types.js';

jest.setTimeout(120_000);

const profile = profileOf('gp-std-1');
const suite = noteSuite(profile);
const hasher = new TreeHasher(profile.hash);
const clock = new FakeClock();
const logKey = profile.generateSigner('node');
const witnessKey = (venue: string) =>
  noteSigner(profile.generateSigner('node'), `gongping.test/witness/${venue}`, SIGNATURE_TYPE.cosignature);
/** The first follows the lot; the others are sites without a part in it, and cosign whatever continues. */
const KEYS = { 'sub-1': witnessKey('sub-1'), 'sub-8': witnessKey('sub-8'), 'sub-9': witnessKey('sub-9') };
const NAMES = Object.keys(KEYS);
const STANDING = formatPolicy(profile.hash, {
  logs: [],
  witnesses: Object.entries(KEYS).map(([name, key]) => ({ name, key, url: null })),
  groups: [{ name: 'majority', threshold: 2, members: NAMES }],
  quorum: 'majority',
});
const FOLLOWS_NOTHING: Pick<JudgedLogs, 'lack' | 'arrival'> = { lack: () => null, arrival: () => Promise.resolve() };
const zSkeleton = z.object({ events: z.array(z.record(z.string(), z.json())) });

let databases: TestDatabase[];
let pools: pg.Pool[];
beforeAll(async () => {
  databases = await Promise.all(NAMES.map(() => createDatabase(SITE_MIGRATIONS)));
  pools = databases.map(({ url }) => createPool({ url, name: 'witness-test' }));
});
afterAll(async () => {
  for (const pool of pools) await pool.end();
  for (const database of databases) await database.drop();
});

describe('a main venue alone, with the key of the log', () => {
  const play = at(TV_E2E_01, 'locked');
  const { table } = play;
  const { origin, lot, round } = table.state;
  const honest = table.sent;
  const logVerifier = noteSigner(logKey, origin, SIGNATURE_TYPE.note);

  /** As the main venue sends it to the site, which judges what it gets. Nobody signs in a play, so who signed is left out. */
  function judgeOf(entries: readonly SentEntry[]): LotJudge {
    const { installation, shelf } = table;
    const judge = new LotJudge({ installation, origin, lot, round, profile, shelf, anchors: null, reader: 'node:sub-1' });
    for (const [seq, entry] of entries.entries()) judge.take(cut(table.run, seq, entry));
    return judge;
  }
  function cut(run: LotRun, seq: number, { header, parts }: SentEntry): SentEntry {
    const viewer = { party: 'node:sub-1', roles: ['node' as const] };
    const secret = secretEntryOf(table.entries[seq]!);
    return {
      header,
      parts: Object.fromEntries(Object.entries(parts).filter(([part]) => part !== PART.who && run.audience(viewer, secret, part))),
    };
  }

  /** The last entry with an event that nobody asked for, honestly committed to. */
  function invented(): SentEntry[] {
    const { header, parts } = honest.at(-1)!;
    const { salt, text } = parts[PART.skeleton]!;
    const { events } = zSkeleton.parse(parseCanonical(text));
    const lie: JsonObject = { type: 'opening.started', at: header.at };
    const skeleton: Opening = { salt, text: canonicalText({ events: [...events, lie] }) };
    const commitment = profile.commitment(salt, skeleton.text);
    return [
      ...honest.slice(0, -1),
      { header: { ...header, parts: { ...header.parts, skeleton: commitment } }, parts: { ...parts, skeleton } },
    ];
  }

  /**
   * Shows the head over these entries to the three witnesses: what each answers, and whether the cosignatures make the quorum of the
   * installation's policy and of the lot's.
   */
  async function shown(entries: readonly SentEntry[], oldSize: number) {
    const leaves = entries.map(({ header }) => hasher.leaf(utf8(headerText(header))));
    const tree = new MerkleTree(hasher, flatHashes(leaves));
    const text = formatCheckpoint({ origin, size: tree.size, root: tree.root(tree.size) });
    const note = formatNote(signNote(suite, text, logVerifier));
    const body = formatAddCheckpoint({ oldSize, proof: tree.consistencyProof(oldSize, tree.size), note });
    const { standing, run } = judgeOf(entries);
    const replica = { size: entries.length, fault: null, standing, run };
    const follows = new ReplicaJudgements({ listen: () => () => undefined, find: () => replica }, clock);
    const answers = await Promise.all(
      Object.entries(KEYS).map(([name, signer], index) => {
        const identity = { suite, signer, keysOf: () => [logVerifier] };
        const judged = name === 'sub-1' ? follows : FOLLOWS_NOTHING;
        return new Witness(new WitnessRepository(pools[index]!), identity, [], judged, clock, silent).addCheckpoint(body);
      }),
    );
    const lines = answers.filter(({ status }) => status === 200).flatMap((answer) => parseCosignatures(answer.body));
    const parsed = parseCheckpointNote(note);
    const cosigned = { ...parsed, ...withSignatures(parsed, lines) };
    const makes = (policy: string): boolean => evaluateCheckpoint(suite, parsePolicy(profile.hash, policy), cosigned).quorum;
    const ofLot = lotPolicyText(table.state, STANDING) ?? '';
    return { statuses: answers.map(({ status }) => status), ofInstallation: makes(STANDING), ofLot: makes(ofLot) };
  }

  it('SEC-2 gets no quorum of the lot’s policy for an invented entry, although two of three witnesses cosign', async () => {
    const before = honest.slice(0, -1);
    expect(await shown(before, 0)).toEqual({ statuses: [200, 200, 200], ofInstallation: true, ofLot: true });
    expect(await shown(invented(), before.length)).toEqual({ statuses: [403, 200, 200], ofInstallation: true, ofLot: false });
  });
});
