import { configuredPort, freePort } from './ports.mjs';

/** The venues of the embedded installation, in the order they start. */
export const VENUES = [
  { id: 'main', role: 'main', app: 'main-venue', database: 'gongping_main' },
  { id: 'sub-1', role: 'sub', app: 'sub-venue', database: 'gongping_sub_1' },
  { id: 'sub-2', role: 'sub', app: 'sub-venue', database: 'gongping_sub_2' },
  { id: 'supervision', role: 'supervision', app: 'sub-venue', database: 'gongping_supervision' },
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
