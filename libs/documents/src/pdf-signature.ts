import { concatBytes, equalBytes, fromHex, toHex } from '@app/contracts';
import {
  type CertificateFacts,
  type CryptoProfile,
  type DetachedSignature,
  readDetached,
  readElement,
  type Signer,
  signDetached,
} from '@app/sealing';
import { appendUpdate, fromLatin1, latin1, numberIn, PdfError, readPdf } from './pdf-file.js';
import { REASON } from './words.js';

/** Who signs, with what, why and when. The key may be one that answers later and is never read: it is given the bytes to sign. */
export interface PdfSigning {
  readonly signer: Signer;
  /** DER, base64url: the signer's certificate, and those above it. */
  readonly certificate: CertificateFacts;
  readonly issuers: readonly string[];
  readonly reason: keyof typeof REASON;
  /** Instant of the signer's clock; his word alone. */
  readonly at: string;
}

/** A good signature in a file. */
interface PdfSignature extends DetachedSignature {
  readonly reason: string;
  readonly at: string;
}

/** What a file turned out to be: the document with signatures appended, or one person's detached signature over it. */
export type SignedFile =
  | { readonly kind: 'pdf'; readonly signatures: readonly PdfSignature[] }
  | { readonly kind: 'detached'; readonly signature: DetachedSignature };

/** What a signature says of itself in the file. */
interface Claim {
  readonly name: string;
  readonly reason: string;
  /** As PDF writes it, seconds in UTC. */
  readonly date: string;
}

/** Room for the CMS; a chain of three certificates takes some 2 KB. */
const CONTENTS_BYTES = 8_192;
const RANGE_CHARS = 40;
/** Of the widget: it is printed, and locked. */
const ANNOTATION_FLAGS = 132;
/** Signatures exist, and the file is only to be appended to. */
const FORM_FLAGS = 3;

/**
 * Signs a document of this library: PAdES-B-B (ETSI EN 319 142-1 §5, SubFilter ETSI.CAdES.detached), appended, so that the bytes before stay as they are and
 * earlier signatures good. The digest that is signed is computed here, from the bytes that are returned.
 */
export async function signPdf(profile: CryptoProfile, pdf: Uint8Array, signing: PdfSigning): Promise<Uint8Array> {
  const { signer, certificate, issuers, reason, at } = signing;
  const { bytes, from, to } = prepare(pdf, { name: signerName(certificate), reason: REASON[reason], date: dateOf(at) });
  const digest = profile.hash(concatBytes(bytes.subarray(0, from), bytes.subarray(to)));
  const cms = toHex(await signDetached(profile, signer, { certificate: certificate.der, issuers }, digest));
  if (cms.length > CONTENTS_BYTES * 2) throw new PdfError('the signature does not fit');
  bytes.set(fromLatin1(cms), from + 1);
  return bytes;
}

/** A detached signature over a whole document, in a file of its own (`.p7s`): any number of people sign the same bytes, at the same time. */
export const attestPdf = (
  profile: CryptoProfile,
  pdf: Uint8Array,
  by: Pick<PdfSigning, 'signer' | 'certificate' | 'issuers'>,
): Promise<Uint8Array> => signDetached(profile, by.signer, { certificate: by.certificate.der, issuers: by.issuers }, profile.hash(pdf));

/** A PDF begins with another byte. */
const DER_SEQUENCE = 0x30;

/** What a file that somebody handed on is to the document `base`; null: no good signature of it, or something else beside it. */
export function readSigned(profile: CryptoProfile, base: Uint8Array, file: Uint8Array): SignedFile | null {
  if (file[0] === DER_SEQUENCE) {
    const signature = readDetached(profile, file, profile.hash(base));
    return signature === null ? null : { kind: 'detached', signature };
  }
  const signatures = signaturesOf(profile, base, file);
  return signatures === null ? null : { kind: 'pdf', signatures };
}

/**
 * The signatures of `pdf`, in their order, when it is the document `base` with nothing but good signatures of this form appended; else null. Each one is
 * appended to the document once more here and compared, so nothing can stand in between that a reader would be shown.
 */
function signaturesOf(profile: CryptoProfile, base: Uint8Array, pdf: Uint8Array): PdfSignature[] | null {
  const found: PdfSignature[] = [];
  let end = base.length;
  if (!equalBytes(pdf.subarray(0, end), base)) return null;
  while (end < pdf.length) {
    const next = nextSignature(profile, pdf, end);
    if (next === null) return null;
    found.push(next.signature);
    end = next.end;
  }
  return found;
}

