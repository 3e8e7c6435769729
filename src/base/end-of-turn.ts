/**
 * What is to be done when a turn of the event loop has read all that had come: of everything together by one
 * immediate, for each costs a call that is alone as much as a short look-up.
 * Decided: docs/decisions/turns.md
 */

let acts: Array<() => void> = [];

/** Acts when the system has nothing more to report in the present turn, in the order of asking. */
export function atEndOfTurn(act: () => void): void {
  if (acts.length === 0) setImmediate(endTurn);
  acts.push(act);
}

function endTurn(): void {
  const due = acts;
  // What they ask for in turn comes at the end of the next one.
  acts = [];
  for (const act of due) act();
}
