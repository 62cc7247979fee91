import type { types } from 'mediasoup';

export interface MediaWorkersOptions {
  /** How many worker processes; one per core is enough. Zero switches media off: `createRouter` then refuses. */
  readonly count: number;
  /** UDP and TCP port of the first worker, the next one for the second and so on; 0 takes free ones. */
  readonly port: number;
  readonly host: string;
  /** The address that browsers reach this machine at. */
  readonly announcedAddress: string;
  readonly onEvent?: (event: MediaWorkersEvent) => void;
}

/** `died`: the process ended by itself; its rooms are closed and must be made again. `restarted`: another one took its place. */
export type MediaWorkersEvent =
  { readonly kind: 'died'; readonly pid: number; readonly reason: string } | { readonly kind: 'restarted'; readonly pid: number };

/** A room's router and the listening server of the worker it lives on. Closed with the worker; close the router to leave earlier. */
export interface MediaRoom {
  readonly router: types.Router;
  readonly webRtcServer: types.WebRtcServer;
}
