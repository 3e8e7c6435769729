/** The table of handlers, held against the contract. */
import { join } from 'node:path';
import { OPERATIONS } from '../../src/cashbox/operations';
import { loadContract } from '../../src/contract/contract';
import { ROOT } from '../harness/server';

test('each handler is of an operation that some version describes', () => {
  const contract = loadContract(join(ROOT, 'wsdl'));
  const described = (service: string, operation: string) =>
    contract.versions
      .toReversed()
      .some((version) =>
        contract.findVersion(version)?.services.get(service)?.operations.has(operation),
      );
  const handlers = Object.entries(OPERATIONS).flatMap(([service, operations]) =>
    Object.keys(operations).map((operation) => [service, operation] as const),
  );

  expect(handlers.length).toBeGreaterThan(40);
  expect(handlers.filter(([service, operation]) => !described(service, operation))).toEqual([]);
});
