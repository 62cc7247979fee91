import type { WebBundle } from '@app/contracts';
import { zInstant } from '@app/contracts';
import { readBuiltBundle } from '@app/archive/node';
import { HttpClient, readLoggedBundle, readServedBundle } from '@app/client';
import { zLoggedBundle } from '@app/archive';
import { platformOrigin } from '@app/evaluation';
import { LedgerFormatError, parseCheckpointNote, verifySignature } from '@app/ledger';
import type { CancelTimer, Config, Logger } from '@app/platform';
import { Clock } from '@app/platform';
import { SecurityLog } from '@app/venue';
import { verifyBundle } from '@app/verifying';
import type { OnApplicationBootstrap, OnApplicationShutdown } from '@nestjs/common';
import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import { CONFIG, LOGGER } from '../core/tokens.js';
import { SiteFacts } from '../site/site-facts.js';
import { WitnessIdentity } from './witness-identity.js';

/** The first look: the main venue may be starting, too. Also how soon one that could not be taken is made good. */
const SOON_MS = 10_000;
const FACT = 'web-bundle';
const REASON_CHARS_MAX = 500;

/**
 * `ALTERED`: what is sent to browsers is not what the platform log names. `OTHER`: it is, and not what this site has of the same release,
 * or another release. `NONE`: the main venue serves no web client.
 */
const zStanding = z.enum(['GOOD', 'ALTERED', 'OTHER', 'NONE']);
const zFinding = z.strictObject({
  at: zInstant,
  standing: zStanding,
  /** What is wrong first, in a sentence; empty where nothing is. */
  reason: z.string(),
  /** SHA-256 of the manifest that is sent. */
  manifest: z.string().nullable(),
  /** Number of the platform log's entry that was shown. */
  entry: z.int().nullable(),
});
/** What this site found last, and the last time that something was wrong: a fault that was mended stays told. */
export const zServedWebFindings = z.strictObject({ last: zFinding.nullable(), lastFault: zFinding.nullable() });
type Finding = z.infer<typeof zFinding>;
export type ServedWebFindings = z.infer<typeof zServedWebFindings>;

const EVENT = { ALTERED: 'WEB_BUNDLE_ALTERED', OTHER: 'WEB_BUNDLE_OTHER' } as const;

/**
 * Compares what the main venue sends to browsers with what its platform log says and with this site's own build, again and again. What it
 * finds is a security event, stands in `/readyz` and is shown to everybody; it keeps no head from being cosigned (docs/decisions/0009).
 */
@Injectable()
export class ServedWeb implements OnApplicationBootstrap, OnApplicationShutdown {
  #findings: ServedWebFindings = { last: null, lastFault: null };
  #cancel: CancelTimer | null = null;
  #looking: Promise<void> = Promise.resolve();
  #isClosed = false;
  /** The last look was shown no entry of the log: so it is for a moment, while a main venue that starts signs its log. */
  #wasUnlogged = false;
  readonly #own: WebBundle | null;
  readonly #http: HttpClient | null;

  constructor(
    @Inject(CONFIG) private readonly config: Pick<Config, 'MAIN_URL' | 'INSTALLATION' | 'WEB_CHECK_MS' | 'WEB_DIR'>,
    @Inject(WitnessIdentity) private readonly identity: Pick<WitnessIdentity, 'suite' | 'keysOf'>,
    @Inject(SiteFacts) private readonly facts: Pick<SiteFacts, 'read' | 'write'>,
    private readonly security: SecurityLog,
    private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    this.#own = readBuiltBundle(config.WEB_DIR);
    this.#http = config.MAIN_URL === undefined ? null : new HttpClient(config.MAIN_URL.replace(/\/+$/, ''));
  }

  get findings(): ServedWebFindings {
    return this.#findings;
  }

  async onApplicationBootstrap(): Promise<void> {
    const kept = await this.facts.read(FACT);
    if (kept !== null) this.#findings = zServedWebFindings.parse(JSON.parse(kept));
    this.#arm(Math.min(SOON_MS, this.config.WEB_CHECK_MS));
  }

  async onApplicationShutdown(): Promise<void> {
    this.#isClosed = true;
    this.#cancel?.();
    await this.#looking;
  }

  #arm(ms: number): void {
    if (this.#isClosed) return;
    this.#cancel = this.clock.after(ms, () => {
      this.#looking = this.#look();
    });
  }

  async #look(): Promise<void> {
    const { WEB_CHECK_MS } = this.config;
    try {
      const finding = await this.#compare();
      if (finding !== null) await this.#keep(finding);
      this.#arm(finding === null ? Math.min(SOON_MS, WEB_CHECK_MS) : WEB_CHECK_MS);
    } catch (error) {
      // A line that is cut is told by the line.
      this.logger.debug({ err: error }, 'the web client of the main venue could not be looked at');
      this.#arm(Math.min(SOON_MS, WEB_CHECK_MS));
    }
  }

  /** Null when it must look again: the key of the log is not known here yet, or the entry was not shown the first time. */
  async #compare(): Promise<Finding | null> {
    const origin = platformOrigin(this.config.INSTALLATION);
    const keys = this.identity.keysOf(origin);
    if (this.#http === null || keys.length === 0) return null;
    const served = await readServedBundle(this.#http);
    const told = await readLoggedBundle(this.#http);
    const logged = this.#isSigned(told, origin) ? told : null;
    const isFirst = logged === null && !this.#wasUnlogged;
    this.#wasUnlogged = logged === null;
    if (isFirst) return null;
    const at = this.clock.instant();
    if (served === null) return { at, standing: 'NONE', reason: '', manifest: null, entry: null };
    const { manifest } = served;
    const { checks, bundle } = verifyBundle({ served, logged, own: this.#own }, null);
    const entry = bundle?.entry ?? null;
    const wrong = checks.find(({ first }) => first !== null);
    if (wrong?.first == null) return { at, standing: 'GOOD', reason: '', manifest, entry };
    const reason = `${wrong.first.where}: ${wrong.first.reason}`.slice(0, REASON_CHARS_MAX);
    return { at, standing: wrong.id === 'built' ? 'OTHER' : 'ALTERED', reason, manifest, entry };
  }

  /** Whether the head is the log's own word: cosignatures may still be on their way when a release has just begun. */
  #isSigned(logged: unknown, origin: string): boolean {
    const read = zLoggedBundle.safeParse(logged);
    if (!read.success || read.data.origin !== origin) return false;
    try {
      const { text, signatures } = parseCheckpointNote(read.data.checkpoint);
      const { suite } = this.identity;
      return this.identity.keysOf(origin).some((key) => signatures.some((line) => verifySignature(suite, text, line, key) !== null));
    } catch (error) {
      if (error instanceof LedgerFormatError) return false;
      throw error;
    }
  }

  async #keep(finding: Finding): Promise<void> {
    const { standing, reason, manifest, entry } = finding;
    const isFault = standing === 'ALTERED' || standing === 'OTHER';
    this.#findings = { last: finding, lastFault: isFault ? finding : this.#findings.lastFault };
    if (isFault) this.security.found(EVENT[standing], { reason, manifest, entry });
    await this.facts.write(FACT, JSON.stringify(this.#findings));
  }
}
