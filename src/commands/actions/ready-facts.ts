/** Facts that a server reports once it is ready. */
import { CONTROL_PATH } from '../../base/simulate';
import type { RunningServer } from '../../main';

/** The facts of a server that is ready; `--json` prints them. */
export type ReadyFacts = Awaited<ReturnType<typeof factsOf>>;

/** Looks them up. */
export async function factsOf(server: RunningServer) {
  const { url, madeDatabase, isSimulation, findDemoAccess } = server;
  const { login, password, apiKey } = await findDemoAccess();
  return {
    url,
    wsdl: `${url}/22.0/Account.wsdl`,
    endpoint: `${url}/soap.pl`,
    login,
    password,
    api: `${url}/v1`,
    docs: `${url}/v1/docs`,
    apiKey,
    ...(isSimulation ? { simulation: `${url}${CONTROL_PATH}` } : {}),
    madeDatabase,
  };
}
