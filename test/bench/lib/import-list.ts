import type { ListFaultPage, ListImport } from '@app/contracts';
import { zListFaultPage, zListImport } from '@app/contracts';
import { resolve } from 'node:path';
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import type { ChildMemory } from './child.js';
import { startChild } from './child.js';
import type { ImportPlace } from './import-venue.js';

const VENUE = pathToFileURL(resolve('dist/test/bench/lib/import-venue.js'));
/** Of so many lines one lacks the name, and one repeats the person before it. */
export const FAULT_EVERY = 1_000;
const POLL_MS = 250;
const ENDED = ['done', 'refused', 'stopped'];

export interface Imported {
  readonly list: ListImport;
  /** The first page of the report of bad lines. */
  readonly faults: ListFaultPage['items'];
  /** Seconds from the first byte to the end of the job. */
  readonly took: number;
  readonly memory: ChildMemory;
}

/** A list that is written while it is sent. */
function* people(lines: number): Generator<string> {
  yield 'id,name\n';
  for (let index = 0; index < lines; index += 1)
    if (index % FAULT_EVERY === 1) yield `p-${String(index)},\n`;
    else if (index % FAULT_EVERY === 3) yield `p-${String(index - 1)},又一人${String(index)}\n`;
    else yield `p-${String(index)},某人${String(index)}\n`;
}

/** Hands a list of people in at a main venue of its own process, over HTTP, and waits until its job has ended. Needs a build. */
export async function importPeople(lines: number): Promise<Imported> {
  const venue = await startChild<ImportPlace, ChildMemory>(VENUE, []);
  const { url, token } = venue.ready;
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/octet-stream' };
  const get = async (path: string): Promise<unknown> => (await fetch(`${url}/api/registry/imports/${path}`, { headers })).json();
  const begun = performance.now();
  const handed = await fetch(`${url}/api/registry/imports?kind=people&format=csv&name=people.csv`, {
    method: 'POST',
    headers,
    body: Readable.toWeb(Readable.from(people(lines))),
    duplex: 'half',
  });
  let list = zListImport.parse(await handed.json());
  while (!ENDED.includes(list.state)) {
    await sleep(POLL_MS);
    list = zListImport.parse(await get(list.id));
  }
  const took = (performance.now() - begun) / 1_000;
  const faults = zListFaultPage.parse(await get(`${list.id}/faults`)).items;
  return { list, faults, took, memory: await venue.end() };
}
