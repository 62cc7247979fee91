import type { PDFDocumentProxy, PDFPageProxy } from 'pdfjs-dist';
import { type PdfLibrary, withPdf } from '../pdf-file.js';
import { drawingOf } from './drawing.js';
import { Box, chained, type Matrix, matrixOf } from './geometry.js';

/** How a page looks. Lengths in millimetres, as it is turned to be read. */
export interface PageLook {
  readonly width: number;
  readonly height: number;
  /** From each edge of the page to what is drawn nearest to it; null where nothing is. */
  readonly ink: { readonly top: number; readonly bottom: number; readonly left: number; readonly right: number } | null;
  /** Names of the fonts of its characters, as the file has them. */
  readonly fonts: readonly string[];
  /** Points, to a tenth. */
  readonly sizes: readonly number[];
  readonly isBold: boolean;
  readonly isItalic: boolean;
  /** Colours other than black. */
  readonly colours: readonly string[];
  readonly pictures: number;
  readonly isHidden: boolean;
  /** Line by line. */
  readonly text: string;
}

/** How a file looks, as far as a format may ask for it. */
export interface PdfLook {
  readonly pages: readonly PageLook[];
  /** Properties that say something, by their names. */
  readonly metadata: Readonly<Record<string, string>>;
}

type TextItem = Extract<Awaited<ReturnType<PDFPageProxy['getTextContent']>>['items'][number], { readonly str: string }>;

const MM_PER_POINT = 25.4 / 72;
/** How far characters reach above and below their line, in sizes: the square that Chinese characters are drawn in. */
const ABOVE = 0.88;
const BELOW = 0.12;
/** A line of characters that leans by more than this is italic, whatever its font is called. */
const LEANING = 0.1;
const PROPERTIES_OF_THE_FORM =
  /^(PDFFormatVersion|Language|EncryptFilterName|Is\w+|CreationDate|ModDate|Trapped|xmp:(Create|Modify|Metadata)Date)$/i;

/** Reads every page of a file as it will be seen. Rejects when it cannot be read. */
export const lookAt = (library: PdfLibrary, file: Blob): Promise<PdfLook> =>
  withPdf(library, file, async ({ document, over }) => {
    const pages: PageLook[] = [];
    for (let number = 1; number <= document.numPages; number += 1) {
      const page = await over(document.getPage(number));
      pages.push(await over(lookOf(library, page)));
      page.cleanup();
    }
    return { pages, metadata: await over(metadataOf(document)) };
  });

async function lookOf({ OPS }: PdfLibrary, page: PDFPageProxy): Promise<PageLook> {
  const { transform, width, height } = page.getViewport({ scale: 1 });
  const onPage = matrixOf(transform);
  const ink = new Box();
  // First, so that the fonts of the text are known.
  const drawing = drawingOf(OPS, await page.getOperatorList(), onPage, ink);
  const content = await page.getTextContent();
  const items = content.items.filter((item): item is TextItem => 'str' in item);
  const fonts = new Set<string>();
  const sizes = new Set<number>();
  let isItalic = false;
  for (const item of items) {
    if (item.str.trim() === '') continue;
    const { corners, size, leans } = placed(item, onPage);
    ink.around(...corners);
    fonts.add(fontName(page, item.fontName));
    sizes.add(Math.round(size * 10) / 10);
    isItalic ||= leans;
  }
  const names = [...fonts];
  const { edges } = ink;
  const mm = (points: number): number => points * MM_PER_POINT;
  return {
    width: mm(width),
    height: mm(height),
    ink: edges && { top: mm(edges.top), bottom: mm(height - edges.bottom), left: mm(edges.left), right: mm(width - edges.right) },
    fonts: names,
    sizes: [...sizes].sort((a, b) => a - b),
    isBold: drawing.isOutlined || names.some((name) => /bold|heavy|black/i.test(name)),
    isItalic: isItalic || names.some((name) => /italic|oblique/i.test(name)),
    colours: [...drawing.colours],
    pictures: drawing.pictures,
    isHidden: drawing.isHidden,
    text: items.map(({ str, hasEOL }) => (hasEOL ? `${str}\n` : str)).join(''),
  };
}

/** Where a run of characters stands: the corners of its box, its size in points, and whether it leans. */
function placed({ transform, width }: TextItem, onPage: Matrix): { corners: [number, number][]; size: number; leans: boolean } {
  const [a, b, c, d, x, y] = chained(onPage, matrixOf(transform as number[]));
  const size = Math.hypot(c, d);
  const along = Math.hypot(a, b);
  const [alongX, alongY] = along === 0 ? [1, 0] : [a / along, b / along];
  const [upX, upY] = size === 0 ? [0, -1] : [c / size, d / size];
  const corners = [0, width].flatMap((far) =>
    [ABOVE, -BELOW].map((high): [number, number] => [x + alongX * far + upX * high * size, y + alongY * far + upY * high * size]),
  );
  return { corners, size, leans: Math.abs(alongX * upX + alongY * upY) > LEANING };
}

/** Name of a font without the mark of a subset (ISO 32000-1, 9.6.4). */
function fontName(page: PDFPageProxy, id: string): string {
  const font: unknown = page.commonObjs.has(id) ? page.commonObjs.get(id) : null;
  const name = typeof font === 'object' && font !== null && 'name' in font && typeof font.name === 'string' ? font.name : '';
  return name.replace(/^[A-Z]{6}\+/, '');
}

/** Properties of the file and of its XMP, own ones (Company) among them; pdf.js gives the latter as pairs. */
async function metadataOf(document: PDFDocumentProxy): Promise<Record<string, string>> {
  const { info, metadata } = await document.getMetadata();
  const { Custom: custom = [], ...own } = info as Record<string, unknown> & { readonly Custom?: Iterable<[string, unknown]> };
  // Its types say that there always is one.
  const xmp = (metadata as Iterable<[string, unknown]> | null) ?? [];
  const said = [...Object.entries(own), ...custom, ...xmp].map(([name, value]): [string, string] => [name, wordsOf(value)]);
  return Object.fromEntries(said.filter(([name, value]) => value !== '' && !PROPERTIES_OF_THE_FORM.test(name)));
}

const wordsOf = (value: unknown): string =>
  typeof value === 'string'
    ? value.trim()
    : Array.isArray(value)
      ? value
          .filter((one) => typeof one === 'string')
          .join(' ')
          .trim()
      : '';
