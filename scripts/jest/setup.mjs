import { startServices } from '../lib/services.mjs';

/** Jest calls this once per project (tier); the first call starts the services that all tiers of the run share. */
export default async function setup() {
  if (process.env.GONGPING_TEST_SERVICES !== undefined) return;
  const services = await startServices();
  // Workers are started after this and inherit the environment; libs/testing reads it.
  process.env.GONGPING_TEST_SERVICES = JSON.stringify(services.facts);
  globalThis.gongpingServices = services;
}
