import { ENGINE_ID_MAX, zBytes, zEntryHeader, zHash, zOpening } from '@app/contracts';
import { HEAD_LEVELS } from '@app/ledger';
import type { ByteSource } from '@app/sealing';
import { z } from 'zod';

/** Shapes of the files inside a lot's archive (docs/archive-format.md §3-§4). */

export const zArchiveHead = z.strictObject({
  v: z.literal(1),
  kind: z.literal('lot'),
  installation: z.string().min(1).max(100),
  origin: z.string().min(1).max(200),
  lot: z.string().min(1).max(80),
  round: z.int().min(1).max(99),
  size: z.int().min(1),
  /** The engine in force at the newest entry. */
  engine: z.string().min(1).max(ENGINE_ID_MAX),
  profile: z.string().min(1).max(40),
});
type ArchiveHead = z.infer<typeof zArchiveHead>;

export const zArchivedEntry = z.strictObject({
  header: zEntryHeader,
  parts: z.record(z.string(), zOpening),
  /** Names of parts that were erased by an entry; sorted. */
  erased: z.array(z.string()),
});
export type ArchivedEntry = z.infer<typeof zArchivedEntry>;

/** An entry of the platform log, its number, its part `command` and its way to the platform log's head. */
export const zPlatformEntry = z.strictObject({
  batch: z.int().min(0),
  header: zEntryHeader,
  opening: zOpening,
  path: z.array(zHash),
});
export type PlatformEntry = z.infer<typeof zPlatformEntry>;

/** Where the platform log holds the commitment of an act before the deadline. */
export const zArchivedAct = zPlatformEntry.extend({ commitment: zHash, index: z.int().min(0) });
export type ArchivedAct = z.infer<typeof zArchivedAct>;

/** Where the platform log holds the commitment of a head of the lot. */
export const zArchivedHead = zPlatformEntry.extend({
  size: z.int().min(1),
  root: zHash,
  /** Number of the platform entry that committed to the head before this one. */
  previous: z.int().min(0).nullable(),
  salt: zBytes,
  /** From the lot's place to the entry's one root over the heads of all lots, lowest first. */
  branch: z.array(zHash).length(HEAD_LEVELS),
});
export type ArchivedHead = z.infer<typeof zArchivedHead>;

export const FILE = {
  head: 'archive.json',
  entries: 'log/entries.ndjson',
  leaves: 'log/leaves.txt',
  checkpoint: 'log/checkpoint.txt',
  history: 'log/history.ndjson',
  policy: 'log/policy.txt',
  platformCheckpoint: 'platform/checkpoint.txt',
  acts: 'platform/acts.ndjson',
  heads: 'platform/heads.ndjson',
  blobs: 'blobs/',
  recordings: 'recordings/',
} as const;

/** An archive as a program holds it. */
export interface Archive {
  readonly head: ArchiveHead;
  readonly entries: readonly ArchivedEntry[];
  readonly leaves: readonly string[];
  readonly checkpoint: string;
  readonly history: readonly string[];
  readonly policy: string;
  readonly platformCheckpoint: string | null;
  readonly acts: readonly ArchivedAct[];
  /** Empty where none is carried: archives from before there were any, and lots that no beat has seen yet. */
  readonly heads: readonly ArchivedHead[];
  /** Ciphertexts by their hash. */
  readonly blobs: ReadonlyMap<string, ArchivedBlob>;
  /** Landings and segments of the lot's recordings (录制) that were put in, by their hash; as many as there are. */
  readonly recordings?: ReadonlyMap<string, ArchivedBlob>;
}

/** Files of an archive that are read where they lie, with the folder of each. */
export const placedFiles = ({ blobs, recordings = new Map() }: Pick<Archive, 'blobs' | 'recordings'>): [string, string, ArchivedBlob][] => [
  ...[...blobs].map(([hash, file]): [string, string, ArchivedBlob] => [FILE.blobs, hash, file]),
  ...[...recordings].map(([hash, file]): [string, string, ArchivedBlob] => [FILE.recordings, hash, file]),
];

/** A ciphertext of an archive: known by size and checksum, read where it lies. */
export interface ArchivedBlob extends ByteSource {
  /** CRC-32, as the container says it or will say it. */
  readonly crc: number;
}
