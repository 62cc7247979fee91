import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

export type ProcessName = 'main' | 'sub-1' | 'sub-2' | 'supervision' | 'postgres' | 'redis';
export type VenueName = Exclude<ProcessName, 'postgres' | 'redis'>;

/** A whole installation of its own: see scripts/lib/system.mjs, which `npm start` runs too. */
export interface RunningSystem {
  readonly home: string;
  readonly urls: Readonly<Record<VenueName, string>>;
  readonly pids: Readonly<Record<ProcessName, number>>;
  readonly restarts: Readonly<Record<ProcessName, number>>;
  readonly databases: Readonly<Record<VenueName, { owner: string; app: string; eraser?: string }>>;
  readonly redisUrl: string;
  logFile(name: ProcessName): string;
  /** SIGKILL; the process is started again by itself. `ready` resolves when it answers. */
  kill(name: ProcessName): void;
  ready(name: ProcessName): Promise<void>;
  /** Stops one process and leaves it stopped until `startOne`. */
  stopOne(name: ProcessName): Promise<void>;
  startOne(name: ProcessName): Promise<void>;
  stop(): Promise<void>;
  /** Removes the stopped system's folder. */
  erase(): void;
}

export interface SystemOptions {
  /** Where a stopped system was, to start it again; a new folder when there is none. */
  readonly home?: string;
  readonly ports?: Readonly<Record<ProcessName, number>>;
  readonly quiet?: boolean;
  readonly fsync?: boolean;
  /** Makes the demonstration lot after the start. */
  readonly seed?: boolean;
  /** Variables for every process, besides those of the configuration. */
  readonly env?: Readonly<Record<string, string>>;
  /** Variables for one venue's process, by its id; they come last. */
  readonly venueEnv?: Partial<Record<VenueName, Readonly<Record<string, string>>>>;
}

interface SystemModule {
  startSystem(options: SystemOptions & { readonly home: string; readonly isPrivate: true }): Promise<RunningSystem>;
}
interface RunRecordModule {
  eraseHome(home: string): void;
}

const LOG_LINES_TOLD = 5;

/**
 * Starts a private system on free ports; needs a build (`npm run build`). Call from the project's folder, as npm and jest do.
 * A start that fails leaves neither processes nor a folder, and says what its logs said last. When the test's own process is
 * killed the system goes with it.
 */
export async function startSystem(options: SystemOptions = {}): Promise<RunningSystem> {
  const { startSystem: start } = (await import(resolve('scripts/lib/system.mjs'))) as SystemModule;
  const home = options.home ?? mkdtempSync(join(tmpdir(), 'gongping-system-'));
  try {
    // Tests play the rules as they stand, not those of the last release.
    return await start({ ...options, env: { FOUNDING_RULES: 'next', ...options.env }, home, isPrivate: true });
  } catch (error) {
    const logs = lastLines(join(home, 'logs'));
    const { eraseHome } = (await import(resolve('scripts/lib/run-record.mjs'))) as RunRecordModule;
    eraseHome(home);
    throw new Error(`the system did not start: ${error instanceof Error ? error.message : String(error)}\n${logs}`, { cause: error });
  }
}

/** Ends a system and removes its folder; does nothing after a start that failed, whose own error is the one to read. */
export async function endSystem(system: RunningSystem | undefined): Promise<void> {
  if (system === undefined) return;
  try {
    await system.stop();
  } finally {
    system.erase();
  }
}

function lastLines(folder: string): string {
  try {
    return readdirSync(folder)
      .map((name) => `${name}:\n${readFileSync(join(folder, name), 'utf8').trimEnd().split('\n').slice(-LOG_LINES_TOLD).join('\n')}`)
      .join('\n');
  } catch {
    return 'it wrote no logs';
  }
}
