/** Which Node.js is refused. */
import { requireNode } from '../../src/base/package';

test.each(['22.14.0', '22.23.3', '24.0.0', '26.10.0'])('Node.js %s → is used', (found) => {
  expect(() => requireNode(found)).not.toThrow();
});

test.each(['22.13.1', '22.9.0', '20.20.2'])('Node.js %s → is refused', (found) => {
  const text = `Node.js 22.14 or later is needed; this is ${found}`;
  expect(() => requireNode(found)).toThrow(text);
});
