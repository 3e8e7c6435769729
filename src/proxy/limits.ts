/** How much of what a proxy has found is kept. */

/** The most calls that differ. */
export const MOST_CALLS = 1000;
