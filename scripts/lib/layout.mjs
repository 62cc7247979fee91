import { loginsOf } from './databases.mjs';
import { configuredPort, freePort } from './ports.mjs';

/** A site erases nothing: it has no login for that. */
const venueOf = (id, role, database) =>
  role === 'main'
    ? { id, role, app: 'main-venue', database, logins: loginsOf(database, ['owner', 'app', 'eraser']) }
    : { id, role, app: 'sub-venue', database, logins: loginsOf(database) };

/** The venues of the embedded installation, in the order they start. */
export const VENUES = [
  venueOf('main', 'main', 'gongping_main'),
  venueOf('sub-1', 'sub', 'gongping_sub_1'),
  venueOf('sub-2', 'sub', 'gongping_sub_2'),
  venueOf('supervision', 'supervision', 'gongping_supervision'),
];

/** What listens where by default, and the variable that moves it. */
export const PORTS = {
  main: { port: 7100, variable: 'GONGPING_MAIN_PORT' },
  'sub-1': { port: 7101, variable: 'GONGPING_SUB_1_PORT' },
  'sub-2': { port: 7102, variable: 'GONGPING_SUB_2_PORT' },
  supervision: { port: 7103, variable: 'GONGPING_SUPERVISION_PORT' },
  postgres: { port: 7154, variable: 'GONGPING_POSTGRES_PORT' },
  redis: { port: 7163, variable: 'GONGPING_REDIS_PORT' },
};

/** Ports from the environment, or the defaults. */
export const configuredPorts = () =>
  Object.fromEntries(Object.entries(PORTS).map(([name, { port, variable }]) => [name, configuredPort(variable, port)]));

export async function freePorts() {
  const ports = {};
  for (const name of Object.keys(PORTS)) ports[name] = await freePort();
  return ports;
}
