import type { Right } from '@app/contracts';

/** Pages of the administration in the order of their tabs. */
export const ADMIN_PAGES = ['people', 'organisations', 'certificates', 'nodes', 'calendar', 'keys', 'imports', 'changes', 'jobs'] as const;
/** What one must hold to open a page. */
export const needsOf = (page: AdminPage): Right => (page === 'jobs' ? 'jobs:read' : 'registry:read');
export type AdminPage = (typeof ADMIN_PAGES)[number];
