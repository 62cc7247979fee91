import type { SentEntry, VisibleEntry } from '@app/contracts';
import { PART, zCommandPart } from '@app/contracts';
import type { EngineShelf } from '@app/evaluation';
import { isVouchedFor, LotRun, seatOf, secretEntryOf } from '@app/evaluation';
import type { CertificateFacts, CryptoProfile } from '@app/sealing';
import type { CheckResult, Fault, Verdict } from '../findings.js';
import { earliest, EntryPlace, Findings, firstWrong } from '../findings.js';
import type { Anchors } from './known-keys.js';
import { PartReader } from './parts.js';
import { type Redecided, Redecision } from './redecision.js';
import { Signatures } from './signatures.js';
import { Toleration } from './toleration.js';
import { Vouching } from './vouching.js';

/** An entry as its reader has it: the header, the parts that were given, and which are said to be erased. */
export interface JudgedEntry extends SentEntry {
  readonly erased?: readonly string[];
}

/**
 * How far the judge got, for whoever acts on what he found. `fault`: the first thing that is wrong and that no order tolerates, in words.
 * `held`: the first entry that was not judged, for want of a part or of a signature that is vouched for, although what keepers wait for may
 * rest on it.
 */
export interface Standing {
  readonly size: number;
  readonly fault: string | null;
  readonly held: number | null;
}

/** What was found of one entry. */
export interface EntryOutcome {
  /** By check, as in {@link LotJudge.results}; a check that had nothing to look at is not in it. */
  readonly checks: Readonly<Record<string, Verdict>>;
  /** The first thing that each check finds wrong in it, by the place in it. */
  readonly faults: readonly Fault[];
  /** Who acted and what came of it were both judged, `unnamed` taken for seen. */
  readonly isJudged: boolean;
  /** Null where the signer was shown, and where nothing shows who signed. */
  readonly unnamed: Unnamed | null;
}

/**
 * A signer who was not shown, by the key of the lot that signed for him, and the checks that lack nothing but him. Once the key is attested
 * ({@link LotJudge.attests}) they leave nothing open: the signature was looked at, and whose it is is not for everybody (招标投标法 37).
 */
export interface Unnamed {
  readonly key: string;
  readonly checks: readonly string[];
}

/** Checks of who the signer is: without his certificate they have nothing to look at. */
const OF_THE_SIGNER: readonly string[] = ['certificates', 'bindings', 'names'];

/** Which lot is judged, by what, and whom the judge believes before he reads anything. */
export interface LotCase {
  readonly installation: string;
  readonly origin: string;
  readonly lot: string;
  readonly round: number;
  readonly profile: CryptoProfile;
  readonly shelf: EngineShelf;
  /** Null: signatures are checked against the keys that the entries name, and nobody knows whose those are. */
  readonly anchors: Anchors | null;
  /** The party for whom the log was cut, where the judge must say what was withheld from it. */
  readonly reader?: string;
}

/**
 * The judge of a lot's log: takes every entry once, in order, with whatever parts its reader has, and believes no skeleton. Each entry's
 * parts are compared with their commitments, its command's signature with the party that an earlier entry bound to it, and its events
 * with what the rules of the lot's engine decide on the recorded context. Pure; runs in the verifier and wherever somebody acts on a log.
 */
export class LotJudge {
  readonly #order = new Findings('order', 'entries are numbered from 0 and never go back in time');
  readonly #folded = new Findings('evolve', 'every entry leads from one lawful state to the next');
  readonly #parts: PartReader;
  readonly #signatures: Signatures;
  readonly #redecision: Redecision;
  readonly #toleration = new Toleration();
  readonly #vouching = new Vouching();
  #run: LotRun | null = null;
  #size = 0;
  #held: number | null = null;
  /** Entries that were not judged for want of a part which their reader need not have had by then. */
  readonly #private: VisibleEntry[] = [];
  #unjudged: number | null = null;
  /** Until the next entry is taken. */
  #standing: Standing | null = null;
  #last = '';
  #redecided: Redecided = 'good';
  #unnamed: Unnamed | null = null;

  constructor(private readonly facts: LotCase) {
    this.#parts = new PartReader(facts.profile);
    this.#signatures = new Signatures(facts);
    this.#redecision = new Redecision(this.#parts);
  }

  /** The lot as the entries so far leave it. */
  get run(): LotRun {
    // Before the first entry nobody knows under which engine the lot was founded.
    return this.#run ?? LotRun.begin(this.facts.shelf, this.facts);
  }

  /** The certificate by which a party acted; null when it did not, or this reader does not see it. */
  certificateOf(party: string): CertificateFacts | null {
    return this.#signatures.certificateOf(party);
  }

