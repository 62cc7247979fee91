import { bidKeepers, openingSheetOf, readSealedBid, type SealedPackage } from '@app/bid-making';
import { unwrapOnDevice } from '@app/sealing';
import { v7 } from 'uuid';
import type { ComputedRef } from 'vue';
import { useSessionStore } from '../../core/identity/session.js';
import type { OpenLot } from '../../core/lots/open-lot.js';
import { localInstant } from '../../utils/monotonic.js';
import { forgetSealed, SealingError, sealInWorker, takeInWorker } from './model/sealing.js';
import { DeviceError, type Work } from './use-busy.js';
import type { useDraft } from './use-draft.js';

/** Largest statement of a sealed bid, in bytes; what is larger is its ciphertext. */
const STATEMENT_BYTES_MAX = 64 * 1024;

/** A bid is sealed here, or was sealed elsewhere: either way the key on this machine opens it (试解密) before anything leaves it. */
export function useSealing(lot: ComputedRef<OpenLot>, { kept, change, partFiles }: ReturnType<typeof useDraft>) {
  const session = useSessionStore();

  /** Who seals for which lot, to keys out of entries that this device has judged; null while something of it is not known. */
  async function sealing() {
    const { state, profile } = lot.value;
    const { holder } = session;
    const bidder = holder?.certificate.subject.creditCode ?? null;
    if (state === null || holder === null || bidder === null) return null;
    const { bidKey, signer } = holder;
    if (bidKey === null) throw new DeviceError('noBidKey');
    await lot.value.judged();
    return { profile, bidKey, ...bidKeepers(lot.value, state), bidder, origin: state.origin, publicKey: signer.publicKey };
  }

  const seal: Work = async (onProgress, signal) => {
    const here = await sealing();
    if (here === null) return;
    const { profile, bidKey, origin, bidder, keepers, threshold } = here;
    const bid = v7();
    const order = {
      kind: 'seal' as const,
      profile: profile.id,
      request: { origin, bidder, bid, encryptionPublicKey: bidKey.publicKey, keepers, threshold },
      sheet: openingSheetOf(kept.value.sheet),
      parts: await partFiles(),
      file: bid,
    };
    const { sealed, size } = await sealInWorker(order, onProgress, signal);
    await rehearse(here, { bid, sealed, size, at: localInstant() });
  };

  /** Takes what `npm run seal` made: the statement and the ciphertext. */
  const take = (files: readonly File[]): Work => {
    const statement = files.find(({ name, size }) => name.endsWith('.json') && size <= STATEMENT_BYTES_MAX);
    const ciphertext = files.find((file) => file !== statement);
    return async (onProgress, signal) => {
      const here = await sealing();
      if (here === null) return;
      if (files.length !== 2 || statement === undefined || ciphertext === undefined) throw new DeviceError('twoFiles');
      const read = readSealedBid(here.profile, await statement.text(), here);
      if (kept.value.package?.bid === read.bid) return;
      const { hash } = read.sealed.manifest.ciphertext;
      try {
        await takeInWorker({ kind: 'take', profile: here.profile.id, file: read.bid, ciphertext, hash }, onProgress, signal);
      } catch (error) {
        await forgetSealed(read.bid);
        throw error instanceof SealingError && !error.isFull ? new DeviceError('otherCiphertext') : error;
      }
      await rehearse(here, read);
    };
  };

  /** Keeps the package in place of the one before, if the key here opens it. */
  async function rehearse({ profile, bidKey }: NonNullable<Awaited<ReturnType<typeof sealing>>>, made: SealedPackage): Promise<void> {
    if ((await unwrapOnDevice(profile, made.sealed.innerHeader, bidKey.key, bidKey.publicKey)) === null) {
      await forgetSealed(made.bid);
      throw new DeviceError('otherKey');
    }
    const before = kept.value.package;
    await change({ package: made });
    if (before !== null) await forgetSealed(before.bid);
  }

  return { seal, take };
}
