import { isLoopback } from '@app/contracts';
import { Injectable } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { Server } from 'node:net';
import { VenuePlace } from '../venue-place.js';

/** Names of this machine for itself: whoever works at it may call a venue that is bound to it by any of them. */
const LOOPBACK = ['127.0.0.1', 'localhost', '[::1]'];

/** The addresses (scheme, host, port) under which people reach this venue: the public one, and on a loopback the one it is bound to. */
@Injectable()
export class OwnAddresses {
  constructor(
    private readonly place: VenuePlace,
    private readonly adapter: HttpAdapterHost,
  ) {}

  has(address: string): boolean {
    return address === new URL(this.place.publicUrl).origin || this.#bound().includes(address);
  }

  #bound(): string[] {
    const bound = (this.adapter.httpAdapter.getHttpServer() as Server).address();
    if (bound === null || typeof bound === 'string' || !isLoopback(bound.address)) return [];
    return LOOPBACK.map((name) => `http://${name}:${bound.port}`);
  }
}
