import type { Trust } from '@app/archive';
import { readArchive } from '@app/archive';
import { openFile } from '@app/archive/node';
import { dataIn, openingRecordIn, openingRecordPdf, readSigned, receiptPdf, signerName } from '@app/documents';
import { readDocumentFont } from '@app/documents/node';
import { issuersOf } from '@app/sealing';
import { findProfile, profileOf } from '@app/sealing/node';

/** A document as everybody makes it from its data. */
interface MadeDocument {
  readonly title: string;
  readonly pdf: Uint8Array;
}

/** What a file is to such a document. */
export interface Comparison {
  readonly title: string;
  /** Whether it is the document to the byte with good signatures and nothing else, or a good signature over it. */
  readonly isSame: boolean;
  readonly lines: readonly string[];
}

/** Certificates and signatures in documents are of the platform's profile, whatever that of a lot. */
const PROFILE = profileOf('gp-std-1');

/** 开标记录 of an archive. Throws when it holds none, or its reader may not see it. */
export async function openingRecordFrom(archiveFile: string): Promise<MadeDocument> {
  const source = await openFile(archiveFile);
  try {
    const archive = await readArchive(source);
    const profile = findProfile(archive.head.profile);
    const record = openingRecordIn(archive.entries);
    if (profile === null || record === null) throw new Error('the archive holds no opening record that its reader may see');
    return { title: 'Opening record', pdf: await openingRecordPdf(profile, record, readDocumentFont()) };
  } finally {
    await source.close();
  }
}

/** 投标回执 as PDF: the receipt that is in it, and the document that this receipt makes. Throws on another file. */
export async function receiptIn(pdf: Uint8Array): Promise<{ readonly receipt: unknown; readonly document: MadeDocument }> {
  const receipt = dataIn(pdf);
  if (receipt === null) throw new Error('the PDF carries no receipt');
  return { receipt, document: { title: 'Receipt as PDF', pdf: await receiptPdf(receipt, readDocumentFont()) } };
}

export function compare({ title, pdf }: MadeDocument, file: Uint8Array, trust: Trust | null): Comparison {
  const read = readSigned(PROFILE, pdf, file);
  if (read === null) return { title, isSame: false, lines: ['another document than its data make, or content or signatures were changed'] };
  const signatures = read.kind === 'pdf' ? read.signatures : [{ ...read.signature, at: null, reason: '' }];
  const roots = trust?.roots ?? [];
  const lines = signatures.map(({ certificate, at, reason }) => {
    const issuer = issuersOf(PROFILE, certificate.der, roots).length > 0 ? 'under a trusted root' : 'under no root that is trusted here';
    return `signed by ${signerName(certificate)}, ${issuer}${at === null ? '' : `, ${reason}, at ${at} by the signer's clock`}`;
  });
  const what = read.kind === 'pdf' ? 'the document that its data make, byte by byte' : 'a signature over the document that its data make';
  return { title, isSame: true, lines: [what, ...(lines.length === 0 ? ['not signed'] : lines)] };
}
