import type { ErrorCode, ListKind } from '@app/contracts';
import { zBytes, zCity, zCreditCode, zName, zOrganisationName, zPersonName, zSpecialties } from '@app/contracts';
import { z } from 'zod';

/** Between several codes in one cell. */
const SEPARATOR = /[\s,;，；、]+/;
const YES = ['true', '1', 'yes', '是'];
const NO = ['false', '0', 'no', '否'];

const zCell = z.string().trim();
const orNull = <T extends z.ZodType>(schema: T) => z.union([z.literal('').transform(() => null), z.null(), schema]).default(null);
const zYes = z.union([
  z.boolean(),
  zCell
    .toLowerCase()
    .refine((text) => [...YES, ...NO].includes(text), `one of ${[...YES, ...NO].join(', ')}`)
    .transform((text) => YES.includes(text)),
]);
const zCodes = z
  .union([z.array(z.string()), zCell.transform((text) => text.split(SEPARATOR).filter((code) => code !== ''))])
  .pipe(zSpecialties);

/**
 * The columns of each kind of list, as they stand in its first line, and what
 * may stand in them. Written once: the check of a list's columns reads it.
 */
const LIST_SCHEMAS = {
  organisations: z.strictObject({ id: zCell.pipe(zName), name: zOrganisationName, creditCode: zCell.pipe(zCreditCode) }),
  people: z.strictObject({ id: zCell.pipe(zName), name: zPersonName, organisation: orNull(zCell.pipe(zName)) }),
  /** People who are in the expert pool: the person and the entry in the pool in one line. */
  experts: z.strictObject({
    id: zCell.pipe(zName),
    name: zPersonName,
    organisation: orNull(zCell.pipe(zName)),
    specialties: zCodes,
    city: zCity,
    active: zYes.default(true),
  }),
  certificates: z.strictObject({
    person: zCell.pipe(zName),
    certificate: zCell.pipe(zBytes.min(1).max(8_000)),
    encryptionKey: orNull(zCell.pipe(zBytes.max(400))),
    encryptionKeySignature: orNull(zCell.pipe(zBytes.max(400))),
  }),
} as const satisfies Record<ListKind, z.ZodObject>;

export type ListRow<K extends ListKind> = z.infer<(typeof LIST_SCHEMAS)[K]>;

/** A line as its schema reads it, or its first fault: the column and one code for each kind of fault, which readers put into words. */
export function readCells<K extends ListKind>(
  kind: K,
  cells: Readonly<Record<string, unknown>>,
): { readonly row: ListRow<K> } | { readonly column: string; readonly code: ErrorCode } {
  const { data, error } = LIST_SCHEMAS[kind].safeParse(cells);
  if (error === undefined) return { row: data as ListRow<K> };
  const [issue] = error.issues;
  if (issue?.code === 'unrecognized_keys') return { column: issue.keys[0] ?? '', code: 'E_CELL_UNKNOWN' };
  const column = String(issue?.path[0] ?? '');
  if (isEmpty(cells[column])) return { column, code: 'E_CELL_EMPTY' };
  return { column, code: issue?.code === 'too_big' ? 'E_CELL_LENGTH' : 'E_CELL_FORM' };
}
const isEmpty = (cell: unknown): boolean =>
  cell === undefined || cell === null || (typeof cell === 'string' ? cell.trim() === '' : Array.isArray(cell) && cell.length === 0);

/** What is wrong with a list's first line; null when it names every column that is needed and no other. */
export function columnsFault(kind: ListKind, columns: readonly string[]): string | null {
  const known = Object.keys(LIST_SCHEMAS[kind].shape);
  const needed = Object.entries<z.ZodType>(LIST_SCHEMAS[kind].shape).flatMap(([name, schema]) =>
    schema.safeParse(undefined).success ? [] : [name],
  );
  const missing = needed.filter((name) => !columns.includes(name));
  const unknown = columns.filter((name) => !known.includes(name));
  const twice = columns.filter((name, index) => columns.indexOf(name) !== index);
  const faults = [
    missing.length > 0 ? `missing: ${missing.join(', ')}` : '',
    unknown.length > 0 ? `unknown: ${unknown.map((name) => (name === '' ? '(empty)' : name)).join(', ')}` : '',
    twice.length > 0 ? `twice: ${twice.join(', ')}` : '',
  ].filter((fault) => fault !== '');
  return faults.length === 0 ? null : `${faults.join('; ')}. A list of ${kind} has the columns ${known.join(', ')}.`;
}
