import {
  type Command,
  type Context,
  type JsonValue,
  type LotEvent,
  type Opening,
  parseCanonical,
  zCommand,
  zContext,
  zOpening,
} from '@app/contracts';
import { z } from 'zod';
import { lotKeyFault } from '../committee/index.js';
import { commitmentOf } from '../lot/index.js';
import { type Accepted, type Asked, type CommandRule, type Decision, firstIssue, refuse, type Refused } from '../kernel/slice.js';
import { type LotState, own } from '../kernel/state.js';
import { guarded, Unseen } from '../kernel/unseen.js';
import { ACTED, eventRule } from './evolve.js';
import { ROOF, SLICES } from './slices.js';

/** What `decide` needs of a signed command: signature and certificate are the pipeline's and the verifier's. */
export interface Submitted {
  readonly command: Command;
  readonly openings: Readonly<Record<string, Opening>>;
  /** Asked by a judge, who need not have been given every secret: `NOT_VISIBLE` when one that he lacks shapes the events. */
  readonly isJudged?: boolean;
}

const COMMANDS: ReadonlyMap<string, CommandRule> = new Map(SLICES.flatMap((slice) => Object.entries(slice.commands)));
export const commandRule = (type: string): CommandRule | undefined => COMMANDS.get(type);
export const commandTypes = (): string[] => [...COMMANDS.keys()];
/** See {@link CommandRule.makes}, with the event that says who acted; null for a command that everybody who acts on it judges whole. */
export function mayMake(type: string): readonly string[] | null {
  const makes = COMMANDS.get(type)?.makes;
  return makes === undefined ? null : [ACTED, ...makes];
}

const zSubmitted = z.object({ command: zCommand, openings: z.record(z.string(), zOpening) });

/**
 * The one way in: what this command makes of this lot, or why not. Pure, and never throws on anything a stranger may send.
 * The caller has checked the signature, that the certificate is bound to the party, and that the id is new.
 */
export function decide(state: LotState, submitted: Submitted, context: Context): Decision {
  const read = zSubmitted.safeParse(submitted);
  if (!read.success) return refuse('MALFORMED', firstIssue(read.error));
  const ctx = zContext.safeParse(context);
  if (!ctx.success) return refuse('MALFORMED', `context ${firstIssue(ctx.error)}`);
  const { command, openings } = read.data;
  const rule = COMMANDS.get(command.type);
  if (rule === undefined) return refuse('UNKNOWN_TYPE', `there is no command ${command.type}`);
  const door = atTheDoor(state, rule, command, ctx.data);
  if (door !== null) return door;
  const opened = openSecrets(state, rule, command, openings, submitted.isJudged === true);
  if (!opened.ok) return opened;
  const asked: Asked<JsonValue> = {
    id: command.id,
    type: command.type,
    step: command.step,
    payload: command.public,
    party: command.actor.party,
    key: command.actor.key ?? null,
    roles: own(state.parties, command.actor.party)?.roles ?? [],
    secrets: command.secrets,
    opened: guarded(opened.values, opened.unseen),
    unseen: opened.unseen,
  };
  try {
    const decision = rule.decide(state, asked, ctx.data, ROOF);
    return decision.ok ? framed(command, rule, decision) : decision;
  } catch (error) {
    if (error instanceof Unseen) return refuse('NOT_VISIBLE', error.message);
    throw error;
  }
}

