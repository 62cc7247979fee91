import type { IncomingMessage } from 'node:http';
import { isIPv6 } from 'node:net';

/** What of a request says where it comes from. */
export interface Coming extends Pick<IncomingMessage, 'headers'> {
  /** Null once the connection is gone. */
  readonly socket: Pick<IncomingMessage['socket'], 'remoteAddress'> | null;
}

/** Of an IPv6 address, what one line is given: whoever holds it can take any of the addresses below. */
const LINE_GROUPS = 4;

/**
 * Whom a request without a session is counted for: the address it comes from, past as many proxies as this venue stands behind
 * (`proxies`). Each of them adds the address it was asked from to `x-forwarded-for`; what stands further left is the asker's own word.
 */
export function clientAddress({ headers, socket }: Coming, proxies: number): string {
  const told = [headers['x-forwarded-for'] ?? []].flat().flatMap((line) => line.split(','));
  const way = [...told.map((address) => address.trim()), socket?.remoteAddress ?? 'unknown'];
  return lineOf(way[Math.max(0, way.length - 1 - proxies)] ?? 'unknown');
}

function lineOf(address: string): string {
  const plain = address.replace(/^::ffff:(?=[\d.]+$)/i, '');
  if (!isIPv6(plain)) return plain;
  const [head = '', tail] = plain.toLowerCase().split('::');
  const [before, after] = [head, tail ?? ''].map((text) => text.split(':').filter((group) => group !== ''));
  const between = tail === undefined ? [] : Array<string>(Math.max(0, 8 - (before?.length ?? 0) - (after?.length ?? 0))).fill('0');
  return `${[...(before ?? []), ...between, ...(after ?? [])].slice(0, LINE_GROUPS).join(':')}::/64`;
}
