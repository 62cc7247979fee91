import { equalBytes } from '@app/contracts';
import { LedgerFormatError } from '../errors.js';
import type { Hash } from '../tree/hash.js';
import type { CheckpointNote } from './checkpoint.js';
import type { NoteSuite, VerifierKey } from './keys.js';
import { formatVerifierKey, parseVerifierKey, SIGNATURE_TYPE } from './keys.js';
import { verifySignature } from './signature.js';

/** Bounds of what is read, at least what tlog-policy recommends to support. */
const POLICY_ITEMS_MAX = 256;
const POLICY_SIZE_MAX = 256 * 1024;
const NONE = 'none';

interface PolicyLog {
  readonly key: VerifierKey;
  readonly url: string | null;
}
export interface PolicyWitness extends PolicyLog {
  readonly name: string;
}
interface PolicyGroup {
  readonly name: string;
  /** How many of the members must have witnessed. */
  readonly threshold: number;
  readonly members: readonly string[];
}

/** C2SP tlog-policy: whose checkpoints count, and which cosigners together suffice. Groups only name what stands before them. */
export interface Policy {
  readonly logs: readonly PolicyLog[];
  readonly witnesses: readonly PolicyWitness[];
  readonly groups: readonly PolicyGroup[];
  /** Name of a witness or group; null for `quorum none`. */
  readonly quorum: string | null;
}

const fail = (line: number, reason: string): never => {
  throw new LedgerFormatError('tlog-policy', line > 0 ? `line ${line}: ${reason}` : reason);
};

/** Reads a policy file. Throws {@link LedgerFormatError} that names the line. */
export function parsePolicy(hash: Hash, text: string): Policy {
  // eslint-disable-next-line no-control-regex -- tlog-policy: the only control characters are tab and newline
  if (text.length > POLICY_SIZE_MAX || /[\u0000-\u0008\u000b-\u001f\u007f]/.test(text))
    return fail(0, 'a forbidden character, or too long');
  if (text !== '' && !text.endsWith('\n')) return fail(0, 'the last line is not ended');
  const reader = new PolicyReader(hash);
  text.split('\n').forEach((line, index) => {
    const words = line.split(/[ \t]+/).filter((word) => word !== '');
    if (words[0]?.startsWith('#') === false) reader.read(index + 1, words);
  });
  return reader.policy();
}

/** Collects the lines of one policy file; used once. */
class PolicyReader {
  readonly #hash: Hash;
  readonly #logs: PolicyLog[] = [];
  readonly #witnesses: PolicyWitness[] = [];
  readonly #groups: PolicyGroup[] = [];
  readonly #names = new Set<string>();
  readonly #members = new Set<string>();
  #quorum: string | null | undefined;

  constructor(hash: Hash) {
    this.#hash = hash;
  }

