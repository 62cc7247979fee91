import { RequestError } from '@app/client';
import type { Outcome } from '@app/contracts';
import { signWith } from '@app/sealing';
import type { ProcessName } from '@app/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Installation } from './lib/installation.js';
import { startInstallation } from './lib/installation.js';
import type { Accepted } from './lib/storm.js';
import { accepted, sign, Storm, submitUntilAnswered } from './lib/storm.js';
import { anotherHistory, convictions, evidenceAt, present, witnessed } from './lib/two-histories.js';
import { examine, recorded } from './lib/whole.js';

const START_MS_MAX = 240_000;
const CASE_MS_MAX = 300_000;
/** Commands of each of three senders in a case, and connections of each. */
const EACH = 50;
const CONNECTIONS = 4;
const CUT_MS = 60_000;
const SILENCE_MS = 8_000;

interface Fault {
  readonly name: string;
  /** The process that ends by it; undefined when none does. */
  readonly killed?: ProcessName;
  break(installation: Installation): void;
  repair(installation: Installation): Promise<void>;
}

const killed = (name: ProcessName): Fault => ({
  name: `kill -9 of ${name}`,
  killed: name,
  break: ({ system }) => system.kill(name),
  repair: ({ system }) => system.ready(name),
});
const after = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

const FAULTS: readonly Fault[] = [
  killed('sub-1'),
  killed('main'),
  killed('postgres'),
  killed('redis'),
  {
    name: 'a line from sub-1 that goes silent',
    break: ({ line }) => line.silence(),
    repair: async ({ line }) => {
      await after(SILENCE_MS);
      line.mend();
    },
  },
];

let sut: Installation;
/** Every command that was ever accepted here: no later fault may take one back. */
const everAccepted = new Map<string, Accepted>();

const remember = (outcomes: ReadonlyMap<string, Accepted>): void => outcomes.forEach((outcome, id) => everAccepted.set(id, outcome));
const say = (text: string): void => void process.stdout.write(`      ${text}\n`);

beforeAll(async () => {
  sut = await startInstallation();
}, START_MS_MAX);
afterAll(async () => {
  // Nothing to stop after a start that failed: it has cleaned up, and why it failed is what must be read.
  await (sut as Installation | undefined)?.stop();
}, 60_000);

describe('a fault in the middle of submissions loses no accepted command and repeats none', () => {
  it.each(FAULTS)(
    '$name',
    async (fault) => {
      const storm = await Storm.prepare(sut.stage, Object.values(sut.senders), EACH, fault.name);
      storm.start(CONNECTIONS);
      await storm.reached(Math.floor(storm.commands.length / 3));
      const broken = performance.now();
      const restarts = { ...sut.system.restarts };
      fault.break(sut);
      const open = storm.commands.length - storm.answered;
      await fault.repair(sut);
      const outcomes = await storm.done();
      const seconds = ((performance.now() - broken) / 1_000).toFixed(1);
      remember(outcomes);
      const { wrong, size } = await examine(sut, everAccepted);
      say(`${fault.name}: ${open} commands open, all answered ${seconds} s later, ${JSON.stringify(storm.detours)}; log of ${size}`);
      expect(open).toBeGreaterThan(0);
      // Nothing else fell over with it.
      const fell = Object.entries(sut.system.restarts).filter(([name, count]) => count !== restarts[name as ProcessName]);
      expect(fell.map(([name]) => name)).toEqual(fault.killed === undefined ? [] : [fault.killed]);
      expect(outcomes.size).toBe(storm.commands.length);
      expect(wrong).toEqual([]);
    },
    CASE_MS_MAX,
  );
});

describe('a line that is cut', () => {
  it(
    'keeps what is submitted at the site (已暂存) and delivers it once, in order per actor, when it is back',
    async () => {
      const { line, stage, senders } = sut;
      const storm = await Storm.prepare(stage, [senders.sub1], EACH, 'while the line is cut');
      const elsewhere = await Storm.prepare(stage, [senders.sub2, senders.main], EACH, 'while another line is cut');
      line.cut();
      await after(500);
      const kept: string[] = [];
      for (const signed of storm.commands) kept.push(await codeOf(senders.sub1.actor.client.submit(signed, 1)));
      elsewhere.start(CONNECTIONS);
      // The other venues go on meanwhile.
      remember(await elsewhere.done());
      const meanwhile = new Set((await recorded(sut)).map(({ id }) => id));
      await after(CUT_MS);
      line.mend();
      const mended = performance.now();
      storm.start(CONNECTIONS);
      const outcomes = await storm.done();
      const seconds = ((performance.now() - mended) / 1_000).toFixed(1);
      remember(outcomes);
      const { wrong } = await examine(sut, everAccepted);
      say(`cut of ${CUT_MS / 1_000} s: ${storm.commands.length} kept, all answered ${seconds} s after the line was back`);
      expect(new Set(kept)).toEqual(new Set(['QUEUED']));
      expect(storm.commands.filter(({ command }) => meanwhile.has(command.id))).toEqual([]);
      const order = storm.commands.map(({ command }) => outcomes.get(command.id)?.seq ?? -1);
      expect(order).toEqual(order.toSorted((a, b) => a - b));
      expect(wrong).toEqual([]);
    },
    CASE_MS_MAX,
  );
});

