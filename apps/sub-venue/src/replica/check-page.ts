import type { EntryHeader, Page } from '@app/contracts';
import { fromUtf8, PART, PartCursor, pageHeaders } from '@app/contracts';
import type { TreeHasher } from '@app/ledger';
import { HASH_SIZE, headerText } from '@app/ledger';
import { isAscii } from 'node:buffer';

/** A page that is not what the main venue's log can contain: the replica keeps none of it. */
export class PageFault extends Error {
  constructor(
    readonly origin: string,
    readonly seq: number,
    readonly reason: string,
  ) {
    super(`entry ${String(seq)} of ${origin}: ${reason}`);
    this.name = 'PageFault';
  }
}

const SALT_SIZE = 32;
type HashHex = (bytes: Uint8Array) => string;

/**
 * Checks a page as it came: every header is canonical and stands at its place, every open part fits its commitment, every
 * part belongs to its header and every skeleton is there (without it a replica could be led blind). Answers the leaf hashes,
 * flat. Hashes the bytes that came; nothing is written again. Throws {@link PageFault} or PageFormatError.
 */
export function checkPage(page: Page, hasher: TreeHasher, hashHex: HashHex): Uint8Array {
  const headers = pageHeaders(page);
  const leaves = new Uint8Array(headers.length * HASH_SIZE);
  const open = new PartCursor(page.open, page.count);
  const hidden = new PartCursor(page.hidden, page.count);
  let openPart = open.next();
  let hiddenPart = hidden.next();
  headers.forEach((bytes, index) => {
    const seq = page.from + index;
    const fault = (reason: string): PageFault => new PageFault(page.origin, seq, reason);
    const header = readHeader(bytes, fault);
    if (header.seq !== seq) throw fault(`its header says ${String(header.seq)}`);
    hasher.leafInto(bytes, leaves, index * HASH_SIZE);
    let hasSkeleton = false;
    for (; openPart?.entry === index; openPart = open.next()) {
      if (openPart.body.length < SALT_SIZE) throw fault(`part ${openPart.name} has no salt`);
      if (hashHex(openPart.body) !== commitmentOf(header, openPart.name)) throw fault(`part ${openPart.name} does not fit its commitment`);
      hasSkeleton ||= openPart.name === PART.skeleton;
    }
    if (!hasSkeleton) throw fault('its skeleton is withheld');
    for (; hiddenPart?.entry === index; hiddenPart = hidden.next())
      if (commitmentOf(header, hiddenPart.name) === undefined) throw fault(`part ${hiddenPart.name} is none of its header's`);
  });
  return leaves;
}

const commitmentOf = (header: EntryHeader, name: string): string | undefined =>
  Object.hasOwn(header.parts, name) ? header.parts[name] : undefined;

/**
 * Reads stored header bytes. Writing the header again and comparing proves the canonical form (no other key, order, space or
 * number form), several times cheaper than a schema and a general serialiser.
 */
export function readHeader(bytes: Uint8Array, fault: (reason: string) => Error): EntryHeader {
  let text: string;
  let header: EntryHeader;
  try {
    // Headers are ASCII unless somebody forges one, and taking those bytes as they are is several times cheaper.
    text = isAscii(bytes) ? Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1') : fromUtf8(bytes);
    header = JSON.parse(text) as EntryHeader;
    if (isHeaderShaped(header) && headerText(header) === text) return header;
  } catch (error) {
    throw Object.assign(fault('its header cannot be read'), { cause: error });
  }
  throw fault('its header is not in canonical form');
}

function isHeaderShaped(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || !('parts' in value) || !('v' in value) || !('seq' in value)) return false;
  if (value.v !== 1 || !Number.isSafeInteger(value.seq) || Number(value.seq) < 0) return false;
  if (!('type' in value) || typeof value.type !== 'string' || !('at' in value) || typeof value.at !== 'string') return false;
  const { parts } = value;
  return (
    typeof parts === 'object' &&
    parts !== null &&
    Object.values(parts).every((part) => typeof part === 'string' && part.length === HASH_SIZE * 2)
  );
}
