import { type Tampering, wrong } from './row.js';

const HEAD = 'log/checkpoint.txt';
const at = (name: string, line: number): string => `${name} line ${line}`;

/** Times of entries, heads of the log, and the files that stand beside it. */
export const FILES: readonly Tampering[] = [
  wrong('T-82', 'the lock is before the deadline', 'decide', (f) => {
    const seq = f.find('bidding.lock');
    return [f.move(seq, '2026-03-24T01:29:59.000Z').retell(seq).archive(), seq];
  }),
  wrong('T-83', 'an entry is older than the one before it', 'order', (f) => {
    const seq = f.find('report.review');
    return [f.move(seq, '2026-03-24T01:30:00.000Z').archive(), seq];
  }),
  wrong('T-84', 'an act of the main venue is half an hour later than it was', 'cosignatures', (f) => {
    const seq = f.find('award.archive');
    return [f.move(seq, '2026-03-27T16:30:00.000Z').retell(seq).archive(), HEAD];
  }),
  wrong('T-85', 'the head is that of another log', 'cosignatures', (f) => [
    f.beside({ checkpoint: f.beside({}).platformCheckpoint ?? '' }),
    HEAD,
  ]),
  wrong('T-86', 'the head is signed by the log alone', 'cosignatures', (f) => [f.archive(), HEAD]),
  wrong('T-87', "the head is cosigned by a witness of the main venue's own making", 'cosignatures', (f) => [
    f.beside({ checkpoint: f.ownHead() }),
    HEAD,
  ]),
  wrong('T-88', 'an earlier head is one of another history', 'consistency', (f) => {
    const { history } = f.drop(1).archive();
    return [f.beside({ history }), 'log/history.ndjson line 1'];
  }),
  wrong('T-89', 'the archive says that it is of another lot', 'container', (f) => {
    const { head } = f.beside({});
    return [f.beside({ head: { ...head, lot: 'TV-E2E-02' } }), 'archive.json'];
  }),
  wrong('T-90', 'a leaf is that of another entry', 'leaves', (f) => {
    const { leaves } = f.beside({});
    const seq = f.find('award.decide');
    return [f.beside({ leaves: leaves.map((leaf, index) => (index === seq ? (leaves[0] ?? '') : leaf)) }), seq];
  }),
  wrong('T-91', 'the text of a part is another under the commitment that it had', 'parts', (f) => {
    const seq = f.find('award.decide');
    const { entries } = f.beside({});
    const part = { salt: f.at(seq).parts['x:decision']?.salt ?? '', text: f.text(seq, 'x:decision').replace('bidder-2', 'bidder-5') };
    return [
      f.beside({
        entries: entries.map((entry, index) => (index === seq ? { ...entry, parts: { ...entry.parts, 'x:decision': part } } : entry)),
      }),
      seq,
    ];
  }),
  wrong('T-92', 'every proof that acts stood in the platform log is left out', 'acts', (f) => [
    f.beside({ acts: [], heads: [], platformCheckpoint: null }),
    'platform/acts.ndjson',
  ]),
  wrong('T-93', 'two acts of the platform log change places', 'acts', (f) => {
    const [first, second, ...others] = f.beside({}).acts;
    if (first === undefined || second === undefined) throw new Error('no acts');
    return [f.beside({ acts: [second, first, ...others] }), at('platform/acts.ndjson', 1)];
  }),
  wrong('T-94', 'a file is put in that the lot does not name', 'blobs', (f) => {
    const { blobs } = f.beside({});
    const { name, blob } = f.strayFile();
    return [f.beside({ blobs: new Map([...blobs, [name, blob]]) }), `blobs/${name}`];
  }),
];
