import { type Fault, FAULT_NAMES, FAULT_REMEDIES, pageRanges } from '@app/bid-making';
import type { LotToBid } from './lot.js';
import type { SealedFiles } from './seal.js';

/** What came of it, as `--json` prints it. */
export interface Report {
  /** `GOOD`: nothing is wrong, and nothing was to be sealed (`--check`). */
  readonly verdict: 'SEALED' | 'GOOD' | 'FAULTY' | 'REFUSED' | 'UNREADABLE';
  readonly lot: LotFacts | null;
  /** With what it is and what to do; hard ones keep the bid from being sealed. */
  readonly faults: readonly (Fault & { readonly what: string; readonly remedy: string })[];
  /** Why nothing was looked at further. */
  readonly reason: { readonly code: string; readonly message: string } | null;
  readonly sealed: SealedFiles | null;
}

interface LotFacts {
  readonly origin: string;
  readonly name: string;
  readonly code: string;
  readonly deadline: string;
  readonly ceiling: string;
  /** Entries of the log that were judged, and since when witnesses say that there were so many. */
  readonly size: number;
  readonly witnessedAt: string;
  /** 澄清修改 in them: later ones this machine cannot know of. */
  readonly amendments: number;
}

export const NOTHING: Report = { verdict: 'REFUSED', lot: null, faults: [], reason: null, sealed: null };

export const factsOf = ({ state: { origin, setup }, deadline, rules, size, witnessedAtMs }: LotToBid): LotFacts => ({
  origin,
  name: setup.name,
  code: setup.code,
  deadline,
  ceiling: rules.ceiling,
  size,
  witnessedAt: new Date(witnessedAtMs).toISOString(),
  amendments: setup.amendments.length,
});

export const inWords = (fault: Fault): Report['faults'][number] => ({
  ...fault,
  what: FAULT_NAMES[fault.code],
  remedy: FAULT_REMEDIES[fault.code],
});

/** The report for people. */
export function print({ verdict, lot, faults, reason, sealed }: Report): string {
  const lines = [
    ...(lot === null ? [] : lotLines(lot)),
    ...faults.map((fault) => `${fault.isHard ? '✕' : '!'} ${fault.code}${placeOf(fault)}: ${fault.what}. ${fault.remedy}`),
    ...(sealed === null ? [] : sealedLines(sealed)),
    `${verdict}${reason === null ? '' : `: ${reason.code}: ${reason.message}`}`,
  ];
  return `${lines.join('\n')}\n`;
}

const placeOf = ({ about, pages, found }: Fault): string =>
  [about, pages === undefined ? '' : `page ${pageRanges(pages)}`, found === undefined ? '' : `(${found.join(', ')})`]
    .filter((text) => text !== '')
    .map((text) => ` ${text}`)
    .join('');

const lotLines = (lot: LotFacts): string[] => [
  `${lot.code} ${lot.name} (${lot.origin})`,
  `  ceiling (最高投标限价) ${lot.ceiling}, deadline (投标截止) ${lot.deadline}`,
  `  ${String(lot.size)} entries, witnessed at ${lot.witnessedAt}, ${String(lot.amendments)} amendments (澄清修改): what came later is not in this archive`,
  '',
];

const sealedLines = ({ statement, ciphertext, hash, size }: SealedFiles): string[] => [
  'Sealed, and opened by the key of the identity file (试解密). Hand in both files in 编制投标文件:',
  `  ${statement}`,
  `  ${ciphertext} (${String(size)} bytes, SHA-256 ${hash})`,
];
