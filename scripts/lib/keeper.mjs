import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, statSync } from 'node:fs';
import { openLog } from './postgres.mjs';
import { endProcess, startTicks } from './processes.mjs';
import { Trouble } from './trouble.mjs';

const BACKOFF_MS_MIN = 200;
const BACKOFF_MS_MAX = 10_000;
/** A process that lived this long was well: the next restart does not wait longer than the first. */
const WELL_AFTER_MS = 20_000;

/**
 * Keeps one process running: starts it, waits until it is ready, and starts it again, a little later each time, when it ends
 * by itself or is killed. Children get a process group of their own, so that Ctrl-C in the terminal reaches only us and the
 * order of stopping stays ours.
 */
export class Keeper {
  #child = null;
  #recorded = { pid: 0, ticks: null };
  #stopping = false;
  #backoffMs = BACKOFF_MS_MIN;
  #timer = null;
  #readyNow = null;
  #restarting = null;

  /** @param {{name: string, prepared: object, logFile: string, say?: (line: string) => void, onChange?: () => void}} options */
  constructor({ name, prepared, logFile, say = () => undefined, onChange = () => undefined }) {
    this.name = name;
    this.prepared = prepared;
    this.logFile = logFile;
    this.say = say;
    this.onChange = onChange;
    this.restarts = 0;
  }

  get recorded() {
    return this.#recorded;
  }
  get pid() {
    return this.#recorded.pid;
  }

  /** Starts and resolves when the process is ready; rejects when it ends before, with the end of its log. */
  async start() {
    this.#stopping = false;
    this.#readyNow = this.#spawnOnce();
    await this.#readyNow;
  }

  /** Resolves when the process, after a restart under way, is ready again. */
  async ready() {
    await this.#readyNow;
  }

  async #spawnOnce() {
    this.prepared.beforeStart?.();
    const log = openLog(this.logFile);
    const logSize = statSync(this.logFile).size;
    const child = spawn(this.prepared.file, this.prepared.args, {
      ...this.prepared.spawnOptions,
      stdio: ['ignore', log.fd, log.fd],
      detached: true,
    });
    log.close();
    this.#child = child;
    const ended = new Promise((resolve) => {
      child.once('error', (error) => resolve(error.message));
      child.once('exit', (code, signal) => resolve(signal ?? `code ${code}`));
    });
    this.#recorded = { pid: child.pid ?? 0, ticks: child.pid === undefined ? null : startTicks(child.pid) };
    this.onChange();
    const startedMs = Date.now();
    let isReady = false;
    void ended.then((how) => {
      if (this.#child === child) this.#child = null;
      if (isReady && !this.#stopping) this.#restartLater(how, Date.now() - startedMs);
    });
    try {
      await Promise.race([
        this.prepared.ready(),
        ended.then((how) => {
          throw new Trouble(`${this.name} ended at its start (${how}): ${this.#lastError(logSize)}.`, `Read ${this.logFile}.`);
        }),
      ]);
    } catch (error) {
      // It may hang rather than have ended: two of a kind must never run.
      await endProcess(this.#recorded, 'SIGKILL');
      throw error;
    }
    isReady = true;
    if (this.#child !== child && !this.#stopping) this.#restartLater('at once', 0);
  }

  #restartLater(how, livedMs) {
    if (livedMs > WELL_AFTER_MS) this.#backoffMs = BACKOFF_MS_MIN;
    const waitMs = this.#backoffMs;
    this.#backoffMs = Math.min(this.#backoffMs * 2, BACKOFF_MS_MAX);
    this.restarts += 1;
    this.say(`${this.name} ended (${how}); starting it again in ${(waitMs / 1000).toFixed(1)} s`);
    this.#restarting = new Promise((resolve) => {
      this.#timer = setTimeout(() => {
        this.#spawnOnce().then(
          () => {
            this.say(`${this.name} is back (pid ${this.pid})`);
            resolve();
          },
          (error) => {
            if (!this.#stopping) this.#restartLater(error.message, 0);
            resolve(this.#restarting);
          },
        );
      }, waitMs);
    });
    this.#readyNow = this.#restarting;
  }

  /** The first line of this attempt's log that looks like an error, for whoever does not read logs. */
  #lastError(from) {
    const lines = readFileSync(this.logFile).subarray(from).toString().split('\n');
    return (lines.find((line) => /^\w*Error\b|FATAL|^# Fatal|:fatal:/i.test(line)) ?? 'it said nothing').trim().slice(0, 300);
  }

  /** Ends the process in its own way and does not start it again. */
  async stop(patienceMs = 15_000) {
    this.#stopping = true;
    clearTimeout(this.#timer);
    await endProcess(this.#recorded, this.prepared.stopSignal, patienceMs);
    this.#child = null;
  }

  /** What a power cut does: SIGKILL. The keeper notices and starts it again; {@link ready} waits for that. */
  kill(signal = 'SIGKILL') {
    const child = this.#child;
    if (child === null) return;
    this.#readyNow = once(child, 'exit').then(() => this.#restarting);
    process.kill(this.#recorded.pid, signal);
  }
}
