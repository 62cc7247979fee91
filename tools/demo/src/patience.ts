import { RequestError } from '@app/client';

const ATTEMPTS_MAX = 8;
const PAUSE_MS = 300;

/**
 * Asks again when a line broke: reading is harmless to repeat. A play that renders a bid for seconds finds the connections closed that it
 * kept meanwhile.
 */
export async function patiently<T>(read: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await read();
    } catch (error) {
      if (!(error instanceof RequestError) || !error.isPassing || attempt >= ATTEMPTS_MAX) throw error;
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
      // After the timer what the sockets say comes first: one that was closed meanwhile is not taken again.
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
}
