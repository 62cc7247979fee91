import type { Command, JsonObject, JsonValue, Opening, SignedCommand, SignerRef } from '@app/contracts';
import { canonicalText } from '@app/contracts';
import type { CryptoProfile, Signer } from '@app/sealing';
import { signWith } from '@app/sealing';
import { v7 } from 'uuid';

/** Whoever acts: the key that signs and what says whose it is. */
export interface Identity {
  readonly signer: Signer;
  readonly ref: SignerRef;
  /** A key of the lot alone, by which a member of the committee is checked by those who may not know his name. */
  readonly lotKey?: Signer | undefined;
}

/** The log a command is for. `lot` and `round` are null for the platform log. */
export interface Target {
  readonly origin: string;
  readonly lot: string | null;
  readonly round: number | null;
}

export interface Wish {
  readonly type: string;
  readonly step?: string;
  readonly payload: JsonObject;
  /** Values that only those entitled may see; the command carries commitments. */
  readonly secrets?: Readonly<Record<string, JsonValue>>;
  /** Secrets under salts that were fixed earlier: a nonce committed to before, the content of an opened box. */
  readonly openings?: Readonly<Record<string, Opening>>;
  readonly party: string;
  /** ISO instant of the client's clock. */
  readonly at: string;
  /** Entries seen so far. */
  readonly basis: number;
}

/** Makes and signs a command. Sending the result again is the same command; calling this again is another one. */
export async function signWish(
  profile: CryptoProfile,
  { signer, ref, lotKey }: Identity,
  target: Target,
  wish: Wish,
): Promise<SignedCommand> {
  const openings: Record<string, Opening> = { ...wish.openings };
  for (const [name, value] of Object.entries(wish.secrets ?? {})) openings[name] = { salt: profile.newSalt(), text: canonicalText(value) };
  const secrets = Object.fromEntries(Object.entries(openings).map(([name, { salt, text }]) => [name, profile.commitment(salt, text)]));
  const command: Command = {
    v: 1,
    id: v7(),
    origin: target.origin,
    lot: target.lot,
    round: target.round,
    type: wish.type,
    step: wish.step ?? '',
    public: wish.payload,
    secrets,
    actor: lotKey === undefined ? { party: wish.party } : { party: wish.party, key: lotKey.publicKey },
    at: wish.at,
    basis: wish.basis,
  };
  const signed = { command, signer: ref, signature: await signWith(signer, 'command', command), openings };
  return lotKey === undefined ? signed : { ...signed, keySignature: await signWith(lotKey, 'command', command) };
}
