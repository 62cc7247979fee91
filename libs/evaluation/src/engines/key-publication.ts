import type { JsonObject } from '@app/contracts';
import { answerDrill, BIDS_PURPOSE, type KeeperKey, profileOf, proveKeeperKey } from '@app/sealing';
import { drillOf } from '../keepers/index.js';
import type { LotRun } from './lot-run.js';

/** What a keeper says with `sealing.publish-key`, in the form that the lot's engine takes: engines up to 0.2.0 knew no proof. */
export function keyPublication(run: Pick<LotRun, 'state' | 'takes'>, party: string, purpose: string, key: KeeperKey): JsonObject {
  const { publicKey } = key;
  const { origin, setup } = run.state;
  if (!run.takes('sealing.publish-key')) return { purpose, publicKey };
  return { purpose, publicKey, proof: proveKeeperKey(profileOf(setup.profile), { origin, purpose, party }, key) };
}

/** What an opening trustee says with `sealing.answer-drill`, by the key for bids that he keeps; null: no drill is under way. */
export function drillAnswer({ state }: Pick<LotRun, 'state'>, party: string, key: KeeperKey): JsonObject | null {
  const drill = drillOf(state);
  if (drill === null) return null;
  const place = { origin: state.origin, purpose: BIDS_PURPOSE, party };
  return { proof: answerDrill(profileOf(state.setup.profile), place, drill.challenge, key) };
}
