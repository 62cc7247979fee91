import { fromUtf8, toHex } from '@app/contracts';
import type { DerElement } from './der.js';
import { DerError, readChildren, readElement } from './der.js';

/**
 * The fields of RFC 5280 structures that trust depends on, read strictly and synchronously. A general ASN.1 library is used for
 * issuing (authority.ts, Node only); it needs a dependency container and a reflection polyfill, which has no place in a browser
 * or an offline verifier, and its signature checks are asynchronous.
 */
export const TAG = { boolean: 0x01, integer: 0x02, bits: 0x03, octets: 0x04, oid: 0x06, sequence: 0x30, set: 0x31 } as const;
const UTC_TIME = 0x17;
const GENERALIZED_TIME = 0x18;

/** Attribute types of a name (OID content octets in hexadecimal). */
export const ATTRIBUTE = {
  commonName: '550403',
  serialNumber: '550405',
  country: '550406',
  organisation: '55040a',
  unit: '55040b',
  /** organizationIdentifier (ITU-T X.520): carries the 统一社会信用代码 (unified social credit code). */
  organisationIdentifier: '550461',
} as const;
const SHORT: Readonly<Record<string, string>> = {
  [ATTRIBUTE.commonName]: 'CN',
  [ATTRIBUTE.serialNumber]: 'serialNumber',
  [ATTRIBUTE.country]: 'C',
  [ATTRIBUTE.organisation]: 'O',
  [ATTRIBUTE.unit]: 'OU',
  [ATTRIBUTE.organisationIdentifier]: 'organizationIdentifier',
};
const EXTENSION = { basicConstraints: '551d13', keyUsage: '551d0f' } as const;

export function need(element: DerElement | undefined, tag: number, what: string): DerElement {
  if (element?.tag !== tag) throw new DerError(what);
  return element;
}

/** Lower-case hexadecimal of a positive integer, without the sign octet. */
export function readSerial(element: DerElement | undefined): string {
  const { content } = need(element, TAG.integer, 'serial number');
  if (content.length === 0 || content.length > 21) throw new DerError('serial number');
  return toHex(content.length > 1 && content[0] === 0 ? content.subarray(1) : content);
}

/** An instant with milliseconds from UTCTime or GeneralizedTime in the forms of RFC 5280 §4.1.2.5. */
export function readTime(element: DerElement | undefined): string {
  const text = element === undefined ? '' : fromUtf8(element.content);
  const match = /^(\d\d)?(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/.exec(text);
  const isShort = element?.tag === UTC_TIME && text.length === 13;
  if (match === null || !(isShort || (element?.tag === GENERALIZED_TIME && text.length === 15))) throw new DerError('time');
  const [, head, year = '', month = '', day = '', hour = '', minute = '', second = ''] = match;
  const century = head ?? (Number(year) < 50 ? '20' : '19');
  const instant = `${century}${year}-${month}-${day}T${hour}:${minute}:${second}.000Z`;
  if (Number.isNaN(Date.parse(instant))) throw new DerError('time');
  return instant;
}

export interface DistinguishedName {
  /** For comparison: hexadecimal of the DER. */
  readonly der: string;
  /** For people: `CN=…, O=…`. */
  readonly text: string;
  /** First value per attribute type. */
  readonly values: ReadonlyMap<string, string>;
}

export function readName(element: DerElement | undefined): DistinguishedName {
  const { content, whole } = need(element, TAG.sequence, 'name');
  const values = new Map<string, string>();
  const texts: string[] = [];
  for (const relative of readChildren(content))
    for (const attribute of readChildren(need(relative, TAG.set, 'name').content)) {
      const [type, value] = readChildren(need(attribute, TAG.sequence, 'name').content);
      const name = toHex(need(type, TAG.oid, 'name').content);
      const text = readText(value);
      if (!values.has(name)) values.set(name, text);
      texts.push(`${SHORT[name] ?? name}=${text}`);
    }
  return { der: toHex(whole), text: texts.join(', '), values };
}

const bmp = new TextDecoder('utf-16be', { fatal: true });

function readText(element: DerElement | undefined): string {
  switch (element?.tag) {
    case 0x0c: // UTF8String
    case 0x13: // PrintableString
    case 0x16: // IA5String
      return fromUtf8(element.content).normalize('NFC');
    case 0x1e: // BMPString
      return bmp.decode(element.content).normalize('NFC');
    default:
      throw new DerError('text');
  }
}

export interface CertificateExtensions {
  readonly isAuthority: boolean;
  /** How many authorities may stand between this one and who is certified (pathLenConstraint); null: as many as one likes. */
  readonly pathLength: number | null;
  /** Bits of KeyUsage, the first in bit 7 of the first octet; null when absent. */
  readonly usage: number | null;
}

/** Reads extensions; a critical one that is not understood makes the certificate unusable (RFC 5280 §4.2). */
export function readExtensions(wrapped: DerElement | undefined): CertificateExtensions {
  let isAuthority = false;
  let pathLength: number | null = null;
  let usage: number | null = null;
  const list = wrapped === undefined ? [] : readChildren(need(readElement(wrapped.content), TAG.sequence, 'extensions').content);
  for (const item of list) {
    const [type, ...rest] = readChildren(need(item, TAG.sequence, 'extension').content);
    const isCritical = rest.length === 2 && rest[0]?.tag === TAG.boolean && rest[0].content[0] === 0xff;
    const value = readElement(need(rest.at(-1), TAG.octets, 'extension').content);
    switch (toHex(need(type, TAG.oid, 'extension').content)) {
      case EXTENSION.basicConstraints:
        isAuthority = readChildren(value.content).some((child) => child.tag === TAG.boolean && child.content[0] === 0xff);
        pathLength = readPathLength(readChildren(value.content).find((child) => child.tag === TAG.integer));
        break;
      case EXTENSION.keyUsage:
        usage = need(value, TAG.bits, 'key usage').content[1] ?? 0;
        break;
      default:
        if (isCritical) throw new DerError('critical extension that is not understood');
    }
  }
  return { isAuthority, pathLength, usage };
}

/** A constraint beyond one octet constrains no chain that is looked at here. */
function readPathLength(element: DerElement | undefined): number | null {
  if (element === undefined) return null;
  const [first = 0, ...more] = element.content;
  if (element.content.length === 0 || first >= 0x80) throw new DerError('path length');
  return more.length === 0 ? first : null;
}
