import type { LotsNotice, LotsServerToClient } from '@app/contracts';
import type { Namespace } from 'socket.io';

/** The connections that follow lots, in rooms; each stands alone in a room of its own id. */
export interface Crowd {
  /** The notice is encoded once, whoever many stand in these rooms. */
  emit<N extends LotsNotice>(rooms: readonly string[], name: N, notice: Parameters<LotsServerToClient[N]>[0]): void;
  join(id: string, room: string): void;
  leave(id: string, room: string): void;
}

/** The sockets of this process: every process of a venue tells its own. */
export class SocketCrowd implements Crowd {
  constructor(private readonly namespace: Namespace) {}

  emit<N extends LotsNotice>(rooms: readonly string[], name: N, notice: Parameters<LotsServerToClient[N]>[0]): void {
    if (rooms.length > 0) this.namespace.local.to([...rooms]).emit(name, notice);
  }
  join(id: string, room: string): void {
    void this.namespace.sockets.get(id)?.join(room);
  }
  leave(id: string, room: string): void {
    void this.namespace.sockets.get(id)?.leave(room);
  }
}
