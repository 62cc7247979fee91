import { resolve } from 'node:path';

export type ProcessName = 'main' | 'sub-1' | 'sub-2' | 'supervision' | 'postgres' | 'redis';
export type VenueName = Exclude<ProcessName, 'postgres' | 'redis'>;

/** A whole installation of its own: see scripts/lib/system.mjs, which `npm start` runs too. */
export interface RunningSystem {
  readonly home: string;
  readonly urls: Readonly<Record<VenueName, string>>;
  readonly pids: Readonly<Record<ProcessName, number>>;
  readonly restarts: Readonly<Record<ProcessName, number>>;
  readonly databases: Readonly<Record<VenueName, { owner: string; app: string; eraser: string }>>;
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
  readonly home: string;
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
  startSystem(options: SystemOptions): Promise<RunningSystem>;
}

/** Starts a private system on free ports; needs a build (`npm run build`). Call from the project's folder, as npm and jest do. */
export async function startSystem(options: SystemOptions): Promise<RunningSystem> {
  const { startSystem: start } = (await import(resolve('scripts/lib/system.mjs'))) as SystemModule;
  return start(options);
}
