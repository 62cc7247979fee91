import type { ListFormat, ListImport } from '@app/contracts';
import { toBase64Url } from '@app/contracts';

export const CERTIFICATE_BYTES_MAX = 16_000;
const PEM = /-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\s]+)-----END CERTIFICATE-----/;
/** First byte of every DER certificate: a SEQUENCE. */
const DER_SEQUENCE = 0x30;

/** A certificate file, PEM or DER, as DER in base64url; null when it is neither. */
export function certificateOf(bytes: Uint8Array): string | null {
  if (bytes.length === 0 || bytes.length > CERTIFICATE_BYTES_MAX) return null;
  if (bytes[0] === DER_SEQUENCE) return toBase64Url(bytes);
  const body = PEM.exec(new TextDecoder().decode(bytes))?.[1]?.replace(/\s/g, '');
  return body === undefined ? null : body.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/** Form of a list by the name of its file; null for a file that is no list. */
export function formatOf(fileName: string): ListFormat | null {
  const ending = /\.(csv|json)$/i.exec(fileName)?.[1]?.toLowerCase();
  return ending === 'csv' || ending === 'json' ? ending : null;
}

export const isGoingOn = ({ state }: Pick<ListImport, 'state'>): boolean => state === 'waiting' || state === 'running';

/** Colour and shape of an import: never the colour alone. */
export function importTone({ state, faults }: Pick<ListImport, 'state' | 'faults'>): { readonly tone: string; readonly shape: string } {
  if (state === 'refused' || state === 'stopped') return { tone: 'is-bad', shape: '✕' };
  if (state !== 'done') return { tone: 'is-active', shape: '▸' };
  return faults > 0 ? { tone: 'is-warn', shape: '!' } : { tone: 'is-good', shape: '✓' };
}
