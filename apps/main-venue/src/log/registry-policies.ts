import type { Policy, PolicyWitness } from '@app/ledger';
import { formatPolicy, formatVerifierKey, parsePolicy, parseVerifierKey, SIGNATURE_TYPE } from '@app/ledger';
import { lotPolicyText, readOrigin } from '@app/evaluation';
import type { Logger } from '@app/platform';
import { isDomainError } from '@app/platform';
import type { CryptoProfile } from '@app/sealing';
import { noteKey } from '@app/sealing';
import { majorityOf } from '@app/venue';
import { Inject, Injectable } from '@nestjs/common';
import { LOGGER, NODE_KEYS, PROFILE } from '../core/tokens.js';
import type { NodeKeys } from '../keys/node-keys.js';
import { Pipeline } from '../pipeline/pipeline.types.js';
import { RegistryView } from '../registry/live/registry-view.js';
import type { WitnessAddress } from './log.types.js';
import { WitnessPolicies } from './log.types.js';

const GROUP = 'quorum-of-witnesses';

/** Policies from the lots themselves and, where none is frozen, from the registry's standing witnesses. */
@Injectable()
export class RegistryPolicies extends WitnessPolicies {
  /** Frozen text → policy; a lot's never changes, so neither does its reading. */
  readonly #read = new Map<string, Policy>();

  constructor(
    private readonly registry: RegistryView,
    private readonly pipeline: Pipeline,
    @Inject(PROFILE) private readonly profile: CryptoProfile,
    @Inject(NODE_KEYS) private readonly keys: Pick<NodeKeys, 'log'>,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    super();
  }

  async policyOf(origin: string): Promise<Policy> {
    const frozen = (await this.#ofLot(origin, () => this.pipeline.lotState(origin)))?.setup.witnessPolicy ?? '';
    if (frozen === '') return this.#standingPolicy(origin);
    const known = this.#read.get(frozen);
    if (known !== undefined) return this.#addressed(known);
    try {
      const policy = parsePolicy(this.profile.hash, frozen);
      this.#read.set(frozen, policy);
      return this.#addressed(policy);
    } catch (error) {
      // Frozen on the record and unreadable: no quorum is possible, which every verifier will find too.
      this.logger.error({ err: error, origin }, 'log: the frozen witness policy cannot be read');
      return { logs: [], witnesses: [], groups: [{ name: GROUP, threshold: 1, members: [] }], quorum: GROUP };
    }
  }

  /**
   * A policy freezes keys; where a witness is reached today is the registry's
   * to say, if it knows the key: addresses change in a lot's life.
   */
  #addressed(policy: Policy): Policy {
    const urls = new Map(this.registry.venues.map(({ url, witnessKey }) => [witnessKey, witnessUrl(url)]));
    const urlOf = ({ key, url }: PolicyWitness): string | null => urls.get(formatVerifierKey(this.profile.hash, key)) ?? url;
    return { ...policy, witnesses: policy.witnesses.map((witness) => ({ ...witness, url: urlOf(witness) })) };
  }

  standingText(origin: string): string {
    return formatPolicy(this.profile.hash, this.#standingPolicy(origin));
  }

  async textToFreeze(origin: string): Promise<string> {
    const standing = this.standingText(origin);
    const run = await this.#ofLot(origin, () => this.pipeline.lotRun(origin));
    // Under rules that sites cannot judge by, a lot freezes the installation's policy as it is.
    return (run?.isJudgedPartly === true ? lotPolicyText(run.state, standing) : null) ?? standing;
  }

  standing(): readonly WitnessAddress[] {
    return this.registry.venues.filter(({ witnessKey }) => witnessKey !== null).map(({ id, url }) => ({ name: id, url: witnessUrl(url) }));
  }

  /** Majority of the standing witnesses; without any, no quorum is asked. */
  #standingPolicy(origin: string): Policy {
    const witnesses: PolicyWitness[] = [];
    for (const { id, url, witnessKey } of this.registry.venues) {
      if (witnessKey === null) continue;
      try {
        witnesses.push({ name: id, key: parseVerifierKey(this.profile.hash, witnessKey), url: witnessUrl(url) });
      } catch (error) {
        this.logger.warn({ err: error, venue: id }, 'log: a witness key of the registry cannot be read');
      }
    }
    const key = noteKey(this.keys.log.publicKey, origin, SIGNATURE_TYPE.note);
    const logs = key === null ? [] : [{ key, url: null }];
    return { ...majorityOf(witnesses), logs };
  }

  /** Null where there is no such lot. */
  async #ofLot<T>(origin: string, read: () => Promise<T>): Promise<T | null> {
    if (readOrigin(origin) === null) return null;
    try {
      return await read();
    } catch (error) {
      if (isDomainError(error, 'NOT_FOUND')) return null;
      throw error;
    }
  }
}

const witnessUrl = (url: string): string => `${url.replace(/\/+$/, '')}/witness`;
