import { readJson, UnreadableFile } from '@app/archive/node';
import {
  BLIND_TYPE,
  type Draft,
  type DraftPart,
  EMPTY_SHEET,
  FILE_TYPES,
  lookAt,
  type Looks,
  PARTNER_FORMS,
  readPdf,
  titleOf,
} from '@app/bid-making';
import { zName } from '@app/contracts';
import { openAsBlob } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { getDocument, OPS, PDFDataRangeTransport } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { z } from 'zod';

const LIBRARY = { getDocument, PDFDataRangeTransport, OPS };
const FIELD_MAX = 1_000;
const FILES_MAX = 999;
const zField = z.string().max(FIELD_MAX).exactOptional();
const zClaim = z.boolean().exactOptional();

/** 开标一览表 as its fields stand; what is not named stays as in an empty form. What is wrong with a field the check says, not this. */
const zSheet = z.strictObject({
  price: zField,
  priceWords: zField,
  duration: zField,
  quality: zField,
  projectLead: zField,
  validityDays: zField,
  securityKind: zField,
  securityAmount: zField,
  coreBrand: zField,
  smallMicro: zClaim,
  domestic: zClaim,
  partnerForm: z.enum(['', ...PARTNER_FORMS]).exactOptional(),
  partnerPercent: zField,
  partnersAllSmall: zClaim,
  partnersIndependent: zClaim,
});

/** What describes a bid: for which lot, the opening sheet, and the files by their paths from this file's folder on. */
const zBidFile = z.strictObject({
  v: z.literal(1),
  lot: zName,
  round: z.int().min(1).max(99).default(1),
  sheet: zSheet,
  parts: z
    .array(z.strictObject({ type: z.enum(FILE_TYPES), file: z.string().min(1), title: z.string().min(1).max(120).exactOptional() }))
    .max(FILES_MAX),
});

/** A bid with its files where they lie; a part's id is its path as the bid's file names it. */
export interface BidToSeal extends Draft {
  readonly lot: string;
  readonly round: number;
  readonly pathOf: (part: Pick<DraftPart, 'id'>) => string;
  /** How the files of the blind part look. */
  readonly looks: () => Promise<Looks>;
}

/** Reads the description, and every file as a member's reader will. Throws {@link UnreadableFile}. */
export async function readBid(file: string): Promise<BidToSeal> {
  const found = zBidFile.safeParse(readJson(file));
  if (!found.success) {
    const [issue] = found.error.issues;
    throw new UnreadableFile(file, `no description of a bid: ${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`);
  }
  const { lot, round, sheet, parts } = found.data;
  const pathOf = ({ id }: Pick<DraftPart, 'id'>): string => resolve(dirname(file), id);
  const read: DraftPart[] = [];
  for (const { type, file: id, title = titleOf(basename(id)) } of parts) {
    const content = await blobOf(pathOf({ id }));
    read.push({ id, type, title, size: content.size, pdf: await readPdf(LIBRARY, content) });
  }
  const looks = async (): Promise<Looks> => {
    const blind = read.filter(({ type, pdf }) => type === BLIND_TYPE && pdf.fault === null);
    return new Map(await Promise.all(blind.map(async (part) => [part.id, await lookAt(LIBRARY, await blobOf(pathOf(part)))] as const)));
  };
  return { lot, round, sheet: { ...EMPTY_SHEET, ...sheet }, parts: read, pathOf, looks };
}

async function blobOf(path: string): Promise<Blob> {
  try {
    return await openAsBlob(path);
  } catch (error) {
    throw new UnreadableFile(path, error instanceof Error ? error.message : 'unknown');
  }
}
