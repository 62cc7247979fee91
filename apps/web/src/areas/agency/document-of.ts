import { profileOf } from '@app/sealing';
import { hashOfFile } from '../../utils/hash-file.js';
import { factsOfPdf } from '../bid/index.js';
import type { DraftDocument } from './model/faults.js';

/** Documents are named by the hash of the platform's profile. */
const PROFILE = profileOf('gp-std-1');

/** What a reader will find of a file, and the hash that the log will name. Throws where it cannot be read. */
export async function documentOf(file: File): Promise<DraftDocument> {
  const pdf = await factsOfPdf(file);
  return { name: file.name, size: file.size, hash: await hashOfFile(PROFILE, file), pdf };
}
