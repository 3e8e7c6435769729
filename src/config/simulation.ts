/** Whether the server is a counterpart that tests steer. */
import { SIMULATE, type Simulate } from '../base/simulate';
import type { Setting } from './setting';

export interface SimulationSettings {
  readonly simulate: Simulate;
}

export const SIMULATION_SETTINGS: {
  readonly [Name in keyof SimulationSettings]: Setting<SimulationSettings[Name]>;
} = {
  simulate: {
    variable: 'LATCHKEY_SIMULATE',
    flag: '--simulate [on|off|force]',
    description:
      'be a counterpart that tests steer under /_latchkey; force: with a database that has served without it',
    default: 'off',
    parse: (text) => SIMULATE.find((value) => value === text),
    expected: 'on, off or force',
  },
};
