/** The merchant that is meant where a control call's path, or the key of a call, names none. */
export const DEMO = 'demo';
