import { zAnswer, type Answer, type ExpertCall, type Outcome, type SignedCommand } from '@app/contracts';
import { isGenuine, RequestError, signWish, type HttpClient, type Wish } from '@app/client';
import type { LotState } from '@app/evaluation';
import type { CryptoProfile, Signer } from '@app/sealing';
import { lotKeyOf } from '../identity/lot-keys.js';
import type { Holder } from '../identity/session.js';
import { localInstant } from '../../utils/monotonic.js';

/** What a screen says of an act: everything else of the command follows from the lot and who is here. */
export type Act = Pick<Wish, 'type' | 'payload'> & Partial<Pick<Wish, 'step' | 'secrets'>>;

export interface Acting {
  readonly profile: CryptoProfile;
  readonly holder: Holder;
  readonly state: LotState;
  /** The party I act as in this lot: one of mine. */
  readonly party: string;
  /** Signs beside the certificate where the lot asks a member for it. */
  readonly lotKey?: Signer | undefined;
}
/** Where acts are sent. */
export interface Sending {
  readonly profile: CryptoProfile;
  /** Key that signs the venue's answers, known from before. */
  readonly answerKey: string;
  readonly http: HttpClient;
}

/** Signs an act of this lot with the person's certificate. Sending the result twice is harmless; signing twice makes two acts. */
export function signAct({ profile, holder, state, party, lotKey }: Acting, act: Act): Promise<SignedCommand> {
  const target = { origin: state.origin, lot: state.lot, round: state.round };
  return signWish(profile, { ...identityOf(holder), lotKey }, target, { ...act, party, at: localInstant(), basis: state.size });
}

/** Signs in at the seat of an accepted call. Its lot is not open here: the member knows nothing of it before this act. Null: not yet. */
export async function signCall({ profile, holder }: Pick<Acting, 'profile' | 'holder'>, call: ExpertCall): Promise<SignedCommand | null> {
  const { venue, seat, signIn } = call;
  if (signIn === null || seat === null) return null;
  const { party, isKeyed, ...target } = signIn;
  const act = { type: 'committee.sign-in', payload: { venue, seat }, party };
  const lotKey = isKeyed ? await lotKeyOf(profile, target.origin, party) : undefined;
  return signWish(profile, { ...identityOf(holder), lotKey }, target, { ...act, at: localInstant(), basis: 0 });
}

/** The person's certificate as an act names its signer. */
export const identityOf = ({ signer, certificate }: Holder) => ({
  signer,
  ref: { kind: 'certificate' as const, certificate: certificate.der },
});

/**
 * Sends a signed act and gives the venue's word on it. Throws {@link RequestError}: with the rule's code when it was refused, with
 * `BAD_SIGNATURE` when the answer is not the venue's own, with `UNAVAILABLE` when none came (then send the same again), with `QUEUED`
 * when the site keeps it until its line is back (then ask again with the same: the first answer stands).
 */
export async function sendAct(sending: Sending, signed: SignedCommand): Promise<Extract<Outcome, { ok: true }>> {
  const path = `/api/lots/${encodeURIComponent(signed.command.lot ?? '')}/commands`;
  return readAnswer(sending, await sending.http.post(path, { ...signed }, zAnswer));
}

/** What an answer says, once it is shown to be the venue's own. Throws as {@link sendAct} does. */
export function readAnswer({ profile, answerKey }: Pick<Sending, 'profile' | 'answerKey'>, answer: Answer): Extract<Outcome, { ok: true }> {
  if (!isGenuine(profile, answer, answerKey)) {
    throw new RequestError('BAD_SIGNATURE', 'the answer is not signed by the venue');
  }
  const { outcome } = answer;
  if (!outcome.ok) throw new RequestError(outcome.code, outcome.message, { requestId: outcome.id });
  return outcome;
}
