import type { ByteSpan } from '@app/blobs';
import { FileSource, requireHash } from '@app/blobs';
import type { FileRequest } from '@app/contracts';
import type { Config } from '@app/platform';
import { Clock, DomainError, forgetOldest, invariant } from '@app/platform';
import { nodeAuthorization } from '@app/venue';
import { Inject, Injectable } from '@nestjs/common';
import { Readable } from 'node:stream';
import { CONFIG } from '../core/tokens.js';
import { SiteCrypto } from '../site/site-crypto.js';
import { SiteTrust } from '../site/site-trust.js';
import { checkedWhole } from './checked-whole.js';

/** How long the main venue has to begin its answer. */
const ANSWER_TIMEOUT_MS = 10_000;
/** Files whose size is remembered: a file never changes. */
const SIZES_MAX = 10_000;

/**
 * The files of the main venue, for the seats of this site: fetched through as they are asked for, by requests that this site's node key
 * signs. Nothing of them stays here. A file that is read whole is checked against its hash. Of a range
 * of a bid whoever opens it checks the seal; a range of the tender document, which has none, is taken on the main venue's word.
 */
@Injectable()
export class MainFiles extends FileSource {
  readonly #sizes = new Map<string, number>();

  constructor(
    @Inject(CONFIG) private readonly config: Pick<Config, 'MAIN_URL' | 'VENUE_ID' | 'INSTALLATION'>,
    private readonly crypto: SiteCrypto,
    private readonly trust: SiteTrust,
    private readonly clock: Clock,
  ) {
    super();
  }

  async size(hash: string): Promise<number | null> {
    const known = this.#sizes.get(requireHash(hash));
    if (known !== undefined) return known;
    const response = await this.#ask('HEAD', hash);
    if (response === null) return null;
    const size = Number(response.headers.get('content-length'));
    this.#sizes.set(hash, size);
    forgetOldest(this.#sizes, SIZES_MAX);
    return size;
  }

  async open(hash: string, span?: ByteSpan): Promise<Readable | null> {
    const size = await this.size(hash);
    if (size === null) return null;
    const { from, to } = { from: span?.from ?? 0, to: Math.min(size, span?.to ?? size) };
    const isWhole = from === 0 && to === size;
    if (!isWhole && from >= to) return Readable.from([]);
    const response = await this.#ask('GET', hash, isWhole ? null : { from, to });
    if (response === null) return null;
    const content: AsyncIterable<Uint8Array> = response.body ?? Readable.from([]);
    return Readable.from(isWhole ? checkedWhole(content, hash) : content, { objectMode: false });
  }

  /** Null when the main venue has no such file. Throws UNAVAILABLE when it cannot be asked or does not give what was asked for. */
  async #ask(method: 'GET' | 'HEAD', hash: string, span: ByteSpan | null = null): Promise<Response | null> {
    const response = await this.#fetch(method, hash, span);
    if (response.status === 404) return null;
    const range = span === null ? null : `bytes ${String(span.from)}-${String(span.to - 1)}/`;
    const isAsked = range === null ? response.status === 200 : response.headers.get('content-range')?.startsWith(range) === true;
    if (isAsked) return response;
    await response.body?.cancel();
    throw new DomainError('UNAVAILABLE', `The main venue does not give this file now (${String(response.status)}).`);
  }

  async #fetch(method: 'GET' | 'HEAD', hash: string, span: ByteSpan | null): Promise<Response> {
    const { MAIN_URL } = this.config;
    invariant(MAIN_URL !== undefined, 'a site knows its main venue');
    const late = new AbortController();
    const inTime = this.clock.after(ANSWER_TIMEOUT_MS, () => {
      late.abort();
    });
    const range = span === null ? {} : { range: `bytes=${String(span.from)}-${String(span.to - 1)}` };
    try {
      return await fetch(`${MAIN_URL.replace(/\/+$/, '')}/venue/files/${hash}`, {
        method,
        headers: { authorization: this.#authorization(hash), ...range },
        signal: late.signal,
      });
    } catch (cause) {
      throw new DomainError('UNAVAILABLE', 'The main venue, where this file lies, cannot be reached now.', { cause });
    } finally {
      inTime();
    }
  }

  #authorization(hash: string): string {
    const { VENUE_ID: venue, INSTALLATION: installation } = this.config;
    const to = this.trust.registry?.venues.find(({ role }) => role === 'main')?.id ?? 'main';
    const request: FileRequest = {
      v: 1,
      venue,
      to,
      installation,
      at: this.clock.instant(),
      nonce: this.crypto.profile.newSalt(),
      hash,
    };
    return nodeAuthorization(this.crypto.signer, 'fileRequest', request);
  }
}
