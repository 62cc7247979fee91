import { zJobPage, zJobView, zProblem } from '@app/contracts';
import { VenueClient } from '@app/client';
import { createPool } from '@app/platform';
import { JobBook, jobId } from '@app/platform/jobs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { Pool } from 'pg';
import { PersonRoleEntity } from '../src/registry/access/person-role.entity.js';
import { INSTALLER, RegistryBook } from '../src/registry/record/registry-book.js';
import { type AppKit, bootApp } from './support/app-kit.js';
import { profile, TestPeople, type TestPerson } from './support/people.js';

const BOOT_MS_MAX = 120_000;
const DEAD = jobId('lot:wake', 'dead');

describe('the jobs of the main venue', () => {
  let kit: AppKit;
  let pool: Pool;
  let supervisor: TestPerson;
  let operator: TestPerson;
  let stranger: TestPerson;

  beforeAll(async () => {
    const people = await TestPeople.create();
    supervisor = await people.person('p-supervisor', 'o-authority');
    operator = await people.person('p-operator', 'o-centre');
    stranger = await people.person('p-stranger', 'o-bidder');
    kit = await bootApp(people);
    pool = createPool({ url: kit.database.url, name: 'jobs-e2e', connectionsMax: 1 });
    await grant(supervisor, 'supervisor');
    await grant(operator, 'operations');
  }, BOOT_MS_MAX);
  afterAll(async () => {
    await pool.end();
    await kit.close();
  });

  const grant = (person: TestPerson, role: string): Promise<unknown> =>
    kit.app
      .get(RegistryBook, { strict: false })
      .change(INSTALLER, (tx) =>
        tx.put(PersonRoleEntity, 'grant', 'grant', [{ subject: `${person.id}/${role}`, row: { personId: person.id, roleId: role } }]),
      );
  const ask = async (person: TestPerson | null, method: string, path: string): Promise<Response> => {
    const token = person === null ? null : (await new VenueClient(kit.url, profile, person.identity).login()).token;
    return fetch(`${kit.url}/api/jobs${path}`, { method, headers: token === null ? {} : { authorization: `Bearer ${token}` } });
  };
  const codeOf = async (answer: Promise<Response>): Promise<string> => zProblem.parse(await (await answer).json()).code;

  it('are shown to whoever may see them, and tried again by whoever may order it; nobody else', async () => {
    await pool.query(
      `INSERT INTO job (id, name, key, payload, state, attempts, run_at, wanted_at, last_code, last_error)
       VALUES ($1, 'lot:wake', 'dead', '{"lot": "of another build"}', 'DEAD', 10, now(), now(), 'INTERNAL', 'the line is dead')`,
      [DEAD],
    );
    expect(await codeOf(ask(null, 'GET', ''))).toBe('UNAUTHENTICATED');
    expect(await codeOf(ask(stranger, 'GET', ''))).toBe('FORBIDDEN');
    const page = zJobPage.parse(await (await ask(supervisor, 'GET', '?state=DEAD')).json());
    expect(page.jobs).toMatchObject([{ id: DEAD, code: 'INTERNAL', error: 'the line is dead', attempts: 10 }]);
    expect(page.queues).toMatchObject([
      { name: 'expert:contact', dead: 0 },
      { name: 'lot:wake', dead: 1 },
      { name: 'registry:import', dead: 0 },
    ]);
    expect(await (await fetch(`${kit.url}/readyz`)).json()).toMatchObject({ status: 'ready', jobs: { dead: 1, silent: [] } });
    expect(await codeOf(ask(supervisor, 'POST', `/${DEAD}/retry`))).toBe('FORBIDDEN');
    expect(zJobView.parse(await (await ask(operator, 'POST', `/${DEAD}/retry`)).json())).toMatchObject({
      id: DEAD,
      state: 'WAITING',
      attempts: 0,
    });
    // It was wanted by another build, and is dead again with the code that says so.
    const isDeadAgain = async (): Promise<boolean> =>
      (await kit.app.get<JobBook>(JobBook, { strict: false }).find(DEAD))?.code === 'JOB_MALFORMED';
    while (!(await isDeadAgain())) await new Promise((resolve) => setTimeout(resolve, 50));
    expect(await codeOf(ask(operator, 'POST', `/${randomUUID()}/retry`))).toBe('NOT_FOUND');
    expect(await codeOf(ask(operator, 'GET', '?before=yesterday'))).toBe('MALFORMED');
    expect(await codeOf(ask(operator, 'GET', '?limit=1000000'))).toBe('MALFORMED');
  });
});