describe('deliveries that are repeated, reordered or doubled', () => {
  it(
    'gives every copy of a command its first answer, whatever door and order the copies come in',
    async () => {
      const { stage, senders } = sut;
      const { commands } = await Storm.prepare(stage, [senders.sub1], EACH, 'copies');
      const doors = [senders.sub1, senders.sub1, senders.main].map(({ actor }) => actor.client);
      // SEC-15: a site where they are not seated keeps none of them.
      expect(await codeOf(senders.sub2.actor.client.submit(commands[0]!))).toBe('NOT_SEATED');
      // Their own site gets all of them twice, and the main venue once, each time in another order: forwards, backwards, and from the middle.
      const orders = [commands, commands.toReversed(), [...commands.slice(EACH / 2), ...commands.slice(0, EACH / 2)]];
      const answers = await Promise.all(
        doors.flatMap((door, index) => (orders[index] ?? []).map(async (signed) => (await submitUntilAnswered(door, signed)).outcome)),
      );
      const byId = Map.groupBy(answers, ({ id }) => id);
      remember(new Map([...byId].map(([id, [first]]) => [id, accepted(first!)])));
      const { wrong } = await examine(sut, everAccepted);
      expect(byId.size).toBe(EACH);
      for (const copies of byId.values()) expect(copies).toEqual([copies[0], copies[0], copies[0]]);
      expect(wrong).toEqual([]);
    },
    CASE_MS_MAX,
  );

  it(
    'decides a command once that comes over two connections at the same moment, and refuses its id with another content',
    async () => {
      const { stage, senders } = sut;
      const { client } = senders.main.actor;
      const { commands } = await Storm.prepare(stage, [senders.main], EACH, 'twins');
      const twins = await Promise.all(commands.map((signed) => Promise.all([client.submit(signed), client.submit(signed)])));
      remember(new Map(twins.map(([{ outcome }]) => [outcome.id, accepted(outcome)])));
      for (const [one, other] of twins) expect(one.outcome).toEqual(other.outcome);
      const [first] = commands;
      const { command, ...other } = await sign(stage, senders.main, 'another content');
      const stolen = { ...command, id: first!.command.id };
      const forged = { ...other, command: stolen, signature: await signWith(senders.main.actor.identity.signer, 'command', stolen) };
      const codes = [await codeOf(client.submit(forged)), await codeOf(submitUntilAnswered(senders.sub1.actor.client, forged))];
      const { wrong } = await examine(sut, everAccepted);
      // The site does not keep what nobody seated there has signed; the main venue knows the id.
      expect(codes).toEqual(['ID_REUSED', 'NOT_SEATED']);
      expect(wrong).toEqual([]);
    },
    CASE_MS_MAX,
  );
});

describe('a main venue that shows two histories', () => {
  it(
    'is refused by a running witness, which keeps both signed heads: they convict the log before anybody',
    async () => {
      const known = await witnessed(sut, 'sub-2');
      const { size } = known.checkpoint;
      const before = await evidenceAt(sut, 'sub-2');
      const fork = await anotherHistory(sut, size + 3, size - 4);
      // The same size with another root; fewer entries than were cosigned; more, but not the same from the middle on.
      const heads = [fork.note(size), fork.note(size - 2), fork.note(size + 3)] as const;
      const answers = [
        await present(sut, 'sub-2', { old: size, proof: [], note: heads[0] }),
        await present(sut, 'sub-2', { old: size - 5, proof: fork.tree.consistencyProof(size - 5, size - 2), note: heads[1] }),
        await present(sut, 'sub-2', { old: size, proof: fork.tree.consistencyProof(size, size + 3), note: heads[2] }),
      ];
      expect(before).toEqual([]);
      expect(answers).toEqual(['422 another root of the same size', `409 ${size}`, expect.stringMatching(/^422 /)]);
      const kept = await convictions(sut, 'sub-2', 2);
      expect(kept.map(({ proof }) => proof.kind)).toContain('fork');
      for (const { known: one, other, proof, convicts } of kept) {
        expect(convicts).toBe(true);
        expect([proof.first, proof.second].sort()).toEqual([one, other].sort());
      }
      expect(kept.map(({ other }) => other).sort()).toEqual([heads[0], heads[1]].sort());
      expect((await evidenceAt(sut, 'sub-2')).map(({ other }) => other)).toEqual(expect.arrayContaining([...heads]));
      expect((await witnessed(sut, 'sub-2')).text).toBe(known.text);
      // The honest history goes on, with this witness too.
      remember(await honestStorm());
      expect((await examine(sut, everAccepted)).wrong).toEqual([]);
    },
    CASE_MS_MAX,
  );
});

async function honestStorm(): Promise<Map<string, Accepted>> {
  const storm = await Storm.prepare(sut.stage, Object.values(sut.senders), 2, 'after the attempt');
  storm.start(1);
  return storm.done();
}

/** Code of a refusal, at the door or by the rules. */
async function codeOf(work: Promise<{ readonly outcome: Outcome }>): Promise<string> {
  try {
    const { outcome } = await work;
    return outcome.ok ? 'accepted' : outcome.code;
  } catch (error) {
    if (error instanceof RequestError) return error.code;
    throw error;
  }
}
