import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROUTES } from '../src/areas/routes.js';
import { holds } from '../src/core/identity/rights.js';
import { exampleRoutes } from './example-area/routes.js';

const at = (...path: string[]): string => readFileSync(join(import.meta.dirname, ...path), 'utf8');

describe('a new page, as docs/extending.md says', () => {
  it('is the file that the document shows', () => {
    const shown = at('example-area', 'routes.ts')
      .replace('../../src/core/', '../../core/')
      .replace('./bookings-view.js', './views/bookings-view.vue');
    expect(at('..', '..', '..', 'docs', 'extending.md')).toContain(shown);
  });

  it('joins the others without a clash, and opens for whoever holds what it needs', () => {
    const names = [...ROUTES, ...exampleRoutes].map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    const [page] = exampleRoutes;
    expect([null, { rights: [] }, { rights: ['registry:read' as const] }].map((session) => holds(session, page!.meta.needs))).toEqual([
      false,
      false,
      true,
    ]);
  });

  it('is shown by its own component, loaded when it is opened', async () => {
    const load = exampleRoutes[0]!.component as () => Promise<{ default: { name?: string } }>;
    expect((await load()).default.name).toBe('BookingsView');
  });
});
