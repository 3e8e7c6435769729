/**
 * Two stacks read every class of versions between the known ones, and make calls whose parameters
 * differ from version to version.
 */
import { join } from 'node:path';
import { loadContract } from '../../src/contract/contract';
import { ROOT } from '../harness/server';
import { isInstalled, run, startDemoServer, testWith } from './scenario';

const FOLDER = join(ROOT, 'test', 'clients');
const PYTHON = '/usr/bin/python3';
const VERSIONS = ['5.0', '9.0', '15.0', '25.0'];

const contract = loadContract(join(ROOT, 'wsdl'));

const STACKS = [
  {
    name: 'Python, zeep',
    command: [PYTHON, 'between.py'],
    there: testWith(isInstalled([PYTHON, '-c', 'import zeep']), 'python3-zeep'),
  },
  {
    name: 'PHP',
    command: ['php', '-d', 'display_errors=1', '-d', 'error_reporting=-1', 'between.php'],
    there: testWith(isInstalled(['php', '-m'], 'soap'), 'php-cli php-soap'),
  },
];

describe.each(VERSIONS.map((version) => [version]))('%s', (version) => {
  for (const { name, command, there } of STACKS) {
    there(`${name}: reads every class, starts an AutoBill and cancels it`, async () => {
      const server = await startDemoServer();
      try {
        const services = [...(contract.findVersion(version)?.services.values() ?? [])];
        const environment = {
          LATCHKEY_URL: server.url,
          LATCHKEY_VERSION: version,
          LATCHKEY_CLASSES: services.map((service) => service.name).join(' '),
        };
        const [program = '', ...args] = command;
        const lines = await run(program, args, environment, FOLDER);
        expect(lines).toEqual([
          ...services.map((service) => `${service.name} ${service.operations.size}`),
          `update: 200 Active ${Number(version) < 9 ? 'True' : 'False'}`,
          'cancel: 200 Cancelled',
          'fetchByVid: 501 Transaction.fetchByVid is not implemented.',
        ]);
      } finally {
        await server.stop();
      }
    });
  }
});
