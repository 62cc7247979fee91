import type { HttpClient } from '@app/client';
import { zChallenge, zSession, type Challenge, type Login, type Session } from '@app/contracts';

export const requestChallenge = (http: HttpClient): Promise<Challenge> => http.post('/api/sessions/challenge', {}, zChallenge);
export const createSession = (http: HttpClient, login: Login): Promise<Session> => http.post('/api/sessions', login, zSession);
/** Ends the session at the server. */
export const endSession = (http: HttpClient): Promise<void> => http.remove('/api/sessions/current');
