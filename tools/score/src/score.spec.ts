import { scoreCase } from '@app/evaluation';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { EXIT, printed } from './score.js';

const CASES = fileURLToPath(new URL('../cases/', import.meta.url));
interface Figures {
  readonly result: {
    readonly benchmark: { readonly price: string; readonly steps?: Readonly<Record<string, string>> } | null;
    readonly rows: readonly { readonly party: string; readonly total: string; readonly evaluatedPrice: string }[];
    readonly candidates: readonly string[];
  };
  readonly lowPrices: readonly unknown[];
  readonly dues: unknown;
}
const figuresOf = (name: string): Figures => {
  const { exit, text } = printed(join(CASES, `${name}.json`), true);
  if (exit !== EXIT.GOOD) throw new Error(text);
  return JSON.parse(text) as Figures;
};
const totals = ({ result }: Figures): Record<string, string> => Object.fromEntries(result.rows.map(({ party, total }) => [party, total]));

describe('npm run score', () => {
  it('TV-E2E-01 A-144 A-145 gives the figures of the worked lot', () => {
    const figures = figuresOf('tv-e2e-01');
    expect(figures.result.benchmark?.price).toBe('9210150.00');
    expect(totals(figures)).toEqual({ B: '92.87', E: '91.53', C: '90.88', G: '90.13', F: '89.33', A: '87.95' });
    expect([figures.result.candidates, figures.dues]).toEqual([['B', 'E', 'C'], { v: 1, invalid: [], mismatches: [], outliers: [] }]);
  });
  it('TV-E2E-02 gives the figures of the worked procurement', () => {
    expect(totals(figuresOf('tv-e2e-02'))).toEqual({ C: '90.63', A: '89.21', B: '86.43' });
  });
  it('TV-RLP-01 ranks by the evaluated price', () => {
    expect(figuresOf('tv-rlp-01').result.rows.map(({ party, evaluatedPrice }) => [party, evaluatedPrice])).toEqual([
      ['A', '5075000.00'],
      ['B', '5092000.00'],
      ['C', '5110000.00'],
    ]);
  });
  it('TV-M3 shows every figure on the way to the benchmark', () => {
    expect(figuresOf('tv-m3').result.benchmark).toMatchObject({ price: '9100280.00', steps: { limit: '7045350', drawn: 'b2' } });
  });
  it('TV-LOW-01 names the bid that starts a review for its low price', () => {
    expect(figuresOf('tv-low-01').lowPrices).toEqual([{ party: 'C', triggers: ['BELOW_SECOND_SHARE', 'BELOW_CEILING_SHARE'] }]);
  });
  it('prints every shipped case in lines', () => {
    for (const name of readdirSync(CASES)) {
      const { exit, text } = printed(join(CASES, name), false);
      expect([name, exit]).toEqual([name, EXIT.GOOD]);
      expect(text).toMatch(/^1\. /m);
    }
    expect(printed(join(CASES, 'tv-e2e-01.json'), false).text).toContain('technical 26.80 (exact 26.8): expert-1 27, expert-2 26');
  });
});

it('TV-GP-02 the form that docs/score-cases.md prints is a case', () => {
  const page = readFileSync(new URL('../../../docs/score-cases.md', import.meta.url), 'utf8');
  const scored = scoreCase(JSON.parse(/```json\n([^]*?)```/.exec(page)?.[1] ?? ''));
  expect(scored.ok && scored.result.rows.map(({ party, evaluatedPrice }) => [party, evaluatedPrice])).toEqual([
    ['B', '945000.00'],
    ['A', '980000.00'],
  ]);
});

describe('a bad case', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'gongping-score-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });
  type Case = Record<string, unknown> & { rules: Record<string, unknown>; sheets: Record<string, Record<string, Record<string, string>>> };
  function changed(change: (content: Case) => void): ReturnType<typeof printed> {
    const content = JSON.parse(readFileSync(join(CASES, 'tv-e2e-01.json'), 'utf8')) as Case;
    change(content);
    const file = join(folder, 'case.json');
    writeFileSync(file, JSON.stringify(content));
    return printed(file, false);
  }

  it.each<[string, string, (content: Case) => void]>([
    ['a field that is no field', 'E_INPUT: (whole)', (content) => (content['more'] = 1)],
    [
      'points that do not add up',
      'E_INPUT: rules: the points add to 101',
      (content) => ((content.rules['price'] as Record<string, string>)['full'] = '61'),
    ],
    [
      'a method that its law does not know',
      'E_INPUT: rules.price: benchmark-deviation is not lawful',
      (content) => (content['regime'] = 'GOV_PROCUREMENT'),
    ],
    ['a day without law', 'E_INPUT: publishedOn', (content) => (content['publishedOn'] = '2001-01-01')],
    ['a coefficient that nobody drew', 'E_INPUT: k: one of 0.97, 0.98', (content) => (content['k'] = '0.96')],
    ['a price of nothing', 'E_INPUT: bids.0.price', (content) => (content['bids'] = [{ party: 'A', price: '0' }])],
    [
      'a price with forty decimals',
      'E_INPUT: bids.0.price',
      (content) => (content['bids'] = [{ party: 'A', price: `1.${'1'.repeat(40)}` }]),
    ],
    [
      'a price above the ceiling',
      'E_PRICE_ABOVE_CEILING: bids: A asks 10000000.01',
      (content) => (content['bids'] = [{ party: 'A', price: '10000000.01' }]),
    ],
    [
      'a bidder twice',
      'E_INPUT: bids: A stands there twice',
      (content) =>
        (content['bids'] = [
          { party: 'A', price: '1' },
          { party: 'A', price: '2' },
        ]),
    ],
    [
      'points off the grid',
      'E_SCORE_RANGE: sheets.expert-1.B.technical-1: 30.5',
      (content) => (content.sheets['expert-1']!['B']!['technical-1'] = '30.5'),
    ],
    [
      'points that are missing',
      'E_INPUT: sheets.expert-1.B.technical-1: missing',
      (content) => delete content.sheets['expert-1']!['B']!['technical-1'],
    ],
    ['nobody who scores', 'E_INPUT: sheets: name a member', (content) => (content.sheets = {})],
    ['a draw of a stranger', 'E_INPUT: draw: X has no bid', (content) => (content['draw'] = ['X'])],
  ])('%s is refused with its place', (_what, message, change) => {
    const { exit, text } = changed(change);
    expect([exit, text.startsWith(message) ? message : text]).toEqual([EXIT.REFUSED, message]);
  });

  it('that is no JSON, or not there, is unreadable', () => {
    const file = join(folder, 'none.json');
    expect(printed(file, false)).toMatchObject({ exit: EXIT.UNREADABLE, text: expect.stringContaining('MALFORMED') });
    writeFileSync(file, '{');
    expect(printed(file, true).exit).toBe(EXIT.UNREADABLE);
  });
});
