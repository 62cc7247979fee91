import type { MirrorRequest } from '@app/contracts';
import { decodePage, isPrivateLine, pageHeaders, pageParts } from '@app/contracts';
import type { Clock } from '@app/platform';
import { readAtMost } from '@app/platform';
import type { CryptoProfile, LocalSigner } from '@app/sealing';
import { nodeAuthorization } from '@app/venue';
import type { Mirror, MirroredEntry } from './heal.types.js';

const FETCH_TIMEOUT_MS = 10_000;
/** Largest page that a mirror may send: one entry may be far larger than other pages (the acts of a lot, with its lock). */
const MIRROR_BYTES_MAX = 64 * 1024 * 1024;

export interface MirrorIdentity {
  readonly venue: string;
  readonly installation: string;
  readonly signer: LocalSigner;
  readonly profile: CryptoProfile;
  readonly clock: Clock;
}

/** A site's mirror over HTTP: binary pages, opened by this venue's node key. */
export class HttpMirror implements Mirror {
  /** Bytes of a page at most. */
  protected readonly bytesMax: number = MIRROR_BYTES_MAX;

  constructor(
    readonly name: string,
    private readonly url: string,
    private readonly identity: MirrorIdentity,
  ) {}

  async fetch(origin: string, from: number, to: number): Promise<MirroredEntry[]> {
    // A registry from before the rule may name such an address.
    if (!isPrivateLine(this.url)) throw new Error(`mirror ${this.name} is on another machine and without TLS: ${this.url}`);
    const query = new URLSearchParams({ origin, from: String(from), limit: String(to - from) });
    const response = await fetch(`${this.url.replace(/\/+$/, '')}/mirror/entries?${query.toString()}`, {
      headers: { Authorization: this.#authorization(origin, from) },
      signal: AbortSignal.timeout(FETCH_TIMEOUT_MS),
    });
    if (response.status === 204) return [];
    if (!response.ok) throw new Error(`mirror ${this.name} answers ${String(response.status)}`);
    const page = decodePage(new Uint8Array(await readAtMost(response, this.bytesMax)));
    if (page.origin !== origin || page.from > from) throw new Error(`mirror ${this.name} sent another page`);
    const entries = pageHeaders(page).map((header): { header: Uint8Array; parts: MirroredEntry['parts'][number][] } => ({
      header,
      parts: [],
    }));
    for (const [list, isOpen] of [
      [page.open, true],
      [page.hidden, false],
    ] as const) {
      for (const { entry, name, body } of pageParts(list, page.count)) entries[entry]?.parts.push({ name, body, isOpen });
    }
    return entries.slice(from - page.from, to - page.from);
  }

  #authorization(origin: string, from: number): string {
    const { venue, installation, signer, profile, clock } = this.identity;
    const request: MirrorRequest = {
      v: 1,
      venue,
      to: this.name,
      installation,
      at: clock.instant(),
      nonce: profile.newSalt(),
      origin,
      from,
    };
    return nodeAuthorization(signer, 'mirrorRequest', request);
  }
}