  take(entry: JudgedEntry): VisibleEntry {
    const place = new EntryPlace(this.#size, entry.header.type);
    for (const findings of this.#findings) findings.begin();
    this.#order.check(entry.header.seq === this.#size, place, () => `is numbered ${entry.header.seq}`);
    this.#order.check(entry.header.at >= this.#last, place, () => `${entry.header.at} is before ${this.#last}`);
    this.#last = entry.header.at;
    this.#size += 1;
    this.#standing = null;
    const visible = this.#parts.read(entry, place);
    this.#signatures.take(entry, visible, place, (party) => (this.#run === null ? null : seatOf(this.#run.state, party)));
    this.#run ??= this.#founded(visible);
    const redecided = this.#redecision.take(entry, visible, this.#run, place);
    this.#fold(visible, place);
    this.#toleration.take({
      visible,
      state: this.run.state,
      isFaultless: () => this.latest.faults.length === 0,
      isWholeLogGood: this.#isGood,
      certificateOf: (party) => this.#signatures.certificateOf(party),
    });
    const isPartly = redecided === 'private' || redecided === 'formal';
    if (redecided === 'held' || (isPartly && this.#isWithheld(visible))) this.#held ??= place.seq;
    if (redecided === 'private') this.#private.push(visible);
    this.#redecided = redecided;
    this.#unnamed = this.#notNamed(visible);
    if (!this.#isJudged) this.#unjudged ??= place.seq;
    this.#vouching.take(visible, this.#isGood && this.#unjudged === null);
    return visible;
  }

  /** Has a certificate that this judge saw, and found good, bound this key of the lot to its party? */
  hasProven(key: string): boolean {
    return this.#signatures.hasProven(key);
  }

  /** Has a node attested this key of the lot, in an entry that was judged and under which nothing is wrong? */
  attests(key: string): boolean {
    return this.#vouching.attests(this.run.state, key);
  }

  /**
   * The first entry that was not judged, and on which whatever comes later rests: a part or the signer was not shown, or a key signed for
   * him for which nobody vouches by now. Null: there is none.
   */
  get unjudged(): number | null {
    return earliest([this.#unjudged, this.#signatures.unvouched((key) => this.#vouching.vouches(this.run.state, key))]);
  }

  /** What was found of the entry that was taken last. */
  get latest(): EntryOutcome {
    const found = this.#findings.map((findings) => ({ id: findings.id, ...findings.latest }));
    const seen = found.filter(({ verdict }) => verdict !== 'NOTHING TO CHECK');
    return {
      checks: Object.fromEntries(seen.map(({ id, verdict }) => [id, verdict])),
      faults: found.flatMap(({ id, wrong }) => (wrong === null ? [] : [{ check: id, ...wrong }])),
      isJudged: this.#isJudged,
      unnamed: this.#unnamed,
    };
  }

  /** What whoever acts on the log must know of it: see {@link Standing}. */
  get standing(): Standing {
    return (this.#standing ??= this.#toStand());
  }

  #toStand(): Standing {
    const faults = this.#findings.map((findings) => findings.firstBut((wrong) => this.#toleration.passes(findings.id, wrong)));
    const wrong = firstWrong(faults.filter((first) => first !== null));
    const withheld = this.#private.find((visible) => this.#isWithheld(visible, /^[xd]:/))?.header.seq ?? null;
    const held = earliest([this.#held, withheld, this.#signatures.unvouched((key) => isVouchedFor(this.run.state, key))]);
    return { size: this.#size, fault: wrong === null ? null : `${wrong.where}: ${wrong.reason}`, held };
  }

  /** Everything found so far. */
  results(): CheckResult[] {
    return this.#findings.map((findings) => findings.result());
  }

  get #findings(): readonly Findings[] {
    return [this.#order, this.#parts.findings, ...this.#signatures.findings, this.#redecision.findings, this.#folded];
  }

  /** Nothing is wrong in any entry so far. */
  get #isGood(): boolean {
    return this.#findings.every(({ wrong }) => wrong === 0);
  }

  get #isJudged(): boolean {
    return (this.#redecided === 'good' || this.#redecided === 'formal') && (this.#unnamed !== null || this.#signatures.isSeen);
  }

  #notNamed({ header, parts }: VisibleEntry): Unnamed | null {
    const key = this.#signatures.unnamed;
    if (key === null) return null;
    const isAllElseHere = Object.keys(header.parts).every((part) => part === PART.who || Object.hasOwn(parts, part));
    return { key, checks: isAllElseHere ? [this.#parts.findings.id, ...OF_THE_SIGNER] : OF_THE_SIGNER };
  }

  /**
   * Is a part of the entry not here that its reader may see by now? Asked again of its secrets as the lot goes on: what is told later (the
   * list that the lock sealed) is judged when it is.
   */
  #isWithheld(visible: VisibleEntry, of = /^/): boolean {
    const { reader } = this.facts;
    if (reader === undefined) return false;
    const viewer = { party: reader, roles: [...(this.run.state.parties[reader]?.roles ?? [])] };
    const missing = Object.keys(visible.header.parts).filter((part) => of.test(part) && !Object.hasOwn(visible.parts, part));
    return missing.some((part) => this.run.audience(viewer, secretEntryOf(visible), part));
  }

  #fold(visible: VisibleEntry, place: EntryPlace): void {
    const before = this.run;
    const after = before.next(visible);
    const known = before.state.faults.length;
    this.#folded.check(after.state.faults.length === known, place, () => after.state.faults[known]?.reason ?? 'not a lawful entry');
    if (after.missing !== null && before.missing === null)
      this.#folded.fail(place, `calls for ${after.missing.engine}, which this verifier does not have`);
    const { witnessPolicy } = after.state.setup;
    if (witnessPolicy !== before.state.setup.witnessPolicy) this.#signatures.takePolicy(witnessPolicy, place);
    this.#run = after;
  }

  /** Entry 0 is asked of the engine that it names itself: a lot may have been founded under any on the shelf. */
  #founded(first: VisibleEntry): LotRun {
    const { shelf } = this.facts;
    const part = zCommandPart.safeParse(first.parts[PART.command]);
    return LotRun.begin(shelf, this.facts, (part.success ? shelf.find(part.data.context.engine) : undefined) ?? shelf.newest);
  }
}
