import type { VenueClientToServer, VenueServerToClient } from '@app/contracts';
import { VENUE_NAMESPACE } from '@app/contracts';
import { Needs, Problems } from '@app/venue';
import { Inject } from '@nestjs/common';
import type { OnGatewayInit } from '@nestjs/websockets';
import { WebSocketGateway } from '@nestjs/websockets';
import type { Namespace } from 'socket.io';
import { VenuesService } from './venues.service.js';

/** Edge of the lines: hands each socket to the service, or refuses it with a documented code. A site's signed hello is its key. */
@WebSocketGateway({ namespace: VENUE_NAMESPACE })
@Needs('public')
export class VenuesGateway implements OnGatewayInit<Namespace<VenueClientToServer, VenueServerToClient>> {
  constructor(
    @Inject(VenuesService) private readonly venues: VenuesService,
    @Inject(Problems) private readonly problems: Problems,
  ) {}

  afterInit(namespace: Namespace<VenueClientToServer, VenueServerToClient>): void {
    this.venues.start();
    namespace.on('connection', (socket) => {
      try {
        this.venues.connect(socket);
      } catch (error) {
        // A site whose hello is refused comes back by itself; this tells its operator why.
        socket.emit('venue:refused', this.problems.tell(error, 'a line could not be opened'));
        socket.disconnect(true);
      }
    });
  }
}
