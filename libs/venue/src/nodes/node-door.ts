import type { JsonObject, SigningPurpose } from '@app/contracts';
import { toBase64Url, utf8 } from '@app/contracts';
import type { Clock } from '@app/platform';
import { DomainError } from '@app/platform';
import type { CryptoProfile, LocalSigner } from '@app/sealing';
import { signWith, verifyWith } from '@app/sealing';
import type { z } from 'zod';
import { UsedNonces } from './used-nonces.js';

/** What every request of a node to another one says, beside what it asks for. */
export type NodeRequest = JsonObject & {
  readonly venue: string;
  readonly to: string;
  readonly installation: string;
  readonly at: string;
  readonly nonce: string;
};

/** The `authorization` header of a node's request: `Venue <base64url JSON of the signed request>`. */
export function nodeAuthorization(signer: LocalSigner, purpose: SigningPurpose, request: NodeRequest): string {
  return `Venue ${toBase64Url(utf8(JSON.stringify({ request, signature: signWith(signer, purpose, request) })))}`;
}

/** Opens an HTTP route to the holder of a node key: for one purpose, once, around the time the request was made, and here alone. */
export class NodeDoor<T extends NodeRequest> {
  readonly #nonces: UsedNonces;

  constructor(
    private readonly purpose: SigningPurpose,
    private readonly schema: z.ZodType<{ readonly request: T; readonly signature: string }>,
    private readonly here: { readonly installation: string; readonly venue: string },
    private readonly profile: CryptoProfile,
    clock: Clock,
  ) {
    this.#nonces = new UsedNonces(clock);
  }

  /**
   * What was asked. `keyOf`: tagged node key of a venue that may ask; null for any other. `asks`: whether this is what was asked for. Throws
   * UNAUTHENTICATED without a signed request, FORBIDDEN for one that is another's, too old, used, or for something else.
   */
  admit(header: string | undefined, keyOf: (venue: string) => string | null, asks: (request: T) => boolean): T {
    const { request, signature } = this.#read(header);
    const key = keyOf(request.venue);
    if (
      key === null ||
      request.installation !== this.here.installation ||
      request.to !== this.here.venue ||
      !asks(request) ||
      !this.#nonces.isInTime(request.at) ||
      !verifyWith(this.profile, key, this.purpose, request, signature) ||
      !this.#nonces.use(request.nonce)
    )
      throw new DomainError('FORBIDDEN', 'This is for another node of the installation, by a request of its own each time.');
    return request;
  }

  #read(header: string | undefined): { readonly request: T; readonly signature: string } {
    const text = /^Venue ([A-Za-z0-9_-]{1,4000})$/.exec(header ?? '')?.[1];
    try {
      return this.schema.parse(JSON.parse(Buffer.from(text ?? '', 'base64url').toString()));
    } catch (cause) {
      throw new DomainError('UNAUTHENTICATED', 'A request signed by the node key of a venue is needed.', { cause });
    }
  }
}