function nextSignature(profile: CryptoProfile, pdf: Uint8Array, start: number): { signature: PdfSignature; end: number } | null {
  try {
    const claim = claimIn(latin1(pdf.subarray(start)));
    const { bytes, from, to } = prepare(pdf.slice(0, start), claim);
    const contents = pdf.subarray(from + 1, to - 1);
    bytes.set(contents, from + 1);
    if (!equalBytes(bytes, pdf.subarray(0, bytes.length))) return null;
    const filled = fromHex(latin1(contents));
    const { end } = readElement(filled);
    if (filled.subarray(end).some((byte) => byte !== 0)) return null;
    const signed = readDetached(profile, filled.subarray(0, end), profile.hash(concatBytes(bytes.subarray(0, from), bytes.subarray(to))));
    if (signed === null || signerName(signed.certificate) !== claim.name) return null;
    return { signature: { ...signed, reason: claim.reason, at: instantOf(claim.date) }, end: bytes.length };
  } catch {
    // Text that is no claim, no DER, no file.
    return null;
  }
}

/** The document with a signature field whose value is still empty: `from` … `to` is `<000…>`, which the signature does not cover. */
function prepare(pdf: Uint8Array, claim: Claim): { bytes: Uint8Array; from: number; to: number } {
  const file = readPdf(pdf);
  const catalog = file.object(file.root);
  const page = numberIn(/\/Kids \[(\d+) 0 R/, file.object(numberIn(/\/Pages (\d+) 0 R/, catalog, 'pages')), 'first page');
  const value = file.size;
  const widget = value + 1;
  const look = value + 2;
  const form = /\/AcroForm (\d+) 0 R/.exec(catalog)?.[1];
  const formNumber = form === undefined ? value + 3 : Number(form);
  const fields = form === undefined ? '' : (/\/Fields \[([^\]]*)\]/.exec(file.object(formNumber))?.[1] ?? '');
  const nth = fields === '' ? 1 : fields.split(' R').length;
  const range = '*'.repeat(RANGE_CHARS);
  const objects = new Map([
    [
      value,
      `<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /ETSI.CAdES.detached /ByteRange [${range}] /Contents <${'0'.repeat(CONTENTS_BYTES * 2)}>` +
        ` /Name ${textString(claim.name)} /Reason ${textString(claim.reason)} /M (D:${claim.date}) >>`,
    ],
    [
      widget,
      `<< /Type /Annot /Subtype /Widget /FT /Sig /Rect [0 0 0 0] /V ${String(value)} 0 R /T (signature-${String(nth)})` +
        ` /F ${String(ANNOTATION_FLAGS)} /P ${String(page)} 0 R /AP << /N ${String(look)} 0 R >> >>`,
    ],
    [look, '<< /Type /XObject /Subtype /Form /BBox [0 0 0 0] /Length 0 >>\nstream\n\nendstream'],
    [page, withAnnotation(file.object(page), widget)],
    [formNumber, `<< /SigFlags ${String(FORM_FLAGS)} /Fields [${fields === '' ? '' : `${fields} `}${String(widget)} 0 R] >>`],
  ]);
  if (form === undefined) objects.set(file.root, withMember(catalog, `/AcroForm ${String(formNumber)} 0 R`));
  const bytes = appendUpdate(file, objects, form === undefined ? formNumber + 1 : look + 1);
  const appended = latin1(bytes.subarray(pdf.length));
  const from = pdf.length + appended.indexOf('/Contents <') + '/Contents '.length;
  const to = from + CONTENTS_BYTES * 2 + 2;
  const ranges = ['0', String(from), String(to), String(bytes.length - to)].join(' ').padEnd(RANGE_CHARS);
  bytes.set(fromLatin1(ranges), pdf.length + appended.indexOf(range));
  return { bytes, from, to };
}

const withMember = (dictionary: string, member: string): string => dictionary.replace(/>>$/, `${member}\n>>`);

function withAnnotation(page: string, number: number): string {
  const list = /\/Annots \[([^\]]*)\]/.exec(page);
  const reference = `${String(number)} 0 R`;
  if (list === null) return withMember(page, `/Annots [${reference}]`);
  return page.replace(list[0], `/Annots [${list[1] ?? ''} ${reference}]`);
}

/** Text string (ISO 32000-1 §7.9.2.2): UTF-16BE with a mark, in hexadecimal. */
function textString(text: string): string {
  const units = Array.from({ length: text.length }, (_, at) => text.charCodeAt(at).toString(16).padStart(4, '0'));
  return `<feff${units.join('')}>`;
}
const textIn = (hex: string): string => hex.replaceAll(/..../g, (unit) => String.fromCharCode(Number.parseInt(unit, 16)));

function claimIn(appended: string): Claim {
  const found = /\/Name <feff([0-9a-f]*)> \/Reason <feff([0-9a-f]*)> \/M \(D:(\d{14}Z)\)/.exec(appended);
  if (found === null) throw new PdfError('signature');
  const [, name = '', reason = '', date = ''] = found;
  return { name: textIn(name), reason: textIn(reason), date };
}

const dateOf = (at: string): string => `${at.slice(0, 19).replaceAll(/[-T:]/g, '')}Z`;
const instantOf = (date: string): string => date.replace(/^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6.000Z');

/** As a signature names its signer: the person, and the organisation that the certificate puts him in. */
export const signerName = ({ subject: { name, organisation } }: CertificateFacts): string =>
  organisation === null || organisation === name ? name : `${name}（${organisation}）`;
