import type { AccessProof, CommandPart, Look, LookKeys, VenueTrack, WhoPart } from '@app/contracts';
import {
  ACCESS_COMMANDS,
  accessOrigin,
  canonicalBytes,
  fromHex,
  LOOK_KEYS_MAX,
  PART,
  parseCanonical,
  toBase64Url,
  trackKey,
  zAccessProof,
  zCommandPart,
  zWhoPart,
} from '@app/contracts';
import { bindingOf, isIndependent, lotOrigin, type LotState, own } from '@app/evaluation';
import { CheckpointJudge, headerLeaf, LedgerFormatError, SIGNATURE_TYPE, TreeHasher, verifyInclusion, verifyPart } from '@app/ledger';
import { Clock, type Config, DomainError } from '@app/platform';
import { segmentKey } from '@app/recording';
import { checkSignedCommand, isEncryptionKey, noteKey, noteSuite, sealToKey } from '@app/sealing';
import { trustOf } from '@app/venue';
import { COSIGNATURE_AHEAD_MS_MAX } from '@app/verifying';
import type { OnModuleDestroy, OnModuleInit } from '@nestjs/common';
import { Inject, Injectable } from '@nestjs/common';
import { CONFIG } from '../core/tokens.js';
import type { Replica } from '../replica/replica.js';
import { Replicas } from '../replica/replicas.js';
import { SiteCrypto } from '../site/site-crypto.js';
import { SiteTrust } from '../site/site-trust.js';
import { Uplink } from '../uplink/uplink.js';
import { RecordingRepository } from './recording.repository.js';

/** What is asked of a lot before its footage is opened. */
type WatchedLot = Pick<Replica, 'origin' | 'state' | 'fault' | 'standing' | 'atHand'>;

/** A look that stands in the access log, and the lot that it is about. */
interface Standing {
  readonly look: Look;
  readonly lot: WatchedLot;
}

/**
 * Hands out the keys of what this site recorded, for one look at a time: after it has found, by its own means, that the look is an entry of the lot's
 * access log under a head that the log signed and its witnesses cosigned, that a supervisor of the lot signed it, and that nobody judges alone whose
 * screen it would show. The keys are sealed to a key that the look itself names, so that whoever carries them cannot use them.
 */
@Injectable()
export class LookKeysOfSite implements OnModuleInit, OnModuleDestroy {
  readonly #hasher: TreeHasher;

  constructor(
    @Inject(CONFIG) private readonly config: Pick<Config, 'INSTALLATION' | 'VENUE_ID'>,
    private readonly repository: RecordingRepository,
    @Inject(Replicas) private readonly replicas: { find(origin: string): WatchedLot | undefined },
    @Inject(SiteTrust) private readonly trust: Pick<SiteTrust, 'registry' | 'logKey' | 'checkCertificate'>,
    private readonly crypto: SiteCrypto,
    @Inject(Uplink) private readonly line: Pick<Uplink, 'answerLooks'>,
    private readonly clock: Clock,
  ) {
    this.#hasher = new TreeHasher(crypto.profile.hash);
  }

  onModuleInit(): void {
    this.line.answerLooks((proof) => this.keysFor(proof));
  }

  onModuleDestroy(): void {
    this.line.answerLooks(null);
  }

  /**
   * An age v1 file (base64url) with `zLookKeys`. Throws MALFORMED, FORBIDDEN for what does not stand or is no supervisor's, UNAVAILABLE while this site
   * cannot judge it, WRONG_STEP, TOO_LARGE.
   */
  async keysFor(sent: unknown): Promise<{ readonly sealed: string }> {
    const { look, lot } = await this.#standing(sent);
    const mine = look.tracks.filter(({ venue }) => venue === this.config.VENUE_ID);
    if (mine.some(({ source }) => source === 'screen') && isIndependent(lot.state))
      throw new DomainError('WRONG_STEP', 'Each member judges alone now: no screen is looked at until the step is over.');
    const keys = await this.#keys(lot.origin, mine, look);
    return { sealed: toBase64Url(sealToKey(this.crypto.profile, look.recipient, canonicalBytes(keys))) };
  }

