import type { Archive } from '@app/archive';
import type { JsonValue, LotEvent, VisibleEntry } from '@app/contracts';
import type { Candidate, LotState, NextTurn } from '@app/evaluation';
import { ifSeen, nextTurn, personSeal, PoolList, sealedName, secretEntryOf, textOf, zMappingKey, zPerson } from '@app/evaluation';
import type { CryptoProfile } from '@app/sealing';
import type { CheckResult } from '../findings.js';
import { EntryPlace, Findings } from '../findings.js';

const FROZEN = 'draw.pool-frozen';
const CALLED = 'draw.called';
const EXHAUSTED = 'draw.exhausted';

/** An entry that calls somebody or says that nobody is left, with the state before it. */
export interface Moment {
  readonly before: LotState;
  readonly entry: VisibleEntry;
}

export const isTurn = (entry: VisibleEntry): boolean =>
  secretEntryOf(entry).events.some(({ type }) => type === CALLED || type === EXHAUSTED);

const frozenBy = (entry: VisibleEntry): LotEvent | undefined => secretEntryOf(entry).events.find(({ type }) => type === FROZEN);

/**
 * The draw of the experts walked again with the whole list of candidates: each call went to whom the seed put next, for the place that was
 * next, and nobody was left when the main venue said so. A lot's rules cannot know that, since a log holds the list's root only. What
 * engine 0.1.0 decided it checked itself, having the list in the log.
 */
export async function checkDraw(
  archive: Pick<Archive, 'blobs'>,
  visible: readonly VisibleEntry[],
  turns: readonly Moment[],
  profile: CryptoProfile,
): Promise<CheckResult> {
  const frozen = visible.find((entry) => frozenBy(entry) !== undefined);
  const pool = frozen === undefined ? undefined : frozenBy(frozen);
  const blob = archive.blobs.get(textOf(pool?.['blob']));
  const list = blob === undefined ? null : PoolList.read(profile, await blob.read(0, blob.size));
  const check = new DrawCheck(profile, frozen, typeof list === 'string' ? null : list);
  if (frozen !== undefined) check.list(frozen, pool, list);
  for (const turn of turns) check.turn(turn);
  return check.findings.result();
}

class DrawCheck {
  readonly findings = new Findings('draw', 'experts were called in the drawn order, nobody preferred and nobody passed over');
  /** The key that ties pseudonyms to persons, when this reader sees it. */
  readonly #key: string | null;
  #drawn: { readonly of: string; readonly order: readonly Candidate[] } | null = null;

  constructor(
    private readonly profile: CryptoProfile,
    frozen: VisibleEntry | undefined,
    private readonly known: PoolList | null,
  ) {
    const key = zMappingKey.safeParse(frozen?.parts['x:mapping']);
    this.#key = key.success ? key.data : null;
  }

  turn({ before, entry }: Moment): void {
    for (const event of secretEntryOf(entry).events) {
      if (event.type === CALLED || event.type === EXHAUSTED) this.#judge(before, entry, event);
    }
  }

  list(frozen: VisibleEntry, pool: LotEvent | undefined, list: PoolList | string | null): void {
    const where = `blobs/${textOf(pool?.['blob'])}`;
    if (list === null) {
      // Whoever sees the key of the mapping is given the list too.
      if (this.#key === null) this.findings.hidden();
      else this.findings.fail(where, 'the list of candidates is missing');
      return;
    }
    if (typeof list === 'string') {
      this.findings.fail(where, `is no list of candidates: ${list}`);
      return;
    }
    const fits = list.root === pool?.['root'] && list.count === pool['count'];
    this.findings.check(fits, where, () => `is not the list whose root and count entry ${frozen.header.seq} fixed`);
    const persons = new Set(list.candidates.map(({ person }) => person));
    this.findings.check(!persons.has(null) && persons.size === list.count, where, 'one person stands in the list under two pseudonyms');
  }

  #judge(state: LotState, entry: VisibleEntry, event: LotEvent): void {
    const order = this.#order(state);
    // Whose turn it is only the plan says, which is not for everybody.
    const next = order === null ? undefined : ifSeen(() => nextTurn(state, order));
    if (next === undefined) {
      this.findings.hidden();
      return;
    }
    const where = new EntryPlace(entry.header.seq, entry.header.type);
    if (event.type === EXHAUSTED) {
      this.findings.check(next === null, where, () => `says that nobody is left, but it is the turn of ${next?.candidate.id ?? ''}`);
      return;
    }
    const called = textOf(event['candidate']);
    if (!this.findings.check(next?.candidate.id === called, where, () => outOfTurn(called, next))) return;
    const { slot } = event;
    if (typeof slot === 'string' && next !== null) {
      const due = next.slot.slot;
      this.findings.check(slot === due || slot === sealedName(state, due), where, () => `fills another place, due was ${due}`);
    }
    this.#judgePerson(entry.parts['x:person'], next?.candidate, where);
  }

  /** The salt of a person's commitment follows from the lot's key, so the person who was called is the only one it can be. */
  #judgePerson(part: JsonValue | undefined, candidate: Candidate | undefined, where: EntryPlace): void {
    const person = zPerson.safeParse(part);
    if (candidate?.person == null) return;
    if (this.#key === null || !person.success) {
      this.findings.hidden();
      return;
    }
    const seal = this.#seal(this.#key, person.data.id);
    this.findings.check(seal === candidate.person, where, 'the person called is not who stands behind the pseudonym');
  }

  /** Null where the key is no byte string: it stands for nobody then. */
  #seal(key: string, person: string): string | null {
    try {
      return personSeal(this.profile, key, person).seal;
    } catch {
      return null;
    }
  }

  #order({ draw: { pool, seed } }: LotState): readonly Candidate[] | null {
    if (pool === null || seed === null) return null;
    // Which places are held says the key of the mapping; where the log holds the list, there is none.
    const known = this.#key === null ? null : this.known;
    const list = pool.listed === null ? known : PoolList.of(this.profile, pool.listed);
    if (list?.root !== pool.root) return null;
    const of = `${pool.root}/${seed}`;
    if (this.#drawn?.of !== of) this.#drawn = { of, order: list.drawn(seed) };
    return this.#drawn.order;
  }
}

const outOfTurn = (called: string, next: NextTurn | null): string =>
  next === null ? `${called} was called when nobody was due` : `${called} was called, it was the turn of ${next.candidate.id}`;
