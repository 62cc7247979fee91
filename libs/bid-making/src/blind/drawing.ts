import type { PdfLibrary } from '../pdf-file.js';
import { at, type Box, chained, IDENTITY, type Matrix, matrixOf } from './geometry.js';

/** What pdf.js makes of a page's content: operators with their arguments, colours already as `#rrggbb`. */
export interface Operators {
  readonly fnArray: readonly number[];
  readonly argsArray: readonly unknown[];
}

/** What is drawn on a page besides the characters themselves. */
export interface Drawing {
  /** Other than black, of what can be seen. */
  readonly colours: ReadonlySet<string>;
  /** Characters that are there to be read by programs and not by people: drawn not at all, or in white. */
  readonly isHidden: boolean;
  /** Bold by an outline around each character, as word processors make it where a font has no bold. */
  readonly isOutlined: boolean;
  readonly pictures: number;
}

interface State {
  readonly matrix: Matrix;
  readonly fill: string;
  readonly stroke: string;
  /** Text rendering mode (ISO 32000-1, 9.3.6). */
  readonly mode: number;
}
const BLACK = '#000000';
const WHITE = '#ffffff';
const FILL_AND_OUTLINE = 2;
const INVISIBLE = 3;
const BEGIN: State = { matrix: IDENTITY, fill: BLACK, stroke: BLACK, mode: 0 };

/** Goes over a page's operators as whoever draws it would. `page`: from the page's coordinates to those of `ink`, which grows around it. */
export function drawingOf(ops: PdfLibrary['OPS'], { fnArray, argsArray }: Operators, page: Matrix, ink: Box): Drawing {
  const fills = new Set<number>([ops.fill, ops.eoFill, ops.fillStroke, ops.eoFillStroke, ops.closeFillStroke, ops.closeEOFillStroke]);
  const strokes = new Set<number>([
    ops.stroke,
    ops.closeStroke,
    ops.fillStroke,
    ops.eoFillStroke,
    ops.closeFillStroke,
    ops.closeEOFillStroke,
  ]);
  const pictures = new Set<number>([
    ops.paintImageXObject,
    ops.paintInlineImageXObject,
    ops.paintInlineImageXObjectGroup,
    ops.paintImageXObjectRepeat,
    ops.paintImageMaskXObject,
    ops.paintImageMaskXObjectGroup,
    ops.paintImageMaskXObjectRepeat,
  ]);
  const colours = new Set<string>();
  const found = { isHidden: false, isOutlined: false, pictures: 0 };
  const kept: State[] = [];
  let now: State = { ...BEGIN, matrix: page };
  const see = (colour: string): void => {
    if (colour !== BLACK && colour !== WHITE) colours.add(colour);
  };

  function paint(args: readonly unknown[]): void {
    const [how, , bounds] = args as [number, unknown, ArrayLike<number> | null];
    const used = [...(fills.has(how) ? [now.fill] : []), ...(strokes.has(how) ? [now.stroke] : [])].filter((colour) => colour !== WHITE);
    used.forEach(see);
    if (used.length === 0 || bounds === null) return;
    const [left = 0, top = 0, right = 0, bottom = 0] = Array.from(bounds);
    ink.around(at(now.matrix, [left, top]), at(now.matrix, [right, bottom]));
  }
  function show(args: readonly unknown[]): void {
    if (!hasCharacters(args[0])) return;
    if (now.mode === INVISIBLE || now.fill === WHITE) found.isHidden = true;
    if (now.mode === FILL_AND_OUTLINE) found.isOutlined = true;
    see(now.fill);
  }
  function picture(): void {
    found.pictures += 1;
    for (const corner of [
      [0, 0],
      [1, 0],
      [0, 1],
      [1, 1],
    ] as const)
      ink.around(at(now.matrix, corner));
  }

  for (const [index, op] of fnArray.entries()) {
    const args = (argsArray[index] ?? []) as readonly unknown[];
    if (op === ops.save || op === ops.paintFormXObjectBegin || op === ops.beginAnnotation) kept.push(now);
    if (op === ops.restore || op === ops.paintFormXObjectEnd || op === ops.endAnnotation) now = kept.pop() ?? now;
    if (op === ops.transform) now = { ...now, matrix: chained(now.matrix, matrixOf(args as readonly number[])) };
    else if (op === ops.paintFormXObjectBegin) now = { ...now, matrix: chained(now.matrix, matrixOf(args[0] as ArrayLike<number> | null)) };
    else if (op === ops.setFillRGBColor) now = { ...now, fill: String(args[0]) };
    else if (op === ops.setStrokeRGBColor) now = { ...now, stroke: String(args[0]) };
    else if (op === ops.setFillColorN || op === ops.shadingFill) see('pattern');
    else if (op === ops.setTextRenderingMode) now = { ...now, mode: Number(args[0]) };
    else if (op === ops.showText) show(args);
    else if (op === ops.constructPath) paint(args);
    else if (pictures.has(op)) picture();
  }
  return { colours, ...found };
}

/** Among glyphs and distances between them, something that is no space. */
const hasCharacters = (glyphs: unknown): boolean =>
  Array.isArray(glyphs) &&
  glyphs.some((glyph: unknown) => typeof glyph === 'object' && glyph !== null && 'unicode' in glyph && String(glyph.unicode).trim() !== '');
