import { canonicalText, utf8 } from '@app/contracts';
import { packContainer } from '@app/sealing';
import type { Archive } from './format.js';
import { FILE } from './format.js';

/** Serialises an archive. The same content gives the same bytes, whoever writes it. */
export function writeArchive(archive: Archive): Uint8Array {
  const files = new Map<string, Uint8Array>();
  const text = (name: string, content: string): void => {
    files.set(name, utf8(content));
  };
  text(FILE.head, canonicalText(archive.head));
  text(FILE.entries, lines(archive.entries.map((entry) => canonicalText(entry))));
  text(FILE.leaves, lines(archive.leaves));
  text(FILE.checkpoint, archive.checkpoint);
  text(FILE.history, lines(archive.history.map((note) => canonicalText(note))));
  text(FILE.policy, archive.policy);
  if (archive.platformCheckpoint !== null) text(FILE.platformCheckpoint, archive.platformCheckpoint);
  text(FILE.acts, lines(archive.acts.map((act) => canonicalText(act))));
  for (const [hash, content] of archive.blobs) files.set(FILE.blobs + hash, content);
  return packContainer(files);
}

const lines = (items: readonly string[]): string => items.map((item) => `${item}\n`).join('');
