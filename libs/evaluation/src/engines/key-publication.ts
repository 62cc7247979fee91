import type { JsonObject } from '@app/contracts';
import { type KeeperKey, profileOf, proveKeeperKey } from '@app/sealing';
import type { LotRun } from './lot-run.js';

/** What a keeper says with `sealing.publish-key`, in the form that the lot's engine takes: engines up to 0.2.0 knew no proof. */
export function keyPublication(run: Pick<LotRun, 'state' | 'takes'>, party: string, purpose: string, key: KeeperKey): JsonObject {
  const { publicKey } = key;
  const { origin, setup } = run.state;
  if (!run.takes('sealing.publish-key')) return { purpose, publicKey };
  return { purpose, publicKey, proof: proveKeeperKey(profileOf(setup.profile), { origin, purpose, party }, key) };
}
