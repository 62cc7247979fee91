import { zAnswer, type Answer, type Outcome, type SignedCommand } from '@app/contracts';
import { isGenuine, signWish, type Wish } from '@app/client';
import type { LotState } from '@app/evaluation';
import type { CryptoProfile } from '@app/sealing';
import type { Holder } from '../identity/session.js';
import { localInstant } from '../../utils/monotonic.js';
import { post } from '../request/http.js';
import { ProblemError } from '../request/problem.js';

/** What a screen says of an act: everything else of the command follows from the lot and who is here. */
export type Act = Pick<Wish, 'type' | 'payload'> & Partial<Pick<Wish, 'step' | 'secrets'>>;

export interface Acting {
  readonly profile: CryptoProfile;
  readonly holder: Holder;
  readonly state: LotState;
  /** The party I act as in this lot. */
  readonly party: string;
  /** Key that signs the venue's answers, known from before. */
  readonly answerKey: string;
}

/** Signs an act of this lot with the person's certificate. Sending the result twice is harmless; signing twice makes two acts. */
export function signAct({ profile, holder, state, party }: Acting, act: Act): Promise<SignedCommand> {
  const identity = { signer: holder.signer, ref: { kind: 'certificate' as const, certificate: holder.certificate.der } };
  const target = { origin: state.origin, lot: state.lot, round: state.round };
  return signWish(profile, identity, target, { ...act, party, at: localInstant(), basis: state.size });
}

/**
 * Sends a signed act and gives the venue's word on it. Throws {@link ProblemError}: with the rule's code when it was refused, with
 * `BAD_SIGNATURE` when the answer is not the venue's own, with `UNAVAILABLE` when none came (then send the same again), with `QUEUED`
 * when the site keeps it until its line is back (then ask again with the same: the first answer stands).
 */
export async function sendAct(acting: Acting, signed: SignedCommand): Promise<Extract<Outcome, { ok: true }>> {
  return readAnswer(acting, await post(`/api/lots/${encodeURIComponent(acting.state.lot)}/commands`, { ...signed }, zAnswer));
}

/** What an answer says, once it is shown to be the venue's own. Throws as {@link sendAct} does. */
export function readAnswer({ profile, answerKey }: Pick<Acting, 'profile' | 'answerKey'>, answer: Answer): Extract<Outcome, { ok: true }> {
  if (!isGenuine(profile, answer, answerKey)) {
    throw new ProblemError({ code: 'BAD_SIGNATURE', message: 'the answer is not signed by the venue', requestId: '' });
  }
  const { outcome } = answer;
  if (!outcome.ok) throw new ProblemError({ code: outcome.code, message: outcome.message, requestId: outcome.id });
  return outcome;
}
