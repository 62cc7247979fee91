import { readArchive, type Trust } from '@app/archive';
import { NODE_DIGESTS, openFile, UnreadableFile } from '@app/archive/node';
import { type BidKeepers, bidKeepers } from '@app/bid-making';
import { type LotState, type TenderRules, witnessRules } from '@app/evaluation';
import { openCheckedShelf } from '@app/evaluation/node';
import { TreeHasher } from '@app/ledger';
import type { CryptoProfile } from '@app/sealing';
import { findProfile } from '@app/sealing/node';
import { judgeOf, Judging, LotJudge, readHead, sealOf, verifyArchive } from '@app/verifying';
import { Refusal } from './refusal.js';

/** A lot that takes bids, as its archive proves it. */
export interface LotToBid extends BidKeepers {
  readonly state: LotState;
  readonly profile: CryptoProfile;
  readonly rules: TenderRules;
  /** Wire instant of 投标截止时间. */
  readonly deadline: string;
  /** Entries that the archive holds, and since when a quorum of witnesses says so, milliseconds. */
  readonly size: number;
  readonly witnessedAtMs: number;
}

const OPEN: readonly string[] = ['PUBLISHED', 'SUBMISSION_OPEN'];

/**
 * Judges the archive as `npm run verify` does, then each keeper's key as the page does before it seals. `nowMs`: by this machine's own clock.
 * Throws {@link UnreadableFile} and {@link Refusal}, and with the latter's codes what {@link bidKeepers} throws.
 */
export async function readLot(file: string, trust: Trust, nowMs: number): Promise<LotToBid> {
  const source = await openFile(file).catch((error: unknown) => {
    throw new UnreadableFile(file, error instanceof Error ? error.message : 'unknown');
  });
  try {
    const shelf = await openCheckedShelf();
    const { verdict, first } = await verifyArchive(source, trust, { profileFor: findProfile, digests: NODE_DIGESTS, shelf });
    if (verdict === 'UNREADABLE') throw new UnreadableFile(file, `${first?.where ?? ''}: ${first?.reason ?? 'no archive'}`);
    if (verdict === 'FAIL') throw new Refusal('E_KEY_UNPROVEN', `the archive does not hold: ${first?.where ?? ''}: ${first?.reason ?? ''}`);
    const { head: named, entries, checkpoint } = await readArchive(source);
    const profile = findProfile(named.profile);
    if (profile === null) throw new Refusal('ENGINE_UNKNOWN', `there is no crypto profile ${named.profile} here`);
    const judge = new LotJudge({ ...named, profile, shelf, anchors: trust });
    const judging = new Judging(
      judge,
      new TreeHasher(profile.hash),
      () => entries,
      () => undefined,
    );
    await judging.run();
    const { state } = judge.run;
    const policy = { policy: witnessRules(state).policy, isDegraded: false };
    const head = readHead(judgeOf(profile, named.origin, trust.logKey), { checkpoint }, policy, trust.policy, nowMs);
    const sealed = (seq: number) => sealOf(seq, judging, head, 'pinned');
    const keepers = bidKeepers({ entries, judgedSize: judging.size, faults: judging.faults, sealOf: sealed }, state);
    return { ...openLot(state), ...keepers, state, profile, size: entries.length, witnessedAtMs: head?.witnessedAtMs ?? 0 };
  } finally {
    await source.close();
  }
}

function openLot({ status, setup: { rules, schedule } }: LotState): Pick<LotToBid, 'rules' | 'deadline'> {
  if (rules === null || schedule === null || !OPEN.includes(status))
    throw new Refusal('WRONG_STATE', `the lot takes no bids: it is ${status}`);
  return { rules, deadline: schedule.deadline };
}
