import type { LotsClientToServer, LotsServerToClient } from '@app/contracts';
import { type CancelTimer, Clock } from '@app/platform';
import type { OnModuleDestroy } from '@nestjs/common';
import { type OnGatewayInit } from '@nestjs/websockets';
import type { DefaultEventsMap, Namespace } from 'socket.io';
import { Problems } from '../problems/problems.js';
import { Needs } from '../rights/needs.js';
import { RightsSource } from '../rights/rights-source.js';
import { VenueGateway } from '../sockets/venue-gateway.js';
import type { Admitted } from './asker.js';
import { SessionBook, type SessionNews } from './session-book.js';
import { Sessions } from './sessions.js';

type LotsNamespace = Namespace<LotsClientToServer, LotsServerToClient, DefaultEventsMap, Admitted>;

/** Whether the session of an open socket is over is looked at this often, and at least twice within the idle time. */
const SESSIONS_LOOKED_AT_MS = 30_000;

/**
 * Brings what changes of sessions to the sockets that are open: whoever logged out, whose certificate has gone or who is not seated any
 * more is closed, and whose rights changed is told the new ones. Requests and messages need no telling: each asks anew. A socket whose
 * session is over, by its time or because nobody used it, is closed as well.
 */
@VenueGateway('/lots')
@Needs('public')
export class SessionWatch implements OnGatewayInit<LotsNamespace>, OnModuleDestroy {
  #stop: (() => void) | null = null;
  #look: CancelTimer | null = null;
  #isOver = false;

  constructor(
    private readonly book: SessionBook,
    private readonly sessions: Sessions,
    private readonly rights: RightsSource,
    private readonly clock: Clock,
    private readonly problems: Problems,
  ) {}

  afterInit(namespace: LotsNamespace): void {
    this.#lookLater(namespace);
    this.#stop = this.book.onNews((news) => {
      this.#tell(namespace, news).catch((error: unknown) => {
        this.problems.note(error, 'open sockets could not be looked at', {});
      });
    });
  }

  onModuleDestroy(): void {
    this.#stop?.();
    this.#look?.();
    this.#look = null;
    this.#isOver = true;
  }

  #lookLater(namespace: LotsNamespace): void {
    this.#look = this.clock.after(Math.min(SESSIONS_LOOKED_AT_MS, this.book.idleMs / 2), () => {
      this.#endIdle(namespace)
        .catch((error: unknown) => {
          this.problems.note(error, 'sessions of open sockets could not be looked at', {});
        })
        .finally(() => {
          if (!this.#isOver) this.#lookLater(namespace);
        });
    });
  }

  async #endIdle(namespace: LotsNamespace): Promise<void> {
    for (const socket of namespace.sockets.values()) {
      const token: unknown = socket.handshake.auth['token'];
      if (socket.data.session === null || typeof token !== 'string') continue;
      const { isUsed = false } = socket.data;
      socket.data.isUsed = false;
      if ((await this.sessions.find(token, isUsed)) !== null) continue;
      socket.emit('session:ended', {
        code: 'UNAUTHENTICATED',
        message: 'The session is over: it was not used for a while, or its day has passed.',
      });
      socket.disconnect(true);
    }
  }

  async #tell(namespace: LotsNamespace, news: SessionNews): Promise<void> {
    for (const socket of namespace.sockets.values()) {
      const { session } = socket.data;
      if (session === null) continue;
      if (news.kind === 'ended') {
        // Who logs out knows; another window of theirs has a session of its own.
        const token: unknown = socket.handshake.auth['token'];
        if (typeof token === 'string' && this.sessions.keyOf(token) === news.key) socket.disconnect(true);
        continue;
      }
      const standing = await this.book.standing(session, this.clock.instant());
      if (!standing.ok) {
        socket.emit('session:ended', { code: standing.code, message: standing.message });
        socket.disconnect(true);
      } else if (news.rights) socket.emit('session:changed', { rights: [...(await this.rights.rightsOf(session.person.id))] });
    }
  }
}
