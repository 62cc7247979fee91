import type { NodePut, RegisteredNode } from '@app/contracts';
import { zVenueRole } from '@app/contracts';
import { parseVerifierKey } from '@app/ledger';
import { DomainError } from '@app/platform';
import type { CryptoProfile } from '@app/sealing';
import { decodePublicKey } from '@app/sealing';
import { Inject, Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { PROFILE } from '../../core/tokens.js';
import type { Author } from '../record/registry-book.js';
import { RegistryBook, versionsOf } from '../record/registry-book.js';
import { VenueEntity } from './venue.entity.js';

/** Venues (会场) as nodes: where each is reached, and the keys that speak for it. They are few: no pages. */
@Injectable()
export class NodesService {
  constructor(
    @InjectRepository(VenueEntity) private readonly venues: Repository<VenueEntity>,
    @Inject(PROFILE) private readonly profile: CryptoProfile,
    private readonly book: RegistryBook,
  ) {}

  async all(): Promise<RegisteredNode[]> {
    const rows = await this.venues.find({
      relations: { rooms: { seats: true } },
      order: { id: 'ASC', rooms: { id: 'ASC', seats: { id: 'ASC' } } },
    });
    const versions = await versionsOf(
      this.venues.manager,
      'venue',
      rows.map(({ id }) => id),
    );
    return rows.map(({ id, name, role, city, url, nodeKey, witnessKey, rooms }) => ({
      id,
      name,
      role: zVenueRole.parse(role),
      city,
      url,
      nodeKey,
      witnessKey,
      rooms: rooms.map((room) => ({ id: room.id, name: room.name, seats: room.seats.map((seat) => ({ id: seat.id, name: seat.name })) })),
      version: versions.get(id) ?? 0,
    }));
  }

  /**
   * Registers a node or replaces its keys: the old key signs nothing from then on. Throws E_INPUT (a key that cannot be read, a second
   * main venue), E_CHANGED_MEANWHILE.
   */
  async put(author: Author, id: string, { basis, ...node }: NodePut): Promise<RegisteredNode> {
    this.#checkKeys(node);
    await this.book.change(author, async (tx) => {
      const venues = tx.repository(VenueEntity);
      await tx.expect('venue', id, await venues.existsBy({ id }), basis);
      const main = await venues.findOneBy({ role: 'main' });
      if (main !== null && (main.id === id) !== (node.role === 'main'))
        throw new DomainError('E_INPUT', `role: the main venue of this installation is ${main.id}.`);
      await tx.put(VenueEntity, 'put', 'venue', [{ subject: id, row: { id, ...node } }]);
    });
    const registered = (await this.all()).find((candidate) => candidate.id === id);
    if (registered === undefined) throw new DomainError('NOT_FOUND', `There is no node ${id}.`);
    return registered;
  }

  #checkKeys({ nodeKey, witnessKey }: Pick<NodePut, 'nodeKey' | 'witnessKey'>): void {
    if (decodePublicKey(nodeKey)?.kind !== 'node') throw new DomainError('E_INPUT', 'nodeKey: it is no public key that signs for a node.');
    if (witnessKey === null) return;
    try {
      parseVerifierKey(this.profile.hash, witnessKey);
    } catch (cause) {
      throw new DomainError('E_INPUT', `witnessKey: ${cause instanceof Error ? cause.message : 'it cannot be read'}.`, { cause });
    }
  }
}
