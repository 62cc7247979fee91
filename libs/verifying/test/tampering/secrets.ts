import type { Archive } from '@app/archive';
import { PART } from '@app/contracts';
import { type Candidate, PoolList, type Turn, zActs } from '@app/evaluation';
import { generateKeeperKey } from '@app/sealing';
import { profileOf } from '@app/sealing/node';
import { blobOf } from '../support/archived.js';
import type { Forger } from '../support/forger.js';
import { platformOf } from '../support/platform-log.js';
import { actsOf } from './heads.js';
import { type Forged, type Tampering, wrong } from './row.js';

const HEAD = 'log/checkpoint.txt';
const KEEPER = generateKeeperKey(profileOf('gp-std-1'));
/** Of the worked lot: four places, and one who declined. */
const CALLS = 5;
const BLOB = /"blob":"([0-9a-f]{64})"/;

/** The list of candidates and the archive's files with this list in its place; its root, count and file are what the lot froze. */
async function otherPool(
  f: Forger,
  change: (candidates: Candidate[]) => Candidate[],
): Promise<{ list: PoolList; blobs: Archive['blobs'] }> {
  const { profile } = f.keys;
  const seq = f.find('draw.freeze-pool');
  const name = f.match(seq, PART.command, BLOB);
  const { blobs } = f.beside({});
  const blob = blobs.get(name);
  const old = blob === undefined ? '' : PoolList.read(profile, await blob.read(0, blob.size));
  if (typeof old === 'string') throw new Error('no pool');
  const list = PoolList.of(profile, change([...old.candidates]));
  const hash = profile.hashHex(list.bytes());
  f.edit(seq, PART.command, old.root, list.root)
    .edit(seq, PART.command, name, hash)
    .edit(seq, PART.command, `"count":${old.count}`, `"count":${list.count}`);
  f.retell(seq, seq + 1);
  return { list, blobs: new Map([...[...blobs].filter(([other]) => other !== name), [hash, blobOf(list.bytes())]]) };
}

const turnOf = (f: Forger, seq: number): Turn => JSON.parse(f.text(seq, 'x:turn')) as Turn;

/** A call under another list: the candidate's record with its proof there. */
function callAnew(f: Forger, seq: number, list: PoolList): void {
  const { record, slot } = turnOf(f, seq);
  f.write(seq, { 'x:turn': { ...list.turn(record, slot) } }).sign(seq);
}

/** The lock with other acts, and all that follows told anew. */
function retellActs(f: Forger, from: string | RegExp, to: string): void {
  const seq = f.find('bidding.lock');
  const text = JSON.stringify(actsOf(f));
  const changed = text.replace(from, to);
  if (changed === text) throw new Error(`no act has ${String(from)}`);
  f.write(seq, { 'x:acts': zActs.parse(JSON.parse(changed)).map((act) => ({ ...act })) })
    .sign(seq)
    .retell(seq);
}

/** The first act of the list says something else of its bidder, and the platform log always had it so. */
function lyingAct(f: Forger, from: string, to: string): Forged {
  retellActs(f, from, to);
  const acts = actsOf(f);
  return [f.archive(platformOf(f.keys, { ...f.lot, acts }, 'alone')), `act ${acts[0]?.command.id ?? ''}`];
}

