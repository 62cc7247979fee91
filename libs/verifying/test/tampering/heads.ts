import type { Archive, ArchivedHead } from '@app/archive';
import { canonicalText, PART, parseCanonical } from '@app/contracts';
import { readLockedActs } from '@app/evaluation';
import type { Forger } from '../support/forger.js';
import { platformOf } from '../support/platform-log.js';
import { missing, type Tampering, wrong } from './row.js';

const actLine = (line: number): string => `platform/acts.ndjson line ${line}`;
const at = (line: number): string => `platform/heads.ndjson line ${line}`;

export const actsOf = (f: Forger) => readLockedActs(JSON.parse(f.text(f.find('bidding.lock'), 'x:acts'))) ?? [];

/** The honest archive, but for its lines of heads. */
const withHeads = (f: Forger, change: (heads: readonly ArchivedHead[]) => ArchivedHead[]): Archive => {
  const { heads } = f.beside({});
  return f.beside({ heads: change(heads) });
};

const with_ = (f: Forger, line: number, change: Partial<ArchivedHead>): Archive =>
  withHeads(f, (heads) => heads.map((head, index) => (index === line - 1 ? { ...head, ...change } : head)));

/** Heads of the lot in the platform log. */
export const HEADS: readonly Tampering[] = [
  wrong('T-100', 'the platform log had committed to another history, as all its witnesses saw', 'heads', (f) => {
    const acts = actsOf(f);
    const seq = f.find('award.announce');
    f.edit(seq, PART.skeleton, '"type"', '"kind":"","type"');
    const platform = platformOf(f.keys, { ...f.lot, acts }, 'witnessed');
    return [f.beside(platform), at(platform.heads.findIndex(({ size }) => size > seq) + 1)];
  }),
  wrong('T-123', 'an entry of the platform log that commits to acts is of another type', 'acts', (f) => {
    const lie = (seq: number): { type?: string } => (seq === 2 ? { type: 'platform.note-bundle' } : {});
    return [f.beside(platformOf(f.keys, { ...f.lot, acts: actsOf(f), lie }, 'witnessed')), actLine(3)];
  }),
  wrong('T-124', 'an act was committed to after the lot was locked', 'acts', (f) => {
    const lie = (seq: number): { at?: string } => (seq === 4 ? { at: '2026-03-24T01:45:00.000Z' } : {});
    return [f.beside(platformOf(f.keys, { ...f.lot, acts: actsOf(f), lie }, 'witnessed')), actLine(5)];
  }),
  wrong('T-126', "two bidders' names change places in acts, list and bindings, under commitments to match (FMT-3.2)", 'acts', (f) => {
    const acts = actsOf(f);
    const [one, two] = acts.map(({ organisation }) => organisation.name).filter((name, index, all) => all.indexOf(name) === index);
    if (one === undefined || two === undefined) throw new Error('fewer than two bidders');
    const other = (name: string): string => (name === one ? two : name === two ? one : name);
    const swapped = acts.map((act) => ({ ...act, organisation: { ...act.organisation, name: other(act.organisation.name) } }));
    const seq = f.find('bidding.lock');
    f.write(seq, { 'x:acts': parseCanonical(canonicalText(swapped)) })
      .sign(seq)
      .retell(seq);
    return [f.archive(platformOf(f.keys, { ...f.lot, acts: swapped }, 'witnessed')), `act ${acts[0]?.command.id ?? ''}`];
  }),
  wrong('T-101', 'the platform log had committed to more entries before it committed to fewer', 'heads', (f) => {
    const acts = actsOf(f);
    const { length } = f.lot.headers;
    const platform = platformOf(f.keys, { ...f.lot, acts, sizes: [length - 5, length - 9, length] }, 'witnessed');
    return [f.beside(platform), at(platform.heads.length - 1)];
  }),
  wrong('T-102', 'two heads change places', 'heads', (f) => [
    withHeads(f, (heads) => [...heads.slice(0, 2).reverse(), ...heads.slice(2)]),
    at(1),
  ]),
  wrong('T-103', 'the path of a head is that of another one', 'heads', (f) => {
    const { heads } = f.beside({});
    return [with_(f, 2, { branch: heads[0]?.branch ?? [] }), at(2)];
  }),
  wrong('T-104', 'a head is left out between two others', 'heads', (f) => [
    withHeads(f, (heads) => heads.filter((_head, index) => index !== 1)),
    at(2),
  ]),
  wrong('T-105', 'the first head is left out', 'heads', (f) => [withHeads(f, ([, ...others]) => others), at(1)]),
  missing('T-106', 'every head is left out', 'heads', (f) => withHeads(f, () => [])),
  wrong('T-107', 'the log is cut off at an earlier head that its witnesses signed', 'heads', (f) => {
    const { head, entries, leaves, history, heads } = f.beside({});
    const checkpoint = history.at(-1) ?? '';
    const size = Number(checkpoint.split('\n')[1]);
    const cut = { head: { ...head, size }, entries: entries.slice(0, size), leaves: leaves.slice(0, size) };
    return [f.beside({ ...cut, checkpoint, history: history.slice(0, -1) }), at(heads.findIndex((line) => line.size > size) + 1)];
  }),
  wrong('T-108', 'the salt of a head is another, as if it were of another lot', 'heads', (f) => [
    with_(f, 1, { salt: 'A'.repeat(43) }),
    at(1),
  ]),
  wrong('T-109', 'the salt of a head is no byte string at all', 'heads', (f) => [with_(f, 1, { salt: 'B' }), at(1)]),
  wrong('T-110', 'a head is said to stand in another entry of the platform log', 'heads', (f) => {
    const { heads } = f.beside({});
    const second = heads[1];
    if (second === undefined) throw new Error('no second head');
    const { batch, header, opening, path } = second;
    return [with_(f, 1, { batch, header, opening, path }), at(1)];
  }),
];
