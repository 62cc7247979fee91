import type { Session } from '@app/contracts';
import {
  deviceSigner,
  encryptionKeyFrom,
  importAgreementKey,
  importDeviceKey,
  profileOf,
  readCertificate,
  type CertificateFacts,
  type Signer,
} from '@app/sealing';
import { defineStore } from 'pinia';
import { computed, shallowRef } from 'vue';
import { asRequestError, type IdentityFile, logIn, RequestError } from '@app/client';
import { endSession } from './api.js';
import { type BidKey, forget, keep, loadKept, type KeptIdentity } from './key-store.js';
import { forgetLotKeys } from './lot-keys.js';
import { rightsNews, type RightsNews } from './rights.js';
import { useVenue } from '../request/venue.js';

/** Platform's profile; a lot's own is in its state. */
const PROFILE = profileOf('gp-std-1');

/** Key and certificate of the person at this browser. */
export interface Holder {
  readonly certificate: CertificateFacts;
  readonly signer: Signer;
  /** What opens the person's own bids; null when there is none on this device. */
  readonly bidKey: BidKey | null;
}

/** Who is here. The token lives in memory alone: after a reload the kept key signs a new challenge. */
export const useSessionStore = defineStore('session', () => {
  const venue = useVenue();
  const session = shallowRef<Session | null>(null);
  const holder = shallowRef<Holder | null>(null);
  const isLoggedIn = computed(() => session.value !== null);
  /** Why the server ended the session by itself; null while it did not. */
  const ended = shallowRef<RequestError | null>(null);
  /** Rights that were given or taken while the person is here, until they say that they have read it. */
  const news = shallowRef<RightsNews | null>(null);

  const line = venue.line('/lots');
  line.on('session:changed', ({ rights }) => {
    if (session.value === null) return;
    news.value = rightsNews(session.value.rights, rights, news.value);
    session.value = { ...session.value, rights };
  });
  line.on('session:ended', ({ code, message }) => {
    ended.value = new RequestError(code, message);
    leave();
  });

  /** From now on the public. */
  function leave(): void {
    session.value = null;
    holder.value = null;
    news.value = null;
    venue.actAs(null);
  }

  function readNews(): void {
    news.value = null;
  }

  async function loginWithFile(file: IdentityFile): Promise<void> {
    let kept: KeptIdentity;
    try {
      const key = await importDeviceKey(file.privateKey);
      const bidKey = file.encryptionKey === null ? null : await importBidKey(file.encryptionKey);
      kept = { name: file.name, organisation: file.organisation, certificate: file.certificate, key, bidKey };
    } catch (error) {
      throw new RequestError('CERT_UNKNOWN', 'key', { cause: error });
    }
    await login(kept);
    await keep(kept);
  }

  async function login(kept: KeptIdentity): Promise<void> {
    const certificate = readCertificate(PROFILE, kept.certificate);
    if (certificate?.publicKey == null) throw new RequestError('CERT_UNKNOWN', 'certificate');
    const signer = deviceSigner(kept.key, certificate.publicKey);
    const opened = await logIn(venue.http, window.location.origin, { signer, certificate: kept.certificate });
    session.value = opened;
    ended.value = null;
    holder.value = { certificate, signer, bidKey: kept.bidKey ?? null };
    venue.actAs(opened.token);
  }

  /** Logs in again with the key kept from the last visit, if any; false leaves the visitor a member of the public. */
  async function restore(): Promise<boolean> {
    const kept = await loadKept().catch(() => null);
    if (kept === null) return false;
    try {
      await login(kept);
      return true;
    } catch (error) {
      // A refused certificate is of no more use here; an unreachable server says nothing about it.
      if (asRequestError(error).code !== 'UNAVAILABLE') await forget();
      return false;
    }
  }

  /** Ends the session and deletes the key from this browser, also when the server cannot be reached. */
  async function logout(): Promise<void> {
    const ending = endSession(venue.http).catch(() => undefined);
    await Promise.all([forget(), forgetLotKeys()]);
    await ending;
    leave();
  }

  return { session, holder, isLoggedIn, ended, news, readNews, loginWithFile, restore, logout };
});

const importBidKey = async (der: string): Promise<BidKey> => ({
  key: await importAgreementKey(der),
  publicKey: encryptionKeyFrom(PROFILE, der).publicKey,
});
