import { UnreadableFile } from '@app/archive/node';
import { RECORDING_BYTES_MAX, type RecordingFiles } from '@app/verifying';
import { existsSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** Files of recordings as a site keeps them: `ab/abcd…`, or all in one folder. Throws UnreadableFile where there is no such folder. */
export function recordingFiles(folder: string): RecordingFiles {
  if (!existsSync(folder)) throw new UnreadableFile(folder, 'there is no such folder');
  return {
    read: async (hash) => {
      for (const path of [join(folder, hash.slice(0, 2), hash), join(folder, hash)]) {
        const facts = await stat(path).catch(() => null);
        if (facts?.isFile() === true && facts.size <= RECORDING_BYTES_MAX) return readFile(path);
      }
      return null;
    },
  };
}
