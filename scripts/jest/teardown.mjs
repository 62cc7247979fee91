/** Ends what setup.mjs started in this process; the second tier's call finds nothing left. */
export default async function teardown() {
  const services = globalThis.gongpingServices;
  globalThis.gongpingServices = undefined;
  if (services === undefined) return;
  delete process.env.GONGPING_TEST_SERVICES;
  await services.stop();
}