  read(line: number, [keyword, ...words]: readonly string[]): void {
    if (this.#logs.length + this.#names.size >= POLICY_ITEMS_MAX) fail(line, 'too many items');
    switch (keyword) {
      case 'log':
        this.#log(line, words);
        break;
      case 'witness':
        this.#witness(line, words);
        break;
      case 'group':
        this.#group(line, words);
        break;
      case 'quorum':
        this.#setQuorum(line, words);
        break;
      default:
        fail(line, 'unknown keyword');
    }
  }

  policy(): Policy {
    const quorum = this.#quorum;
    if (quorum === undefined) return fail(0, 'no quorum line');
    return { logs: this.#logs, witnesses: this.#witnesses, groups: this.#groups, quorum };
  }

  #log(line: number, [key, url, ...more]: readonly string[]): void {
    if (key === undefined || more.length > 0) return fail(line, 'not: log <vkey> [<url>]');
    const parsed = this.#key(line, key);
    if (parsed.type !== SIGNATURE_TYPE.note) return fail(line, 'not the key of a log');
    if (this.#logs.some((log) => equalBytes(log.key.publicKey, parsed.publicKey))) return fail(line, 'the same key twice');
    this.#logs.push({ key: parsed, url: url ?? null });
  }

  #witness(line: number, [name, key, url, ...more]: readonly string[]): void {
    if (name === undefined || key === undefined || more.length > 0) return fail(line, 'not: witness <name> <vkey> [<url>]');
    const parsed = this.#key(line, key);
    if (parsed.type !== SIGNATURE_TYPE.cosignature) return fail(line, 'not the key of a witness');
    if (this.#witnesses.some((known) => equalBytes(known.key.publicKey, parsed.publicKey))) return fail(line, 'the same key twice');
    this.#define(line, name);
    this.#witnesses.push({ name, key: parsed, url: url ?? null });
  }

  #group(line: number, [name, rule, ...members]: readonly string[]): void {
    if (name === undefined || rule === undefined || members.length === 0) return fail(line, 'not: group <name> all|any|<k> <name>...');
    for (const member of members) {
      if (!this.#names.has(member)) fail(line, 'a member that is not defined before');
      // tlog-policy: a name is a member at most once, so that a witness counts in one way only.
      if (this.#members.has(member)) fail(line, 'a member twice');
      this.#members.add(member);
    }
    const threshold = rule === 'all' ? members.length : rule === 'any' ? 1 : /^[1-9][0-9]{0,3}$/.test(rule) ? Number(rule) : 0;
    if (threshold < 1 || threshold > members.length) return fail(line, 'a threshold out of range');
    this.#define(line, name);
    this.#groups.push({ name, threshold, members });
  }

  #setQuorum(line: number, [name, ...more]: readonly string[]): void {
    if (this.#quorum !== undefined || name === undefined || more.length > 0) return fail(line, 'not exactly one: quorum <name>');
    if (name !== NONE && !this.#names.has(name)) return fail(line, 'a quorum that is not defined before');
    this.#quorum = name === NONE ? null : name;
  }

  #define(line: number, name: string): void {
    if (name === NONE || this.#names.has(name)) fail(line, 'a name twice');
    this.#names.add(name);
  }

  #key(line: number, text: string): VerifierKey {
    try {
      return parseVerifierKey(this.#hash, text);
    } catch {
      return fail(line, 'a bad key');
    }
  }
}

/** Writes a policy in one form. Reading it back gives the same policy. */
export function formatPolicy(hash: Hash, policy: Policy): string {
  const end = (url: string | null): string => (url === null ? '' : ` ${url}`);
  const lines = [
    ...policy.logs.map(({ key, url }) => `log ${formatVerifierKey(hash, key)}${end(url)}`),
    ...policy.witnesses.map(({ name, key, url }) => `witness ${name} ${formatVerifierKey(hash, key)}${end(url)}`),
    ...policy.groups.map(({ name, threshold, members }) => `group ${name} ${threshold} ${members.join(' ')}`),
    `quorum ${policy.quorum ?? NONE}`,
  ];
  const text = `${lines.join('\n')}\n`;
  parsePolicy(hash, text);
  return text;
}

/** Whether these witnesses (by their names in the policy) together make the quorum. */
export function isQuorum(policy: Policy, witnessed: ReadonlySet<string>): boolean {
  const reached = new Set(policy.witnesses.map(({ name }) => name).filter((name) => witnessed.has(name)));
  for (const { name, threshold, members } of policy.groups) {
    if (members.filter((member) => reached.has(member)).length >= threshold) reached.add(name);
  }
  return policy.quorum === null || reached.has(policy.quorum);
}

/**
 * The latest second such that the cosignatures of it and later ones make the quorum, of those that state none after `until`; null when
 * these make none.
 */
export function quorumSince(policy: Policy, witnesses: PolicyVerdict['witnesses'], until: number): number | null {
  const counted = new Set<string>();
  for (const { name, timestamp } of witnesses.filter((each) => each.timestamp <= until).sort((a, b) => b.timestamp - a.timestamp)) {
    counted.add(name);
    if (isQuorum(policy, counted)) return timestamp;
  }
  return null;
}

/** Fewest witnesses that can make the policy's quorum; 0 when none is asked. */
export function quorumSize(policy: Policy): number {
  const cost = new Map(policy.witnesses.map(({ name }) => [name, 1]));
  for (const { name, threshold, members } of policy.groups) {
    const cheapest = members.map((member) => cost.get(member) ?? 0).sort((a, b) => a - b);
    cost.set(
      name,
      cheapest.slice(0, threshold).reduce((sum, each) => sum + each, 0),
    );
  }
  return policy.quorum === null ? 0 : (cost.get(policy.quorum) ?? 0);
}

/** What a policy says of a checkpoint. */
export interface PolicyVerdict {
  /** A log of the policy with this origin signed it. */
  readonly log: boolean;
  /** Witnesses whose cosignature verifies, with the time each states in seconds since 1970. */
  readonly witnesses: readonly { readonly name: string; readonly timestamp: number }[];
  readonly quorum: boolean;
}

/**
 * Checks a checkpoint by a policy. When the policy lists no logs, the application must have checked the log's signature
 * itself and `log` is false. A bad signature counts as none: it can be added by anybody who passes the note on.
 */
export function evaluateCheckpoint(suite: NoteSuite, policy: Policy, note: CheckpointNote): PolicyVerdict {
  const signedBy = (key: VerifierKey) =>
    note.signatures.map((signature) => verifySignature(suite, note.text, signature, key)).find((result) => result !== null);
  const log = policy.logs.some(({ key }) => key.keyName === note.checkpoint.origin && signedBy(key) !== undefined);
  const witnesses = policy.witnesses.flatMap(({ name, key }) => {
    const timestamp = signedBy(key)?.timestamp;
    return typeof timestamp === 'number' ? [{ name, timestamp }] : [];
  });
  return { log, witnesses, quorum: isQuorum(policy, new Set(witnesses.map(({ name }) => name))) };
}
