/** addChildren with as many children as fit, and with one child again and again. */
import type { Attack } from '../attack';
import { counted } from '../sending';
import { call } from '../tenant';

const CHILDREN = 16_000;

const child = (id: string) => `<child><merchantAccountId>${id}</merchantAccountId></child>`;
const parts = (children: string) =>
  `<parent><merchantAccountId>parent</merchantAccountId></parent>${children}`;

export const manyChildren: Attack = {
  name: 'many-children',
  title: `addChildren with ${CHILDREN.toLocaleString('en')} children, and with one child ${CHILDREN.toLocaleString('en')} times`,
  run: async (target) => {
    const others = Array.from({ length: CHILDREN }, (_, n) => child(`c${n}`)).join('');
    const again = child('c0').repeat(CHILDREN);
    return counted([
      await call(target, 'Account', 'addChildren', parts(others)),
      await call(target, 'Account', 'addChildren', parts(again)),
    ]);
  },
};
