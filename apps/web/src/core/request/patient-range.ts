import { type HttpClient, RequestError } from '@app/client';

/** A range that does not come is asked for again after these pauses. */
const PAUSES_MS = [300, 1_000, 3_000, 6_000] as const;

/**
 * The bytes `from` to before `to` of a file, asked for again while the venue cannot be reached. `current`: says that nobody waits any more; a
 * signal that took the place of an aborted one goes on in its stead. Throws what {@link HttpClient.range} throws.
 */
export async function patientRange(
  http: Pick<HttpClient, 'range'>,
  path: string,
  span: { readonly from: number; readonly to: number },
  current: () => AbortSignal,
): Promise<Uint8Array> {
  for (let attempt = 0; ; attempt += 1) {
    const signal = current();
    try {
      return await http.range(path, span, signal);
    } catch (error) {
      if (signal.aborted && current() !== signal) continue;
      const pause = PAUSES_MS[attempt];
      if (!(error instanceof RequestError) || !error.isPassing || pause === undefined || signal.aborted) throw error;
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }
}
