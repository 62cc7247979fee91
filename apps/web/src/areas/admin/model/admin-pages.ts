/** Pages of the administration in the order of their tabs. */
export const ADMIN_PAGES = ['people', 'organisations', 'certificates', 'nodes', 'calendar', 'keys', 'imports', 'changes'] as const;
export type AdminPage = (typeof ADMIN_PAGES)[number];
