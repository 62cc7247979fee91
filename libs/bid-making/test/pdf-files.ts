/** An action that runs a script (ISO 32000-1, 12.6.4.16). */
export const JS = '<< /S /JavaScript /JS (app.alert\\(1\\)) >>';

/** Real files, written object by object (ISO 32000-1, 7.5), with a cross-reference table. */
function pdfOf(objects: readonly string[], trailer = ''): string {
  let text = '%PDF-1.4\n';
  const offsets = objects.map((object, index) => {
    const at = text.length;
    text += `${String(index + 1)} 0 obj\n${object}\nendobj\n`;
    return at;
  });
  const start = text.length;
  const rows = offsets.map((at) => `${String(at).padStart(10, '0')} 00000 n \n`).join('');
  const size = String(objects.length + 1);
  return `${text}xref\n0 ${size}\n0000000000 65535 f \n${rows}trailer << /Root 1 0 R /Size ${size} ${trailer} >>\nstartxref\n${String(start)}\n%%EOF\n`;
}

const PAGE = '/Type /Page /Parent 2 0 R /MediaBox [0 0 595 842]';
/** `more`: what else the catalog, each page, or the file holds. Pages lie `spread` bytes apart. */
export function pages(count: number, more: { catalog?: string; page?: string; objects?: readonly string[]; spread?: number } = {}): string {
  const { catalog = '', page = '', objects = [], spread = 0 } = more;
  const first = 3 + objects.length;
  const step = spread > 0 ? 2 : 1;
  const kids = Array.from({ length: count }, (_, index) => `${String(first + index * step)} 0 R`).join(' ');
  const filler = spread > 0 ? [`<< /Length ${String(spread)} >>\nstream\n${'x'.repeat(spread)}\nendstream`] : [];
  const listed = Array.from({ length: count }, () => [`<< ${PAGE} ${page} >>`, ...filler]).flat();
  return pdfOf([
    `<< /Type /Catalog /Pages 2 0 R ${catalog} >>`,
    `<< /Type /Pages /Kids [${kids}] /Count ${String(count)} >>`,
    ...objects,
    ...listed,
  ]);
}
