import type { JsonObject, JsonValue, Opening } from '@app/contracts';
import type { EngineDuty, LotRun, LotState } from '@app/evaluation';
import type { CryptoProfile } from '@app/sealing';
import type { ActRecords, BidOpener } from '../core/ports.js';
import type { NodeSecrets } from './node-secrets.js';

/** The command that fulfils a duty. `openings` are secrets under commitments that were fixed earlier. */
export interface NodeAct {
  /** Another command than the duty's where the node finds that it cannot be fulfilled (a broken file). */
  readonly type?: string;
  /** Step of the evaluation that it belongs to. */
  readonly step?: string;
  readonly payload: JsonObject;
  readonly secrets?: Readonly<Record<string, JsonValue>>;
  readonly openings?: Readonly<Record<string, Opening>>;
}

/** What the rules cannot know: keys, files, nonces. People are called by jobs (expert-contact.processor.ts). */
export interface Tools {
  readonly profile: CryptoProfile;
  readonly secrets: NodeSecrets;
  readonly acts: ActRecords;
  readonly bids: BidOpener;
}

/** How the main venue's node fulfils one kind of duty. That it is owed, about what and from when, the rules alone say. */
export interface Performer {
  readonly command: string;
  /**
   * Whether it waits for a quorum of witnesses over everything so far: where the node gives away something that cannot be taken
   * back (a key, a nonce). What follows from released keys needs no quorum again.
   */
  readonly needsQuorum: boolean;
  /**
   * Whether what goes with the command takes long and is the same whatever else the node does meanwhile: the next is then made ready while
   * the one before is sent.
   */
  readonly isLong?: true;
  /** What goes with the command; null while something of it is not there yet. `run`: the lot under its engine, whose forms may be older. */
  readonly act: (state: LotState, duty: EngineDuty, tools: Tools, run: LotRun) => Promise<NodeAct | null> | NodeAct | null;
}

/** A duty that takes nothing but the node's word that it is time. */
export const plain = (command: string): Performer => ({ command, needsQuorum: false, act: () => ({ payload: {} }) });

/** The same where the command names what the duty is about, in this field. */
export const naming = (command: string, field: string): Performer => ({
  command,
  needsQuorum: false,
  act: (_state, { subject }) => ({ payload: { [field]: subject } }),
});
