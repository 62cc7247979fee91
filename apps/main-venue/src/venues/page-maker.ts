import type { EntryHeader, JsonValue, Page } from '@app/contracts';
import { fromUtf8, PageBuilder, PART } from '@app/contracts';
import type { LotRun, LotState, SecretEntry } from '@app/evaluation';
import { placeOf, secretEntryOf } from '@app/evaluation';
import type { PartCipher, SealedEntry } from '@app/ledger/store';
import { openOne } from '@app/ledger/store';
import { mayAny, viewersOf } from '@app/venue';
import { Inject, Injectable } from '@nestjs/common';
import { PART_CIPHER } from '../core/tokens.js';

const SALT_SIZE = 32;
/** Length fields and name of a part, and more room than the longest header needs. */
const RECORD_BYTES = 40;
const HEADER_BYTES_LARGE = 2_000;

/** Party names that a site may see for: its node, and whoever is seated with it. */
export const seatedAt = (state: LotState, venue: string): string[] =>
  Object.keys(state.parties)
    .filter((party) => party === `node:${venue}` || placeOf(state, party).venue === venue)
    .sort();

/**
 * A page for one site: parts that it may read in the clear, the others as the ciphertext that lies on the main venue's disk, so
 * that a mirror can heal the main venue byte by byte.
 */
@Injectable()
export class PageMaker {
  constructor(@Inject(PART_CIPHER) private readonly cipher: PartCipher) {}

  page(origin: string, entries: readonly SealedEntry[], seated: readonly string[], run: LotRun): Page {
    // A site sees what somebody seated there may see, and nothing as the public.
    const viewers = seated.length === 0 ? [] : viewersOf(run.state, seated);
    const builder = new PageBuilder(origin, entries[0]?.seq ?? 0, expectedBytes(entries));
    // All at once, also what then goes out sealed: runs of parts open faster than single ones.
    const opened = this.cipher.open(entries.flatMap(({ parts }) => parts.map(({ ciphertext }) => ciphertext)));
    let at = 0;
    for (const { header, parts } of entries) {
      builder.header(header);
      const plain = opened.slice(at, at + parts.length);
      at += parts.length;
      const skeleton = plain[parts.findIndex(({ name }) => name === PART.skeleton)];
      const secret = skeleton === undefined ? null : readSecretEntry(header, skeleton);
      for (const [index, { name, ciphertext }] of parts.entries()) {
        const body = plain[index];
        if (body !== undefined && secret !== null && mayAny(run, viewers, secret, name)) builder.openBody(name, body);
        else builder.hidden(name, ciphertext);
      }
    }
    return builder.page();
  }

  /** `salt ‖ text` of a part. */
  open(ciphertext: Uint8Array): Uint8Array {
    return openOne(this.cipher, ciphertext);
  }
}

/** With lengths and names; in most logs nearly every part is open to nearly every site. */
function expectedBytes(entries: readonly SealedEntry[]): { headers: number; open: number } {
  let headers = 0;
  let open = 0;
  for (const { header, parts } of entries) {
    // The writer keeps three bytes of room for each character.
    headers += header.length + 4;
    for (const { ciphertext } of parts) open += ciphertext.length + RECORD_BYTES;
  }
  return { headers: headers + 3 * HEADER_BYTES_LARGE, open };
}

/** What `audience` asks of an entry, from its stored bytes. */
export const readSecretEntry = (header: string, skeleton: Uint8Array): SecretEntry =>
  secretEntryOf({
    header: JSON.parse(header) as EntryHeader,
    parts: { [PART.skeleton]: JSON.parse(fromUtf8(skeleton.subarray(SALT_SIZE))) as JsonValue },
  });
