import { z } from 'zod';

/** Whether a name or address (of a URL, a socket, a Host header without its port) is this machine for itself. */
export const isLoopback = (host: string): boolean => ['127.0.0.1', 'localhost', '::1', '[::1]'].includes(host);

/** Whether what goes to this address is hidden from the network: TLS, or this very machine (SEC-22). */
export function isPrivateLine(url: string): boolean {
  const { protocol, hostname } = new URL(url);
  return protocol === 'https:' || (protocol === 'http:' && isLoopback(hostname));
}

const VENUE_URL_CHARS_MAX = 200;

/** Address of a venue, as the others reach it. Parts of lots go over the line in the clear, so it needs TLS between machines. */
export const zVenueUrl = z
  .url({ protocol: /^https?$/, abort: true })
  .max(VENUE_URL_CHARS_MAX)
  .refine(isPrivateLine, 'https:// is expected: the line to a venue on another machine needs TLS');
