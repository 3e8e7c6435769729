/** Whether the server is a counterpart that tests steer. */

/** Force: also on a database that has served as itself. */
export const SIMULATE = ['off', 'on', 'force'] as const;

export type Simulate = (typeof SIMULATE)[number];

/** The header that every reply of a simulation has. */
export const SIMULATION_HEADER = 'X-Latchkey-Simulation';

/** The path that a simulation's control is under; without one, nothing is there. */
export const CONTROL_PATH = '/_latchkey';