  async #keys(origin: string, tracks: readonly VenueTrack[], { from, to }: Look): Promise<LookKeys> {
    const venue = this.config.VENUE_ID;
    const lotKey = await this.repository.key(origin);
    const found: LookKeys['tracks'] = [];
    let left = LOOK_KEYS_MAX;
    for (const { party, source } of tracks) {
      const track = { party, source };
      const indexes = await this.repository.segmentsBetween(origin, track, from, to, left + 1);
      left -= indexes.length;
      if (left < 0)
        throw new DomainError(
          'TOO_LARGE',
          `This look takes more than ${String(LOOK_KEYS_MAX)} segments of ${venue}: look at less at a time.`,
        );
      const keyOf = (index: number): string => toBase64Url(segmentKey(lotKey, { origin, venue, track: trackKey(track), index }));
      const runs: LookKeys['tracks'][number]['runs'] = [];
      for (const index of indexes) {
        const run = runs.at(-1);
        if (run !== undefined && run.index + run.keys.length === index) run.keys.push(keyOf(index));
        else runs.push({ index, keys: [keyOf(index)] });
      }
      found.push({ track, runs });
    }
    return { v: 1, origin, venue, tracks: found };
  }

  async #standing(sent: unknown): Promise<Standing> {
    const proof = zAccessProof.safeParse(sent).data;
    if (proof === undefined) throw new DomainError('MALFORMED', 'this is no proof of an entry of an access log');
    const { command, context } = zCommandPart.parse(this.#part(proof, PART.command));
    const who = zWhoPart.parse(this.#part(proof, PART.who));
    const { lot: name, round } = command;
    if (name === null || round === null) throw refused('the entry names no lot');
    const origin = accessOrigin(this.config.INSTALLATION, name, round);
    this.#requireWitnessed(origin, proof);
    const fingerprint = this.#signerOf(origin, { command, context }, who);
    const lot = this.replicas.find(lotOrigin(this.config.INSTALLATION, name, round));
    if (lot === undefined) throw new DomainError('UNAVAILABLE', 'This site does not follow the lot.');
    await lot.atHand();
    if (lot.fault !== null || lot.standing.fault !== null)
      throw new DomainError('UNAVAILABLE', 'What this site has of the lot is not good: its operator must look.');
    requireSupervisor(lot.state, command.actor.party, fingerprint);
    return { look: this.#lookOf(command), lot };
  }

  /** A part that the entry commits to, read. */
  #part({ header, parts }: AccessProof, name: string): unknown {
    const opening = own(parts, name);
    const commitment = own(header.parts, name);
    const isHis =
      opening !== undefined &&
      commitment !== undefined &&
      verifyPart((salt, text) => this.crypto.profile.commitment(salt, text), commitment, opening);
    if (!isHis) throw refused(`part ${name} is not what the entry commits to`);
    return parseCanonical(opening.text);
  }

  /** The log signed a head over the entry, and a majority of the installation's witnesses cosigned it. */
  #requireWitnessed(origin: string, { header, path, checkpoint }: AccessProof): void {
    const { registry, logKey } = this.trust;
    if (registry === null || logKey === null) throw new DomainError('UNAVAILABLE', 'This site has not been told yet whom to trust.');
    const { profile } = this.crypto;
    const roots = registry.authorities.map(({ certificate }) => certificate);
    const { policy } = trustOf(profile, { installation: this.config.INSTALLATION, logKey, roots, venues: registry.venues });
    const judge = new CheckpointJudge(noteSuite(profile), origin, () => noteKey(logKey, origin, SIGNATURE_TYPE.note));
    const until = Math.floor((this.clock.nowMs() + COSIGNATURE_AHEAD_MS_MAX) / 1_000);
    try {
      const { note, isSigned, isWitnessed } = judge.judge(checkpoint, { policy, isDegraded: false }, until);
      const { size, root } = note.checkpoint;
      const claim = { index: header.seq, size, leafHash: headerLeaf(this.#hasher, header), root };
      if (!isSigned || !isWitnessed) throw refused('its head is not signed by the log and a majority of its witnesses');
      if (!verifyInclusion(this.#hasher, claim, path.map(fromHex))) throw refused('it is not under its head');
    } catch (error) {
      if (error instanceof LedgerFormatError) throw refused('its head has not the form of one');
      throw error;
    }
  }

  /** Fingerprint of the certificate that signed the command, which is good now. */
  #signerOf(origin: string, { command, context }: CommandPart, { signer, signature }: WhoPart): string {
    const checked = checkSignedCommand(
      this.crypto.profile,
      { command, signer, signature, openings: {} },
      {
        installation: this.config.INSTALLATION,
        origin,
        at: context.at,
        // Not of then: who has lost it meanwhile looks no more.
        certificate: (der) => this.trust.checkCertificate(der, this.clock.instant()),
        nodeKey: () => null,
      },
    );
    if (!checked.ok) throw refused(checked.message);
    if (checked.fingerprint === null) throw refused('nodes look at nothing');
    return checked.fingerprint;
  }

  #lookOf({ type, public: payload }: CommandPart['command']): Look {
    const look = type === 'access.look' || type === 'access.export' ? ACCESS_COMMANDS[type].safeParse(payload).data : undefined;
    if (look === undefined || look.from > look.to || !isEncryptionKey(this.crypto.profile, look.recipient))
      throw refused('it is no look at a recording');
    return look;
  }
}

/** By the lot's own log, as this site has judged it. */
function requireSupervisor(state: LotState, party: string, fingerprint: string): void {
  const isSupervisor = own(state.parties, party)?.roles.includes('supervisor') === true;
  if (!isSupervisor || bindingOf(state, party)?.certificate !== fingerprint) throw refused(`its signer is no supervisor of the lot`);
}

const refused = (why: string): DomainError => new DomainError('FORBIDDEN', `This site gives no keys for this look: ${why}.`);
