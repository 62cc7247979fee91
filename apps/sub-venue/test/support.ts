import type { EntryHeader, JsonValue, Opening, SignedCommand } from '@app/contracts';
import { canonicalText, fromBase64Url, PageBuilder } from '@app/contracts';
import type { Page } from '@app/contracts';
import {
  flatHashes,
  formatCheckpoint,
  formatNote,
  headerBytes,
  headerText,
  MerkleTree,
  SIGNATURE_TYPE,
  signNote,
  TreeHasher,
} from '@app/ledger';
import type { NoteSigner } from '@app/ledger';
import { EngineShelf, NEXT } from '@app/evaluation';
import { createLogger } from '@app/platform';
import { SequentialIds, FakeClock } from '@app/testing';
import { noteSigner, noteSuite } from '@app/sealing';
import { profileOf } from '@app/sealing/node';
import { LotJudge } from '@app/verifying';
import { SiteCrypto } from '../src/site/site-crypto.js';

export const profile = profileOf('gp-std-1');
const AT = '2026-03-24T01:30:00.000Z';
export const silent = createLogger({ name: 'test', level: 'silent' });
export const newCrypto = (): SiteCrypto => new SiteCrypto(profile, profile.generateSigner('node'), profile.newSalt());

/** A judge of a lot under the rules of these sources, who knows no authority. */
export function judgeOf(origin: string, lot = 'a', round = 1): LotJudge {
  const shelf = new EngineShelf([{ engine: NEXT, hash: null }]);
  return new LotJudge({ installation: 'test', origin, lot, round, profile, shelf, anchors: null });
}

const ids = new SequentialIds(new FakeClock());

/** Takes every sender for one who is seated here. */
export const anybody = { require: (): void => undefined };

/** A well-formed command that nobody has signed. */
export function command(party: string, overrides: Partial<SignedCommand['command']> = {}): SignedCommand {
  return {
    command: {
      v: 1,
      id: ids.next(),
      origin: 'test/lot/a/1',
      lot: 'a',
      round: 1,
      type: 'review.submit-sheet',
      step: '',
      public: {},
      secrets: {},
      actor: { party },
      at: '2026-03-24T01:30:00.000Z',
      basis: 0,
      ...overrides,
    },
    signer: { kind: 'node', name: 'node:sub-1', publicKey: 'AA' },
    signature: 'AA',
    openings: {},
  };
}

export interface MadeEntry {
  readonly header: EntryHeader;
  readonly parts: Record<string, Opening>;
}

/** A log of its own, as the main venue would keep it: entries, tree and signed checkpoints. */
export class TestLog {
  readonly entries: MadeEntry[] = [];
  readonly tree = new MerkleTree(new TreeHasher(profile.hash));
  readonly key = profile.generateSigner('node');
  constructor(readonly origin = 'test/lot/a/1') {}

  append(count = 1, party = 'expert-1'): this {
    for (let added = 0; added < count; added += 1) {
      const seq = this.entries.length;
      this.#add('review.submit-sheet', {
        skeleton: { events: [{ type: 'entry.acted', party }] },
        command: { seq },
        'x:sheet': { score: String(seq) },
      });
    }
    return this;
  }

  /** An entry that says who signed it. */
  appendSigned(party = 'expert-1'): this {
    return this.#add('lot.give-opinion', { skeleton: { events: [{ type: 'entry.acted', party }] }, who: { signature: 'AA' } });
  }

  /** The entry that founds a lot, under this engine. */
  appendFounding(engine: string): this {
    return this.#add('lot.create', { skeleton: { events: [{ type: 'lot.created', engine }] } });
  }

  /** An entry that orders parts of earlier ones to be erased. */
  appendErasure(parts: { seq: number; name: string }[]): this {
    const event = { type: 'lot.parts-erased', at: AT, by: 'supervisor', parts, ground: 'x' };
    return this.#add('lot.erase-parts', { skeleton: { events: [{ type: 'entry.acted', party: 'supervisor' }, event] } });
  }

  #add(type: string, texts: Readonly<Record<string, JsonValue>>): this {
    const parts: Record<string, Opening> = {};
    const commitments: Record<string, string> = {};
    for (const [name, value] of Object.entries(texts)) {
      const opening = { salt: profile.newSalt(), text: canonicalText(value) };
      parts[name] = opening;
      commitments[name] = profile.commitment(opening.salt, opening.text);
    }
    const header: EntryHeader = { v: 1, seq: this.entries.length, at: AT, type, parts: commitments };
    this.entries.push({ header, parts });
    this.tree.appendAll(new TreeHasher(profile.hash).leaf(headerBytes(header)));
    return this;
  }

  /** `hidden`: names of parts that the reader may not see. */
  page(from: number, to: number, hidden: readonly string[] = ['x:sheet']): Page {
    const builder = new PageBuilder(this.origin, from);
    for (const { header, parts } of this.entries.slice(from, to)) {
      builder.header(headerText(header));
      for (const [name, opening] of Object.entries(parts)) {
        if (hidden.includes(name)) builder.hidden(name, new Uint8Array([1, 2, 3]));
        else builder.open(name, fromBase64Url(opening.salt), opening.text);
      }
    }
    return builder.page();
  }

  /** `signer`: another one forges it. */
  checkpoint(size = this.entries.length, root = this.tree.root(size), privateKey = this.key.privateKey): string {
    return formatNote(signNote(noteSuite(profile), formatCheckpoint({ origin: this.origin, size, root }), this.noteSigner(privateKey)));
  }

  noteSigner(privateKey = this.key.privateKey): NoteSigner {
    return noteSigner(profile.signerFrom(privateKey), this.origin, SIGNATURE_TYPE.note);
  }
}

export const leavesOf = (log: TestLog): Uint8Array =>
  flatHashes(log.entries.map(({ header }) => new TreeHasher(profile.hash).leaf(headerBytes(header))));
