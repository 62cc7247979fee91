import type { AreaRoute } from '../core/routes.js';
import { adminRoutes } from './admin/routes.js';
import { agencyRoutes } from './agency/routes.js';
import { bidRoutes } from './bid/routes.js';
import { deskRoutes } from './desk/routes.js';
import { hallRoutes } from './hall/routes.js';
import { lotRoutes } from './lot/routes.js';
import { publicRoutes } from './public/routes.js';
import { roomRoutes } from './room/routes.js';
import { watchRoutes } from './watch/routes.js';

/** Every page, in the order of the rail. */
export const ROUTES: readonly AreaRoute[] = [
  ...lotRoutes,
  ...agencyRoutes,
  ...hallRoutes,
  ...bidRoutes,
  ...deskRoutes,
  ...roomRoutes,
  ...watchRoutes,
  ...publicRoutes,
  ...adminRoutes,
];
