import PDFDocument from 'pdfkit';

/** What a document consists of. Everything that is printed is in it, so the same content gives the same bytes. */
export interface Paper {
  readonly title: string;
  readonly subtitle: string;
  /** Instant that the document states as that of its making; no clock is asked. */
  readonly at: string;
  readonly blocks: readonly Block[];
  /** Stands on each page, beside its number. */
  readonly footer: string;
  /** The data that the document was made from, inside it. */
  readonly attachment: { readonly name: string; readonly description: string; readonly bytes: Uint8Array };
}

export type Block =
  | { readonly kind: 'facts'; readonly rows: readonly (readonly [label: string, value: string])[] }
  | { readonly kind: 'table'; readonly title: string; readonly columns: readonly Column[]; readonly rows: readonly (readonly string[])[] }
  | { readonly kind: 'note'; readonly text: string };

/** `width`: share of the line; those of one table add up to 1. */
interface Column {
  readonly title: string;
  readonly width: number;
  readonly align?: 'right';
}

const FONT = 'han';
const INK = '#1f2933';
const RULE = '#9aa5b1';
const HEAD = '#eef1f4';
/** Points. */
const MARGIN = 42;
const PAD = 4;
const SIZE = { title: 18, subtitle: 10, heading: 11, text: 9, cell: 8.5, footer: 7.5 } as const;
const FACT_LABEL = 0.18;

/**
 * Draws a document: A4 landscape, PDF/A-3b, every glyph from `font` (bytes of a TrueType font, embedded as the subset that is used). Nothing in
 * it is compressed: browsers' and Node's compressors give different bytes for the same content.
 */
export async function drawPaper(paper: Paper, font: Uint8Array): Promise<Uint8Array> {
  const madeAt = new Date(paper.at);
  const pdf = new PDFDocument({
    size: 'A4',
    layout: 'landscape',
    margin: MARGIN,
    compress: false,
    bufferPages: true,
    pdfVersion: '1.7',
    subset: 'PDF/A-3b',
    lang: 'zh-CN',
    displayTitle: true,
    // No default: it would be a font that is not embedded.
    font: '',
    info: { Title: paper.title, Subject: paper.subtitle, Producer: 'Gongping', Creator: 'Gongping', CreationDate: madeAt, ModDate: madeAt },
  });
  const bytes = collect(pdf);
  pdf.registerFont(FONT, font).font(FONT);
  const { name, description, bytes: data } = paper.attachment;
  // PDF/A-3 asks for the relationship, of which the library's types do not tell.
  const file = { name, description, type: 'application/json', relationship: 'Source', creationDate: madeAt, modifiedDate: madeAt };
  pdf.file(Uint8Array.from(data) as Buffer, file);
  const pen = new Pen(pdf);
  pen.centred(paper.title, SIZE.title);
  pen.centred(paper.subtitle, SIZE.subtitle);
  for (const block of paper.blocks) pen.draw(block);
  pen.footers(paper.footer);
  pdf.end();
  return bytes;
}

function collect(pdf: PDFKit.PDFDocument): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  return new Promise((resolve, reject) => {
    pdf.on('data', (chunk: Uint8Array) => chunks.push(chunk));
    pdf.on('end', () => {
      const out = new Uint8Array(chunks.reduce((sum, { length }) => sum + length, 0));
      let at = 0;
      for (const chunk of chunks) {
        out.set(chunk, at);
        at += chunk.length;
      }
      resolve(out);
    });
    pdf.on('error', reject);
  });
}

/** The library's own parsed font; its types do not tell of it. */
interface WithFont {
  readonly _font: { readonly font: { readonly hasGlyphForCodePoint: (code: number) => boolean } };
}
/** Changes the order or place of what follows, or is nothing to see: never as it is in a document that is signed. */
const INVISIBLE = /[\p{C}\p{Zl}\p{Zp}]/u;

class Pen {
  readonly #left = MARGIN;
  readonly #width: number;
  readonly #shown = new Map<string, string>();

  constructor(private readonly pdf: PDFKit.PDFDocument) {
    this.#width = pdf.page.width - 2 * MARGIN;
  }

