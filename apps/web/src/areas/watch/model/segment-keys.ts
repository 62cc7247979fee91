import {
  fromBase64Url,
  type LookKeys,
  parseCanonicalBytes,
  type Segment,
  segmentPlaceText,
  trackKey,
  utf8,
  zLookKeys,
} from '@app/contracts';
import type { KeeperKey } from '@app/sealing';
import { type CryptoProfile, openByKey } from '@app/sealing';

const NONCE_BYTES = 12;
const KEY_BYTES = 32;

/** Keys to look with (查阅密钥): of exactly the segments that looks of this page were given, in memory alone. */
export class SegmentKeys {
  readonly #keys: Map<string, Uint8Array>;

  /** `before`: keys that are held already. */
  constructor(
    private readonly origin: string,
    before: SegmentKeys | null = null,
  ) {
    this.#keys = new Map(before === null ? [] : before.#keys);
  }

  get size(): number {
    return this.#keys.size;
  }

  /** What one venue sealed to a look's key. False where it is of another lot or venue, does not open, or has another form: none of it is taken. */
  add(profile: CryptoProfile, venue: string, sealed: string, key: KeeperKey): boolean {
    const given = keysFrom(profile, sealed, key);
    if (given?.origin !== this.origin || given.venue !== venue) return false;
    for (const { track, runs } of given.tracks)
      for (const { index, keys } of runs)
        for (const [offset, one] of keys.entries()) this.#keys.set(nameOf(venue, trackKey(track), index + offset), fromBase64Url(one));
    return true;
  }

  has = (venue: string, { track, index }: Segment): boolean => this.#keys.has(nameOf(venue, trackKey(track), index));

  /** The segment's file; null where its key does not open these bytes at this place. Throws where there is no key. */
  async open(venue: string, { track, index }: Segment, sealed: Uint8Array): Promise<Uint8Array<ArrayBuffer> | null> {
    const raw = this.#keys.get(nameOf(venue, trackKey(track), index));
    if (raw?.length !== KEY_BYTES) throw new Error('there is no key of this segment');
    const place = { origin: this.origin, venue, track: trackKey(track), index };
    const key = await crypto.subtle.importKey('raw', Uint8Array.from(raw), 'AES-GCM', false, ['decrypt']);
    const [iv, body] = [Uint8Array.from(sealed.subarray(0, NONCE_BYTES)), Uint8Array.from(sealed.subarray(NONCE_BYTES))];
    const additionalData = Uint8Array.from(utf8(segmentPlaceText(place)));
    try {
      return new Uint8Array(await crypto.subtle.decrypt({ name: 'AES-GCM', iv, additionalData }, key, body));
    } catch {
      // The only failure of this call: the tag does not fit, which the caller is told.
      return null;
    }
  }

  /** For a copy that goes with its proofs. */
  keyOf = (venue: string, { track, index }: Segment): Uint8Array | null => this.#keys.get(nameOf(venue, trackKey(track), index)) ?? null;
}

function keysFrom(profile: CryptoProfile, sealed: string, key: KeeperKey): LookKeys | null {
  try {
    const opened = openByKey(profile, fromBase64Url(sealed), key);
    return opened === null ? null : (zLookKeys.safeParse(parseCanonicalBytes(opened)).data ?? null);
  } catch {
    return null;
  }
}

const nameOf = (venue: string, track: string, index: number): string => `${venue} ${track} ${String(index)}`;
