import type { HttpClient } from '@app/client';

/** Ends the session at the server. */
export const endSession = (http: HttpClient): Promise<void> => http.remove('/api/sessions/current');
