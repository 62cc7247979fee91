import type { CanActivate, ExecutionContext } from '@nestjs/common';
import { Inject, Injectable } from '@nestjs/common';
import { loginNeeded, sessionOfHeader } from '@app/venue';
import { DomainError } from '@app/platform';
import type { Request } from 'express';
import { SessionStore } from '../session/session.store.js';
import type { SessionFacts } from '../session/session.types.js';

/** `public`: anybody, with more to see for whoever is logged in. `session`: a login is needed; what he sees is the lot's word. */
export type Permission = 'public' | 'session';

/** Every endpoint and who may call it. A route that is missing here is refused (checked by a test). */
export const PERMISSIONS: Readonly<Record<string, Permission>> = {
  'GET /healthz': 'public',
  'GET /readyz': 'public',
  'GET /api/installation': 'public',
  'GET /api/venues': 'public',
  'POST /api/sessions/challenge': 'public',
  'POST /api/sessions': 'public',
  'DELETE /api/sessions/current': 'session',
  'GET /api/me/lots': 'session',
  'GET /api/lots': 'public',
  'GET /api/lots/:lot/entries': 'public',
  'GET /api/lots/:lot/head': 'public',
  'GET /api/lots/:lot/archive': 'public',
  // A command carries its own signature: a login adds nothing to it.
  'POST /api/lots/:lot/commands': 'public',
  'POST /api/platform/commands': 'public',
  'GET /api/receipts/:id': 'public',
  'HEAD /api/blobs/:sha': 'session',
  'PATCH /api/blobs/:sha': 'session',
  'GET /api/blobs/:sha': 'session',
  'GET /api/demo/identities': 'public',
};
/** Addresses of other modules that authenticate by their own means or are public by nature (tiles, checkpoints). */
export const OPEN_PREFIXES: readonly string[] = ['/log/', '/witness/', '/api/logs/', '/api/registry/'];

/** A request with whom it comes from. */
export type SessionRequest = Request & { session?: SessionFacts };

@Injectable()
export class PermissionGuard implements CanActivate {
  constructor(@Inject(SessionStore) private readonly sessions: SessionStore) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (context.getType() !== 'http') return true;
    const request = context.switchToHttp().getRequest<SessionRequest>();
    const route = routeOf(request);
    const permission =
      PERMISSIONS[`${request.method} ${route}`] ?? (OPEN_PREFIXES.some((prefix) => route.startsWith(prefix)) ? 'public' : undefined);
    if (permission === undefined) throw new DomainError('FORBIDDEN', `${request.method} ${route} has no permission`);
    const session = await sessionOfHeader(this.sessions, request.headers.authorization);
    if (session !== null) request.session = session;
    else if (permission === 'session') throw loginNeeded();
    return true;
  }
}

function routeOf(request: Request): string {
  const route: unknown = request.route;
  if (typeof route === 'object' && route !== null && 'path' in route && typeof route.path === 'string') return route.path;
  return request.path;
}
