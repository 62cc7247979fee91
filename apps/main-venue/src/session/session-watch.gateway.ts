import type { LotsClientToServer, LotsServerToClient } from '@app/contracts';
import type { Admitted } from '@app/venue';
import { Needs } from '@app/venue';
import { Clock, type Logger } from '@app/platform';
import { Inject, type OnModuleDestroy } from '@nestjs/common';
import { type OnGatewayInit, WebSocketGateway } from '@nestjs/websockets';
import type { DefaultEventsMap, Namespace } from 'socket.io';
import { LOGGER } from '../core/tokens.js';
import { RegistryFeed } from '../registry/live/registry-feed.js';
import { RegistryView, type RegistryNews } from '../registry/live/registry-view.js';

type LotsNamespace = Namespace<LotsClientToServer, LotsServerToClient, DefaultEventsMap, Admitted>;

/**
 * Brings changes of the registry to the sockets that are open: one whose certificate has gone is told so and closed, one whose rights
 * changed is told the new ones. Requests and messages need no telling: each asks the registry anew.
 */
@WebSocketGateway({ namespace: '/lots' })
@Needs('public')
export class SessionWatch implements OnGatewayInit<LotsNamespace>, OnModuleDestroy {
  #stop: (() => void) | null = null;

  constructor(
    private readonly feed: RegistryFeed,
    private readonly registry: RegistryView,
    private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  afterInit(namespace: LotsNamespace): void {
    this.#stop = this.feed.onChanged((news) => {
      this.#tell(namespace, news).catch((error: unknown) => {
        this.logger.warn({ err: error }, 'session: open sockets could not be looked at');
      });
    });
  }

  onModuleDestroy(): void {
    this.#stop?.();
  }

  async #tell(namespace: LotsNamespace, { changed }: RegistryNews): Promise<void> {
    const isAbout = (...kinds: string[]): boolean => changed === null || changed.some(({ kind }) => kinds.includes(kind));
    const [certificates, rights] = [isAbout('certificate', 'authority'), isAbout('grant', 'role')];
    if (!certificates && !rights) return;
    for (const socket of namespace.sockets.values()) {
      const { session } = socket.data;
      if (session === null) continue;
      const standing = await this.registry.standing(session.fingerprint, this.clock.instant());
      if (!standing.ok) {
        socket.emit('session:ended', { code: standing.code, message: standing.message });
        socket.disconnect(true);
      } else if (rights) socket.emit('session:changed', { rights: [...(await this.registry.rightsOf(session.person.id))] });
    }
  }
}