/** Log, party, role, status, kind of signature and key of the lot, in this order. */
function atTheDoor(state: LotState, rule: CommandRule, command: Command, context: Context): Refused | null {
  if (command.origin !== state.origin || command.lot !== state.lot || command.round !== state.round) {
    return refuse('WRONG_LOG', `this is the log ${state.origin}`);
  }
  if (context.actor.party !== command.actor.party) return refuse('BAD_SIGNATURE', 'the signer is not the party that the command names');
  // The entry that founds a lot names its parties itself; its rule checks that the asker is the agency among them.
  if (state.size > 0) {
    const party = own(state.parties, command.actor.party);
    if (party === undefined) return refuse('NO_PART', `${command.actor.party} has no part in this lot`);
    if (!rule.roles.some((role) => party.roles.includes(role))) return refuse('FORBIDDEN', `only ${rule.roles.join(', ')} may do this`);
  } else if (rule.founds !== true) {
    return refuse('WRONG_STATE', 'the lot has not been created');
  }
  if (!rule.states.includes(state.status)) return refuse('WRONG_STATE', `the lot is ${state.status}; this needs ${rule.states.join(', ')}`);
  if (rule.assurance === 'certificate' && context.actor.assurance !== 'certificate') {
    return refuse('ASSURANCE', 'this is a legal act: the certificate itself must sign it');
  }
  if (rule.assurance === 'node' && context.actor.assurance !== 'node') return refuse('ASSURANCE', 'only a node does this');
  return lotKeyFault(state, command.actor, rule.bindsKey === true);
}

type Opened = { readonly ok: true; readonly values: Readonly<Record<string, JsonValue>>; readonly unseen: ReadonlySet<string> } | Refused;

/** Each secret is declared by the rule, opened (a judge may lack it), fits its commitment, is canonical JSON and fits its schema. */
function openSecrets(
  state: LotState,
  rule: CommandRule,
  command: Command,
  openings: Readonly<Record<string, Opening>>,
  mayLack: boolean,
): Opened {
  const values: Record<string, JsonValue> = {};
  const unseen = new Set<string>();
  for (const name of Object.keys(openings)) {
    if (!Object.hasOwn(command.secrets, name)) return refuse('OPENING_MISMATCH', `the command commits to no secret ${name}`);
  }
  for (const [name, commitment] of Object.entries(command.secrets)) {
    const schema = secretSchema(rule, name);
    if (schema === undefined) return refuse('E_INPUT', `secrets.${name}: not a secret of ${command.type}`);
    const opening = own(openings, name);
    if (opening === undefined) {
      if (!mayLack) return refuse('OPENING_MISMATCH', `the secret ${name} is not opened`);
      unseen.add(name);
      continue;
    }
    const value = readOpening(state, opening, commitment);
    if (value === undefined) return refuse('OPENING_MISMATCH', `the secret ${name} does not fit its commitment`);
    const read = schema.safeParse(value);
    if (!read.success) return refuse('E_INPUT', `secrets.${name}.${firstIssue(read.error)}`);
    values[name] = value;
  }
  for (const [name, schema] of Object.entries(rule.secrets ?? {})) {
    if (name.endsWith('*') || Object.hasOwn(command.secrets, name) || schema.safeParse(undefined).success) continue;
    return refuse('E_INPUT', `secrets.${name}: missing`);
  }
  return { ok: true, values, unseen };
}

function readOpening(state: LotState, opening: Opening, commitment: string): JsonValue | undefined {
  try {
    return commitmentOf(state, opening) === commitment ? parseCanonical(opening.text) : undefined;
  } catch {
    // A salt that is no base64url or a text that is not canonical: it fits nothing, which the caller says.
    return undefined;
  }
}

function secretSchema(rule: CommandRule, name: string): z.ZodType | undefined {
  const schemas = rule.secrets ?? {};
  const exact = own(schemas, name);
  if (exact !== undefined) return exact;
  const prefix = Object.keys(schemas).find((key) => key.endsWith('*') && name.startsWith(key.slice(0, -1)));
  return prefix === undefined ? undefined : own(schemas, prefix);
}

/** Puts the actor before the events, and holds the rule to its own event schemas: an entry no reader can fold is never written. */
function framed(command: Command, { makes }: CommandRule, decision: Accepted): Decision {
  for (const event of decision.events) {
    const rule = eventRule(event.type);
    const isMade = makes?.includes(event.type) ?? true;
    const fault = rule === undefined || !isMade ? 'no event that it may make' : rule.fault(event);
    if (fault !== null) return refuse('INTERNAL', `${command.type} made ${event.type}: ${fault}`);
  }
  const acted: LotEvent = { type: ACTED, party: command.actor.party };
  return { ...decision, events: [acted, ...decision.events] };
}
