import { z } from 'zod';
import { zRight } from './access.js';
import { zHead, zLotSummary, zVenueLine, type Problem } from './api.js';
import { zAnswer, type SignedCommand } from './command.js';
import { zSentEntry } from './entry.js';
import { zName } from './json.js';
import { ROOM_MESSAGES, ROOM_NOTICES } from './rooms.js';

/** Every ack: data, or a documented refusal. An ack is always answered. */
export type Ack<T> = (reply: { ok: true; data: T } | ({ ok: false } & Problem)) => void;

const ROUND_MAX = 99;
const zLotRound = { lot: zName, round: z.int().min(1).max(ROUND_MAX) };

/** `?round=` of a lot's addresses; the first one when it is left out. */
export const zRoundQuery = z.coerce.number().int().min(1).max(ROUND_MAX).default(1);
/** `?from=`: sequence number of the first entry that is wanted. */
export const zFromQuery = z.coerce.number().int().min(0).default(0);

/** A signed command ({@link SignedCommand}) as it came: whoever decides or keeps it reads it by its own schema and says why it cannot. */
export const zSentCommand = z.looseObject({}).describe('A signed command (libs/contracts/src/command.ts).');

/** What a client may send in namespace `/lots`: the schema of each payload, and of its ack's data. */
export const LOTS_MESSAGES = {
  /**
   * Entries from `from` on, each cut to what the asker may see; first those that are there, then every new one. Whoever comes back after a cut
   * says how many secret parts (`x:`, `d:`) of the entries before `from` it has: when it may see others by now, it is told `lot:refold`.
   */
  'lot:watch': {
    payload: z.strictObject({ ...zLotRound, from: z.int().min(0), secrets: z.int().min(0).optional() }),
    data: z.object({ size: z.int() }),
  },
  'lot:leave': { payload: z.strictObject(zLotRound), data: z.null() },
  'command:submit': { payload: zSentCommand, data: zAnswer },
  /** A head of this moment under cosignatures of this moment, for a party that keeps a key: it comes as `head:changed`. */
  'head:want': { payload: z.strictObject(zLotRound), data: z.null() },
  ...ROOM_MESSAGES,
} as const;
type LotsMessage = keyof typeof LOTS_MESSAGES;
export type Watch = z.infer<(typeof LOTS_MESSAGES)['lot:watch']['payload']>;
export type HeadWish = z.infer<(typeof LOTS_MESSAGES)['head:want']['payload']>;
export type Leave = z.infer<(typeof LOTS_MESSAGES)['lot:leave']['payload']>;

type Payload<M extends LotsMessage> = M extends 'command:submit' ? SignedCommand : z.input<(typeof LOTS_MESSAGES)[M]['payload']>;
/** Namespace `/lots`: browsers and the demonstration. `auth: { token }` in the handshake; without it the public's view. */
export type LotsClientToServer = {
  [M in LotsMessage]: (payload: Payload<M>, ack: Ack<z.output<(typeof LOTS_MESSAGES)[M]['data']>>) => void;
};

/** What a venue tells there, each by its schema. */
const LOTS_NOTICES = {
  'entries:appended': z.object({ ...zLotRound, entries: z.array(zSentEntry) }),
  /** The viewer's rights changed: drop what is folded and watch again from 0. */
  'lot:refold': z.object(zLotRound),
  /** A command that a site kept (`QUEUED`) has been decided by the main venue. */
  'command:answered': zAnswer,
  /** The certificate of this session is good no more: the socket closes. */
  'session:ended': z.object({ code: z.string(), message: z.string() }),
  /** A right was given or taken; these are in force now. */
  'session:changed': z.object({ rights: z.array(zRight) }),
  'lots:changed': zLotSummary,
  'venues:changed': z.array(zVenueLine),
  'head:changed': zHead.extend(zLotRound),
  ...ROOM_NOTICES,
} as const;
export type LotsNotice = keyof typeof LOTS_NOTICES;
export type LotsServerToClient = { [N in LotsNotice]: (notice: z.output<(typeof LOTS_NOTICES)[N]>) => void };
