import type { Archive } from '@app/archive';
import { PART } from '@app/contracts';
import type { Forger } from '../support/forger.js';
import { missing, type Tampering, wrong } from './row.js';

/** The archive as witnesses signed it, without one part of one entry; `erased`: which is then said to be erased. */
const without = (forger: Forger, seq: number, part: string, erased: readonly string[] = []): Archive =>
  forger.beside({
    entries: forger.entries.map((entry, index) => {
      if (index !== seq) return entry;
      const { [part]: _gone, ...parts } = entry.parts;
      return { ...entry, parts, erased: [...erased] };
    }),
  });

/** Parts taken out of their entries: withheld, no longer named, or said to be erased. */
export const PARTS: readonly Tampering[] = [
  wrong('T-20', 'the skeleton of the award is withheld', 'parts', (f) => {
    const seq = f.find('award.decide');
    return [without(f, seq, PART.skeleton), seq];
  }),
  wrong('T-21', 'the command of the award is withheld', 'parts', (f) => {
    const seq = f.find('award.decide');
    return [without(f, seq, PART.command), seq];
  }),
  missing('T-22', 'the signer of the award is withheld', 'signatures', (f) => without(f, f.find('award.decide'), PART.who)),
  missing('T-23', 'the decision itself is withheld', 'decide', (f) => without(f, f.find('award.decide'), 'x:decision')),
  missing('T-24', 'the result table is withheld', 'award', (f) => without(f, f.find('scoring.aggregate'), 'd:result')),
  wrong('T-25', 'the header names no signer any more', 'parts', (f) => {
    const seq = f.find('report.sign');
    return [f.write(seq, { [PART.who]: null }).archive(), seq];
  }),
  wrong('T-26', 'a signer is said to be erased, and nobody ordered it', 'erasures', (f) => {
    const seq = f.find('report.sign');
    return [without(f, seq, PART.who, [PART.who]), seq];
  }),
  wrong('T-27', 'a signer is erased by an order that is invented too', 'bindings', (f) => {
    const [seq, erased] = [f.find('award.archive'), f.find('report.sign')];
    f.invent(seq, 'supervisor', 'lot.erase-parts', { parts: [{ seq: erased, name: PART.who }], ground: '删除请求' });
    f.erase(erased, PART.who);
    return [f.archive(), seq];
  }),
  wrong('T-28', 'a score sheet is said to be erased', 'erasures', (f) => {
    const seq = f.find('scoring.open-sheets');
    return [without(f, seq, 'x:sheet:expert-1', ['x:sheet:expert-1']), seq];
  }),
  missing('T-29', 'the ciphertext of a bid is left out', 'bids', (f) => {
    const { blobs } = f.beside({});
    const [first] = blobs.keys();
    return f.beside({ blobs: new Map([...blobs].filter(([name]) => name !== first)) });
  }),
];
