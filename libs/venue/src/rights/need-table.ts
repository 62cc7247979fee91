import type { Need } from '@app/contracts';
import { RequestMethod, type INestApplicationContext, type Type } from '@nestjs/common';
import { MetadataScanner, ModulesContainer, Reflector } from '@nestjs/core';
import { RESPONSES } from '../http/answers.js';
import { NEEDS } from './needs.js';

/** Keys under which Nest's decorators keep what they were given. */
const PATH_METADATA = 'path';
const METHOD_METADATA = 'method';
const GATEWAY_OPTIONS = 'websockets:gateway_options';
const MESSAGE = 'message';

/** A route (`GET /api/lots`) or a message (`/lots lot:watch`) and what it needs; null where nobody said. */
export interface NeedRow {
  readonly place: string;
  readonly need: Need | null;
  /** Whether a route says what it answers (`@Answers`); a message says it in its map. */
  readonly isAnswered: boolean;
}

/** Every route and every message of an application, from the controllers and gateways that its modules hold, sorted by place. */
export function needTable(app: INestApplicationContext): NeedRow[] {
  const rows: NeedRow[] = [];
  for (const module of app.get(ModulesContainer).values()) {
    for (const { metatype } of module.controllers.values()) if (typeof metatype === 'function') rows.push(...routesOf(metatype as Type));
    for (const { metatype } of module.providers.values())
      if (typeof metatype === 'function' && Reflect.hasMetadata(GATEWAY_OPTIONS, metatype)) rows.push(...messagesOf(metatype as Type));
  }
  return rows.sort((a, b) => (a.place < b.place ? -1 : 1));
}

function routesOf(type: Type): NeedRow[] {
  const base = pathsOf(Reflect.getMetadata(PATH_METADATA, type));
  return handlersOf(type).flatMap((handler) => {
    const method: unknown = Reflect.getMetadata(METHOD_METADATA, handler);
    if (typeof method !== 'number') return [];
    const paths = pathsOf(Reflect.getMetadata(PATH_METADATA, handler));
    const word = RequestMethod[method] ?? 'ALL';
    return base.flatMap((a) =>
      paths.map((b) => ({
        place: `${word} /${[a, b].filter((part) => part !== '').join('/')}`,
        need: needOf(type, handler),
        isAnswered: Reflect.hasMetadata(RESPONSES, handler),
      })),
    );
  });
}

/** A gateway without messages has one row: what a connection needs. */
function messagesOf(type: Type): NeedRow[] {
  const { namespace } = Reflect.getMetadata(GATEWAY_OPTIONS, type) as { readonly namespace?: unknown };
  const where = typeof namespace === 'string' ? namespace : '/';
  const messages = handlersOf(type).flatMap((handler) => {
    const message: unknown = Reflect.getMetadata(MESSAGE, handler);
    return typeof message === 'string' ? [{ place: `${where} ${message}`, need: needOf(type, handler), isAnswered: true }] : [];
  });
  return messages.length > 0 ? messages : [{ place: `${where} (connection)`, need: needOf(type, type), isAnswered: true }];
}

type Handler = Parameters<typeof Reflect.getMetadata>[1];

function handlersOf(type: Type): Handler[] {
  const prototype = type.prototype as Record<string, unknown>;
  return new MetadataScanner().getAllMethodNames(prototype).flatMap((name) => {
    const handler = prototype[name];
    return typeof handler === 'function' ? [handler] : [];
  });
}

const needOf = (type: Type, handler: Handler): Need | null =>
  new Reflector().getAllAndOverride<Need | undefined>(NEEDS, [handler as Type, type]) ?? null;

const pathsOf = (metadata: unknown): string[] =>
  (Array.isArray(metadata) ? metadata : [metadata]).map((path) => String(path ?? '').replace(/^\/+|\/+$/g, ''));
