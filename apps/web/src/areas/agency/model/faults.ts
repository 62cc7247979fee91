import type { PdfFacts } from '../../bid/index.js';
import type { LotDraft } from './draft.js';
import { explain } from './guards.js';
import type { RuleFault } from './rehearsal.js';

/** Where it is mended. In the order of the form. */
export const STEPS = ['lot', 'parties', 'method', 'items', 'schedule', 'trustees', 'document'] as const;
export type Step = (typeof STEPS)[number];

/** Something that keeps the lot from being founded or published, in words: `agency.fault.<key>`. */
export interface Fault {
  readonly step: Step;
  readonly key: string;
  /** Values of the sentence. */
  readonly values: Readonly<Record<string, string>>;
  /** Field that it is about, as the rules name it: `agency.field.<with _ for .>`; null: none alone. */
  readonly field: string | null;
  /** Row of a table, from 1; null: none. */
  readonly row: number | null;
  /** Key of the article (`agency.law.<law>`); null: no article says it. */
  readonly law: string | null;
  /** First lawful instant, where that is what is wrong. */
  readonly lawfulFrom: string | null;
}

/** The tender document as it was found when it was chosen. */
export interface DraftDocument {
  readonly name: string;
  readonly size: number;
  readonly hash: string;
  readonly pdf: PdfFacts;
}

const own = (step: Step, key: string, values: Fault['values'] = {}): Fault => ({
  step,
  key,
  values,
  field: null,
  row: null,
  law: null,
  lawfulFrom: null,
});

/** What no rule asks for and nobody could go on without. */
function missing({ tenderer, supervisor, isSelfRun }: LotDraft): Fault[] {
  return [
    ...(tenderer === null && !isSelfRun ? [own('parties', 'noTenderer')] : []),
    ...(supervisor === null ? [own('parties', 'noSupervisor')] : []),
  ];
}

function documentFaults(document: DraftDocument | null): Fault[] {
  if (document === null) return [own('document', 'noDocument')];
  return document.pdf.fault === null ? [] : [own('document', 'badDocument', { fault: document.pdf.fault })];
}

/** What is wrong with the document itself, which goes with the publication. */
export const DOCUMENT_FAULTS: readonly string[] = ['noDocument', 'badDocument'];

/** Everything that is wrong with a draft now, in the order of the form. */
export function faultsOf(draft: LotDraft, document: DraftDocument | null, found: readonly RuleFault[]): readonly Fault[] {
  const faults = [...missing(draft), ...found.map((fault) => explain(fault, draft.regime)), ...documentFaults(document)];
  return STEPS.flatMap((step) => faults.filter((fault) => fault.step === step));
}