/** Keepers' keys, bids and their acts, and the draw of the experts. */
export const SECRETS: readonly Tampering[] = [
  wrong('T-42', "a site's published key is one that the main venue made", 'signatures', (f) => {
    const seq = f.findBy('sealing.publish-key', 'node:sub-1');
    return [
      f
        .edit(seq, PART.command, /"publicKey":"[^"]+"/, `"publicKey":"${KEEPER.publicKey}"`)
        .retell(seq)
        .archive(),
      seq,
    ];
  }),
  wrong('T-43', 'a released key is another', 'commands', (f) => {
    const seq = f.findBy('sealing.release', 'node:sub-1');
    return [f.write(seq, { 'x:private-key': KEEPER.privateKey }).retell(seq).archive(), seq];
  }),
  wrong('T-44', 'so many releases are dropped that nobody could have opened the bids', 'decide', (f) => {
    const seq = f.find('sealing.release');
    return [f.drop(seq, 3).retell(seq).archive(), f.find('opening.extract-bid')];
  }),
  wrong('T-45', 'a release that opening did not need is dropped', 'cosignatures', (f) => {
    const seq = f.findBy('sealing.release', 'node:supervision');
    return [f.drop(seq).retell(seq).archive(), HEAD];
  }),
  wrong('T-46', 'a bid is taken out of the lock and the platform log', 'decide', (f) => {
    const seq = f.find('bidding.lock');
    const acts = actsOf(f);
    const isLeft = (index: number): boolean => acts[index]?.person.id !== 'person-G';
    f.write(seq, { 'x:acts': acts.filter((_act, index) => isLeft(index)).map((act) => ({ ...act })) }).sign(seq);
    for (const type of ['opening.open-bid', 'opening.extract-bid']) f.drop(f.find(type, 6));
    f.dropAll('bidder-7').retell(0);
    return [f.archive({ acts: f.beside({}).acts.filter((_line, index) => isLeft(index)) }), f.find('opening.sign-record')];
  }),
  wrong('T-47', 'a delivery names another ciphertext', 'acts', (f) => {
    retellActs(f, /"indexCommitment":"[0-9a-f]{64}"/, `"indexCommitment":"${'0'.repeat(64)}"`);
    return [f.archive(), 'act 01a0c000-0000-7000-8000-00000000001c'];
  }),
  wrong('T-48', 'a bid is in the name of another company than the one that signed it', 'acts', (f) =>
    lyingAct(f, '"name":"A建设有限公司"', '"name":"某某公司"'),
  ),
  wrong('T-49', 'a bid is under the credit code of another company', 'acts', (f) =>
    lyingAct(f, '"creditCode":"91330784MA2A000001"', '"creditCode":"91330784MA2X000001"'),
  ),
  wrong('T-50', 'the salt of an act is no byte string at all', 'acts', (f) => {
    retellActs(f, /"salt":"([^"]{42})."/, '"salt":"$1B"');
    return [f.archive(), 'platform/acts.ndjson line 1'];
  }),
  wrong('T-51', 'the platform log committed to another act', 'acts', (f) => {
    const { acts } = f.beside({});
    const [first, ...others] = acts;
    if (first === undefined) throw new Error('no acts');
    return [f.beside({ acts: [{ ...first, commitment: '0'.repeat(64) }, ...others] }), 'platform/acts.ndjson line 1'];
  }),
  wrong('T-52', 'the ciphertext of a bid is another under the same name', 'blobs', (f) => {
    const { blobs } = f.beside({});
    const [[name, bid] = ['', undefined], [, other] = ['', undefined]] = [...blobs];
    if (bid === undefined || other === undefined) throw new Error('no bids');
    return [f.beside({ blobs: new Map([...blobs, [name, other]]) }), `blobs/${name}`];
  }),
  wrong('T-53', 'a bid that opens is thrown out as broken', 'bids', (f) => {
    const seq = f.find('opening.open-bid', 1);
    const { command, context } = f.command(seq);
    const payload = { bid: command.public['bid'] ?? '', result: 'FILE_CORRUPT', fault: 'BIDDER', explanation: '文件损坏' };
    f.drop(seq).invent(seq, 'node:main', 'opening.fail-bid', payload, { ...context, facts: { fault: { code: 'PART', message: '损坏' } } });
    return [f.retell(seq).archive(), 'bid of bidder-2'];
  }),
  wrong('T-54', 'the seed of the draw is another', 'decide', (f) => {
    const seq = f.find('draw.open-nonces');
    return [
      f
        .edit(seq, PART.skeleton, /"seed":"[0-9a-f]{64}"/, `"seed":"${'5'.repeat(64)}"`)
        .retell(seq + 1)
        .archive(),
      seq,
    ];
  }),
  wrong('T-55', 'a nonce of the draw is another', 'decide', (f) => {
    const seq = f.find('draw.open-nonces');
    return [f.write(seq, { 'x:sheet:supervisor': 'nonce-of-the-main-venues-choice-0123' }).sign(seq).retell(seq).archive(), seq];
  }),
  wrong('T-56', 'the pool is another, with root and file', 'decide', async (f) => {
    const { blobs } = await otherPool(f, (candidates) => candidates.slice(1));
    return [f.archive({ blobs }), f.find('draw.record-call')];
  }),
  wrong('T-57', 'whoever was drawn first and declined is struck from pool, calls and file', 'decide', async (f) => {
    const seq = f.find('draw.record-call');
    const first = turnOf(f, seq).record.id;
    const { blobs, list } = await otherPool(f, (candidates) => candidates.filter(({ id }) => id !== first));
    f.drop(seq);
    for (let call = 0; call < CALLS - 1; call += 1) callAnew(f, f.find('draw.record-call', call), list);
    return [f.retell(seq).archive({ blobs }), f.find('report.sign')];
  }),
  wrong('T-58', 'the list of candidates is left out for a reader who is shown its key', 'draw', (f) => {
    const { blobs } = f.beside({});
    const pool = f.match(f.find('draw.freeze-pool'), PART.command, BLOB);
    return [f.beside({ blobs: new Map([...blobs].filter(([name]) => name !== pool)) }), `blobs/${pool}`];
  }),
  wrong('T-59', 'the key that ties pseudonyms to persons is another', 'draw', (f) => {
    const seq = f.find('draw.freeze-pool');
    f.write(seq, { 'x:mapping': 'CQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQk' }).sign(seq).retell(seq);
    return [f.archive(), f.find('draw.record-call')];
  }),
  wrong('T-60', 'the key that ties pseudonyms to persons is no byte string at all', 'draw', (f) => {
    const seq = f.find('draw.freeze-pool');
    f.write(seq, { 'x:mapping': `${'C'.repeat(42)}B` })
      .sign(seq)
      .retell(seq);
    return [f.archive(), f.find('draw.record-call')];
  }),
  wrong('T-61', 'a call that somebody declined is dropped, as if he had never been drawn', 'draw', (f) => {
    const seq = f.find('draw.record-call');
    return [f.drop(seq).retell(seq).archive(), seq];
  }),
  wrong('T-62', 'somebody else than the person drawn was called', 'decide', (f) => {
    const seq = f.find('draw.record-call', 1);
    return [
      f
        .edit(seq, 'x:person', /"id":"[^"]+"/, '"id":"person-of-somebody"')
        .sign(seq)
        .retell(seq)
        .archive(),
      seq,
    ];
  }),
  wrong('T-63', 'the place of the person drawn is given to somebody else', 'decide', (f) => {
    const seq = f.find('draw.record-call', 1);
    f.edit(seq, 'x:binding', /"id":"person-of-[^"]+"/, '"id":"person-of-somebody"')
      .sign(seq)
      .retell(seq);
    return [f.archive(), seq];
  }),
  wrong('T-64', "the hash of a call's recording is another", 'cosignatures', (f) => {
    const seq = f.find('draw.record-call');
    return [
      f
        .edit(seq, PART.command, /"evidence":"[0-9a-f]{64}"/, `"evidence":"${'7'.repeat(64)}"`)
        .sign(seq)
        .retell(seq)
        .archive(),
      HEAD,
    ];
  }),
];