  centred(text: string, size: number): void {
    this.pdf
      .fontSize(size)
      .fillColor(INK)
      .text(this.#safe(text), this.#left, this.pdf.y, { width: this.#width, align: 'center' })
      .moveDown(0.3);
  }

  draw(block: Block): void {
    switch (block.kind) {
      case 'facts':
        this.#gap();
        for (const row of block.rows) this.#row(row, [FACT_LABEL, 1 - FACT_LABEL], [HEAD, null]);
        return;
      case 'table':
        this.#table(block);
        return;
      case 'note':
        this.#gap();
        this.#need(this.#heightOf(block.text, this.#width, SIZE.text));
        this.pdf
          .fontSize(SIZE.text)
          .fillColor(INK)
          .text(this.#safe(block.text), this.#left, this.pdf.y, { width: this.#width, lineGap: 2 });
    }
  }

  /** After everything else: only then the number of pages is known. */
  footers(text: string): void {
    const { start, count } = this.pdf.bufferedPageRange();
    for (let page = start; page < start + count; page += 1) {
      this.pdf.switchToPage(page);
      // Inside the margin the library would begin a new page.
      this.pdf.page.margins.bottom = 0;
      const line = this.#safe(`${text}　第 ${String(page + 1)} 页，共 ${String(count)} 页`);
      this.pdf
        .fontSize(SIZE.footer)
        .fillColor(INK)
        .text(line, this.#left, this.pdf.page.height - MARGIN + 10, { width: this.#width, align: 'center', lineBreak: false });
    }
  }

  #table({ title, columns, rows }: Extract<Block, { kind: 'table' }>): void {
    const shares = columns.map(({ width }) => width);
    const fills = columns.map(() => HEAD);
    const heads = columns.map(({ title: head }) => head);
    const aligns = columns.map(({ align }) => align ?? 'left');
    const headHeight = this.#rowHeight(heads, shares);
    this.#gap();
    // A heading does not stand alone at the foot of a page.
    this.#need(headHeight * 3 + SIZE.heading * 2);
    this.pdf.fontSize(SIZE.heading).fillColor(INK).text(this.#safe(title), this.#left, this.pdf.y, { width: this.#width });
    this.pdf.y += 3;
    this.#row(heads, shares, fills);
    for (const row of rows) {
      if (this.#need(this.#rowHeight(row, shares))) this.#row(heads, shares, fills);
      this.#row(row, shares, [], aligns);
    }
  }

  #row(
    cells: readonly string[],
    shares: readonly number[],
    fills: readonly (string | null)[],
    aligns: readonly ('left' | 'right')[] = [],
  ): void {
    const height = this.#rowHeight(cells, shares);
    this.#need(height);
    const top = this.pdf.y;
    let x = this.#left;
    cells.forEach((cell, column) => {
      const width = (shares[column] ?? 0) * this.#width;
      const fill = fills[column] ?? null;
      if (fill !== null) this.pdf.rect(x, top, width, height).fill(fill);
      this.pdf.lineWidth(0.5).strokeColor(RULE).rect(x, top, width, height).stroke();
      this.pdf
        .fontSize(SIZE.cell)
        .fillColor(INK)
        .text(this.#safe(cell), x + PAD, top + PAD - 1, { width: width - 2 * PAD, align: aligns[column] ?? 'left' });
      x += width;
    });
    this.pdf.x = this.#left;
    this.pdf.y = top + height;
  }

  #rowHeight(cells: readonly string[], shares: readonly number[]): number {
    const heights = cells.map((cell, column) => this.#heightOf(cell, (shares[column] ?? 0) * this.#width - 2 * PAD, SIZE.cell));
    return Math.max(...heights) + 2 * PAD;
  }

  #heightOf(text: string, width: number, size: number): number {
    return this.pdf.fontSize(size).heightOfString(this.#safe(text) || ' ', { width });
  }

  /** Whether a new page was begun for something as high as this. */
  #need(height: number): boolean {
    const { page } = this.pdf;
    if (this.pdf.y + height <= page.height - MARGIN || this.pdf.y <= MARGIN) return false;
    this.pdf.addPage().font(FONT);
    this.pdf.y = MARGIN;
    return true;
  }

  #gap(): void {
    this.pdf.y += SIZE.text;
  }

  /** A character that the font lacks, or that nobody would see, stands there by its number: nothing is left out of what is signed. */
  #safe(text: string): string {
    const known = this.#shown.get(text);
    if (known !== undefined) return known;
    const { font } = (this.pdf as PDFKit.PDFDocument & WithFont)._font;
    const shown = Array.from(text, (char) => {
      const code = char.codePointAt(0) ?? 0;
      const isShown = char === '\n' || (!INVISIBLE.test(char) && font.hasGlyphForCodePoint(code));
      return isShown ? char : `〔U+${code.toString(16).toUpperCase().padStart(4, '0')}〕`;
    }).join('');
    this.#shown.set(text, shown);
    return shown;
  }
}
