import { type OpeningForm, READ_OUT_FIELDS, type ReadOutField } from '@app/evaluation';

/** A form with everything of the sheets, under these words: what an own one is begun from. */
export const wholeForm = (title: string, wordOf: (field: ReadOutField) => string): OpeningForm => ({
  title,
  note: '',
  columns: READ_OUT_FIELDS.map((field) => ({ field, title: wordOf(field) })),
});

/** Rows of the form's table: the columns in their order, then what is not read out (`at`: -1). */
export function formRows({
  columns,
}: OpeningForm): readonly { readonly field: ReadOutField; readonly title: string; readonly at: number }[] {
  const left = READ_OUT_FIELDS.filter((field) => columns.every((column) => column.field !== field));
  return [...columns.map((column, at) => ({ ...column, at })), ...left.map((field) => ({ field, title: '', at: -1 }))];
}

/** The column before or after its neighbour. */
export function moved(form: OpeningForm, at: number, by: 1 | -1): OpeningForm {
  const columns = [...form.columns];
  const [column] = columns.splice(at, 1);
  if (column !== undefined) columns.splice(at + by, 0, column);
  return { ...form, columns };
}

export const without = (form: OpeningForm, at: number): OpeningForm => ({
  ...form,
  columns: form.columns.filter((_, index) => index !== at),
});
export const withField = (form: OpeningForm, field: ReadOutField, title: string): OpeningForm => ({
  ...form,
  columns: [...form.columns, { field, title }],
});
export const titled = (form: OpeningForm, at: number, title: string): OpeningForm => ({
  ...form,
  columns: form.columns.map((column, index) => (index === at ? { ...column, title } : column)),
});
