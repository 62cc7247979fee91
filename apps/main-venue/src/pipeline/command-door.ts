import type { ErrorCode, SignedCommand } from '@app/contracts';
import { CanonicalError, canonicalText, concatBytes, SIGNING_PREFIX, utf8, zSignedCommand } from '@app/contracts';
import { faultOf } from '@app/venue';
import type { CryptoProfile } from '@app/sealing';
import { keySignatureFault, openingFault } from '@app/sealing';
import { SharedVerifier } from '@app/sealing/node';
import { Inject, Injectable } from '@nestjs/common';
import { PROFILE } from '../core/tokens.js';
import { isFault, SignerBook } from './signer-book.js';
import type { SignerFacts } from './signer-facts.js';
import { StreamKinds } from './stream-kind.js';

/** A command whose form, log, signer and signature are good; whether its rule allows it is the next question. */
export interface Admitted {
  readonly ok: true;
  readonly signed: SignedCommand;
  readonly commandText: string;
  readonly request: Uint8Array;
  readonly signer: SignerFacts;
  /** When it arrived, before it waited for anything: an instant. */
  readonly receivedAt: string;
}
export interface Turned {
  readonly ok: false;
  readonly id: string;
  readonly code: ErrorCode;
  readonly message: string;
}

const COMMAND_PREFIX = utf8(SIGNING_PREFIX.command);
/** Id of an answer to something that has none. */
const NO_ID = '00000000-0000-0000-0000-000000000000';

/** First half of the pipeline: is this a command for this installation, and did its signer sign it? Keeps nothing, writes nothing. */
@Injectable()
export class CommandDoor {
  constructor(
    @Inject(PROFILE) private readonly profile: CryptoProfile,
    private readonly kinds: StreamKinds,
    private readonly signers: SignerBook,
    private readonly signatures: SharedVerifier,
  ) {}

  /** `at`: receipt, an instant. Never throws on what a stranger may send. */
  async admit(candidate: unknown, at: string): Promise<Admitted | Turned> {
    const read = zSignedCommand.safeParse(candidate);
    if (!read.success) {
      return turned(idOf(candidate), 'MALFORMED', faultOf(read.error.issues));
    }
    const signed = read.data;
    const { command } = signed;
    const text = this.#canonical(command);
    if (text instanceof CanonicalError) return turned(command.id, 'MALFORMED', text.message);
    const origin = this.kinds.originOf(command);
    if (origin === null) return turned(command.id, 'UNKNOWN_TYPE', `No log takes a command ${command.type} that names no lot.`);
    if (command.origin !== origin || (command.lot === null) !== (command.round === null)) {
      return turned(command.id, 'WRONG_LOG', `The command names the log ${command.origin}; lot and round make it ${origin}.`);
    }
    const found = this.signers.resolve(signed.signer, command, at);
    const signer = found instanceof Promise ? await found : found;
    if (isFault(signer)) return turned(command.id, signer.code, signer.message);
    const bytes = utf8(text);
    if (!(await this.signatures.verify(signer.publicKey, concatBytes(COMMAND_PREFIX, bytes), signed.signature))) {
      return turned(command.id, 'BAD_SIGNATURE', 'The signature does not fit the command and key.');
    }
    // A member's act alone carries a second signature: some per person and hour, checked where it is.
    const mismatch = keySignatureFault(this.profile, signed) ?? openingFault(this.profile, signed);
    if (mismatch !== null) return turned(command.id, mismatch.code, mismatch.message);
    return { ok: true, signed, commandText: text, request: this.profile.hash(bytes), signer, receivedAt: at };
  }

  #canonical(command: SignedCommand['command']): string | CanonicalError {
    try {
      return canonicalText(command);
    } catch (error) {
      if (error instanceof CanonicalError) return error;
      throw error;
    }
  }
}

const turned = (id: string, code: ErrorCode, message: string): Turned => ({ ok: false, id, code, message });

/** The id a malformed message may still carry, so that its sender can tell which one was refused. */
function idOf(candidate: unknown): string {
  if (typeof candidate !== 'object' || candidate === null || !('command' in candidate)) return NO_ID;
  const { command } = candidate;
  if (typeof command !== 'object' || command === null || !('id' in command) || typeof command.id !== 'string') return NO_ID;
  return command.id.slice(0, 80);
}
