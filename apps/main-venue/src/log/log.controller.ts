import { Controller, Get, Inject, Req, Res } from '@nestjs/common';
import { toHex } from '@app/contracts';
import { formatReceipt, LedgerFormatError, parseTilePath, TILE_WIDTH } from '@app/ledger';
import type { Hash, Tile } from '@app/ledger';
import { DomainError } from '@app/platform';
import { AnswersBytes, Needs } from '@app/venue';
import type { Request, Response } from 'express';
import { PROFILE } from '../core/tokens.js';
import { CheckpointLog } from './checkpoint-log.js';
import { WitnessPolicies } from './log.types.js';
import { LogTrees } from './log-trees.js';
import { withCosignatures } from './note-text.js';
import { Tiles } from './tiles.js';

const TEXT = 'text/plain; charset=utf-8';
const MUTABLE = 'public, max-age=1, must-revalidate';
/** A partial tile's bytes never change either, but it may go away once the full one is there. */
const PARTIAL = 'public, max-age=86400';
const IMMUTABLE = 'public, max-age=31536000, immutable';
const SEQ = /^(0|[1-9][0-9]{0,14})$/;

/** What stands behind `/log/<origin…>`. */
type Resource =
  | { readonly kind: 'checkpoint' | 'quorum' | 'policy'; readonly origin: string }
  | { readonly kind: 'tile'; readonly origin: string; readonly tile: Tile }
  | { readonly kind: 'proof'; readonly origin: string; readonly seq: number };

/**
 * Public verification: `/log/<origin…>/checkpoint`, `/quorum`, `/policy`, `/tile/…` (C2SP tlog-tiles) and `/proof/<seq>` (C2SP tlog-proof).
 */
@Controller('log')
@Needs('public')
export class LogController {
  constructor(
    private readonly log: CheckpointLog,
    private readonly tiles: Tiles,
    private readonly trees: LogTrees,
    private readonly policies: WitnessPolicies,
    @Inject(PROFILE) private readonly profile: { readonly hash: Hash },
  ) {}

  @Get('*path')
  @AnswersBytes('text/plain', 'A note, a policy or a proof; of a tile its bytes (application/octet-stream).')
  async get(@Req() request: Request, @Res() response: Response): Promise<void> {
    const resource = parseResource(decodeURIComponent(request.path));
    if (resource === null) throw notFound();
    switch (resource.kind) {
      case 'tile':
        return this.#sendTile(response, resource.origin, resource.tile);
      case 'proof': {
        this.#send(response, await this.#proof(resource.origin, resource.seq), TEXT, MUTABLE);
        return;
      }
      case 'policy': {
        this.#send(response, await this.policies.textToFreeze(resource.origin), TEXT, MUTABLE);
        return;
      }
      case 'checkpoint': {
        this.#send(response, await this.#note(resource.origin, false), TEXT, MUTABLE);
        return;
      }
      case 'quorum': {
        this.#send(response, await this.#note(resource.origin, true), TEXT, MUTABLE);
        return;
      }
    }
  }

  async #note(origin: string, isQuorum: boolean): Promise<string> {
    const checkpoint = isQuorum ? await this.log.newestQuorum(origin) : await this.log.newest(origin);
    if (checkpoint === null) throw notFound();
    return withCosignatures(checkpoint);
  }

  async #sendTile(response: Response, origin: string, tile: Tile): Promise<void> {
    const checkpoint = await this.log.newest(origin);
    // Nothing is shown that no checkpoint covers: it could still be rolled back.
    const bytes = checkpoint === null ? null : await this.tiles.bytes(origin, tile, checkpoint.size);
    if (bytes === null) throw notFound();
    this.#send(response, bytes, 'application/octet-stream', tile.width === TILE_WIDTH ? IMMUTABLE : PARTIAL);
  }

  /** A receipt under the newest checkpoint with a quorum that covers the entry, else under the newest. */
  async #proof(origin: string, seq: number): Promise<string> {
    const quorum = await this.log.newestQuorum(origin);
    const checkpoint = quorum !== null && quorum.size > seq ? quorum : await this.log.newest(origin);
    if (checkpoint === null || checkpoint.size <= seq) throw notFound();
    const tree = await this.trees.at(origin, checkpoint.size);
    return formatReceipt({ extra: null, index: seq, proof: tree.inclusionProof(seq, checkpoint.size), note: withCosignatures(checkpoint) });
  }

  /** `send` answers 304 by itself when the client names this ETag. */
  #send(response: Response, body: string | Uint8Array, contentType: string, caching: string): void {
    const bytes = Buffer.from(body);
    response
      .set('Content-Type', contentType)
      .set('Cache-Control', caching)
      .set('ETag', `"${toHex(this.profile.hash(bytes)).slice(0, 32)}"`)
      .set('Access-Control-Allow-Origin', '*')
      .send(bytes);
  }
}

const notFound = (): DomainError => new DomainError('NOT_FOUND', 'There is no such log, checkpoint, tile or entry.');

/** Origins have slashes, so the resource is read from the end. */
export function parseResource(path: string): Resource | null {
  const rest = /^\/log\/(.+)$/.exec(path)?.[1] ?? '';
  for (const kind of ['checkpoint', 'quorum', 'policy'] as const) {
    const origin = rest.slice(0, -kind.length - 1);
    if (origin !== '' && rest === `${origin}/${kind}`) return { kind, origin };
  }
  const [, origin, seq] = /^(.+)\/proof\/([^/]+)$/.exec(rest) ?? [];
  if (origin !== undefined && seq !== undefined) return SEQ.test(seq) ? { kind: 'proof', origin, seq: Number(seq) } : null;
  const at = rest.lastIndexOf('/tile/');
  if (at < 1) return null;
  try {
    return { kind: 'tile', origin: rest.slice(0, at), tile: parseTilePath(rest.slice(at + '/tile/'.length)) };
  } catch (error) {
    if (error instanceof LedgerFormatError) return null;
    throw error;
  }
}
