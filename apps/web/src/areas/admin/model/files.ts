import type { ListFault, ListFormat, ListImport, ListKind } from '@app/contracts';
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

/** Keys of the words for what may stand in a column, where it is the same in every kind of list. */
const CELL_WORDS: Readonly<Record<string, string>> = {
  id: 'admin.idForm',
  person: 'admin.idForm',
  organisation: 'admin.idForm',
  creditCode: 'admin.organisations.creditHint',
  city: 'admin.nodes.cityHint',
  specialties: 'admin.cell.specialties',
  active: 'admin.cell.active',
  certificate: 'admin.cell.bytes',
  encryptionKey: 'admin.cell.bytes',
  encryptionKeySignature: 'admin.cell.bytes',
};
const OF_CONTENT = ['E_CELL_EMPTY', 'E_CELL_LENGTH', 'E_CELL_FORM'];

/** Key of the words for what should stand in a cell; null where the fault is not in what stands in it. */
export function cellWords(kind: ListKind, { column, code }: Pick<ListFault, 'column' | 'code'>): string | null {
  if (!OF_CONTENT.includes(code)) return null;
  if (column === 'name') return kind === 'organisations' ? 'admin.organisations.nameHint' : 'admin.people.nameHint';
  return CELL_WORDS[column] ?? null;
}
