import { zChallenge, zSession, type Challenge, type Login, type Session } from '@app/contracts';
import { post, remove } from '../request/http.js';

export const requestChallenge = (): Promise<Challenge> => post('/api/sessions/challenge', {}, zChallenge);
export const createSession = (login: Login): Promise<Session> => post('/api/sessions', login, zSession);
/** Ends the session at the server. */
export const endSession = (): Promise<void> => remove('/api/sessions/current');
