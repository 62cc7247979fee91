import type { EntryHeader } from '@app/contracts';
import { canonicalText, fromBase64Url, concatBytes, utf8 } from '@app/contracts';
import { headerText, parseCheckpointNote, SIGNATURE_TYPE, TreeHasher } from '@app/ledger';
import { noteSigner, noteSuite } from '@app/sealing';
import { profileOf, StorageCipher } from '@app/sealing/node';
import type { Mirror } from '../heal/heal.types.js';

export const profile = profileOf('gp-std-1');
export const suite = noteSuite(profile);
export const hasher = new TreeHasher(profile.hash);
export const INSTALLATION = 'gongping.demo';
export const LOT = `${INSTALLATION}/lot/lot-1/1`;
export const logKey = profile.generateSigner('node');
export const cipher = new StorageCipher(new Uint8Array(32).fill(9));
export const logVerifier = (origin: string) => noteSigner(logKey, origin, SIGNATURE_TYPE.note);

/** One entry of a made-up history: header, leaf and parts follow from `tag` and `seq` alone. */
export function entryOf(tag: string, seq: number) {
  const salt =
    `${tag}${String(seq)}`
      .padEnd(43, 'A')
      .slice(0, 43)
      .replace(/[^A-Za-z0-9]/g, 'A')
      .slice(0, 42) + 'A';
  const texts: Record<string, string> = {
    skeleton: canonicalText({ events: [{ type: 'lot.noted', tag, seq }] }),
    'x:secret': canonicalText({ secret: `${tag} ${String(seq)}` }),
  };
  const parts = Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, profile.commitment(salt, text)]));
  const header: EntryHeader = { v: 1, seq, at: new Date(1_774_000_000_000 + seq * 1000).toISOString(), type: 'lot.note', parts };
  const text = headerText(header);
  const plain = Object.entries(texts).map(([name, body]) => ({ name, plaintext: concatBytes(fromBase64Url(salt), utf8(body)) }));
  return { header, text, leaf: hasher.leaf(utf8(text)), parts: plain };
}

/** A mirror that holds `size` entries of a history: every second part in the clear, the others as ciphertext. */
export function mirrorOf(name: string, size: number, tag = 'a', change: (body: Uint8Array) => Uint8Array = (body) => body): Mirror {
  return {
    name,
    fetch: (_origin, from, to) =>
      Promise.resolve(
        Array.from({ length: Math.max(0, Math.min(size, to, from + 7) - from) }, (_none, index) => {
          const { text, parts } = entryOf(tag, from + index);
          return {
            header: utf8(text),
            parts: parts.map(({ name: part, plaintext }, at) => ({
              name: part,
              isOpen: at % 2 === 0,
              body: at % 2 === 0 ? change(plaintext) : (cipher.seal([plaintext])[0] ?? plaintext),
            })),
          };
        }),
      ),
  };
}

export const checkpointOf = (note: string) => parseCheckpointNote(note).checkpoint;
