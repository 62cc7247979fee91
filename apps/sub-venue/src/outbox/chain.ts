import type { OutboxLink, SignedCommand } from '@app/contracts';
import { canonicalText, SIGNING_PREFIX, utf8 } from '@app/contracts';

type HashHex = (bytes: Uint8Array) => string;

/** What the first link points to. */
export const CHAIN_START = '0'.repeat(64);

/** Hash of a signed command as the outbox names it: over the canonical text, openings included. */
export const commandHash = (text: string, hashHex: HashHex): string => hashHex(utf8(text));

/** Canonical text of a signed command, in the field order of RFC 8785. Throws CanonicalError when it has none. */
export const commandText = (signed: SignedCommand): string =>
  canonicalText({ command: signed.command, signer: signed.signer, signature: signed.signature, openings: signed.openings });

/** Hash of a link: it covers the link before, so nobody can take one out, put one in or change its time of receipt. */
export const linkHash = (link: OutboxLink, hashHex: HashHex): string => hashHex(utf8(SIGNING_PREFIX.outbox + linkText(link)));

/** RFC 8785 text of a link; its five members are plain ASCII, so the text can be written directly. */
export const linkText = (link: OutboxLink): string =>
  `{"command":"${link.command}","index":${String(link.index)},"prev":"${link.prev}","receivedAt":"${link.receivedAt}","v":1}`;

/** Why a stored or delivered chain cannot be what was written; null when it holds. `prev` is the hash before the first link. */
export function chainFault(
  records: readonly { readonly link: OutboxLink; readonly hash: string }[],
  prev: { readonly index: number; readonly hash: string },
  hashHex: HashHex,
): string | null {
  let { index, hash } = prev;
  for (const record of records) {
    index += 1;
    if (record.link.index !== index) return `link ${String(index)} is missing`;
    if (record.link.prev !== hash) return `link ${String(index)} does not follow the one before`;
    if (linkHash(record.link, hashHex) !== record.hash) return `link ${String(index)} was changed`;
    hash = record.hash;
  }
  return null;
}
