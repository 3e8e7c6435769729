/**
 * Writes down what time alone has changed: of entitlements, and of the AutoBills that give them. An AutoBill starts
 * before what it gives, and ends after it.
 * Decided: docs/decisions/feed.md, docs/decisions/work.md
 */
import { TIME } from '../base/work';
import { nextChange } from '../entitlements/course';
import type { EntitlementState } from '../entitlements/entitlement';
import { readSourceId } from '../entitlements/source-id';
import type { StoredAutoBill } from '../store/auto-bills';
import type { DueEntitlement, Eventually, UnitOfWork } from '../store/store';
import { UnitNote } from '../store/unit-note';
import { type CourseStep, type DueWork, listCourseSteps, recordCourseStep } from './record-course';

/**
 * The entitlements that are brought up to date in one turn of the event loop: look-ups, and calls that are committed with
 * them, wait for as long.
 */
const STEP = 50;

/** The most that a unit of work does where no other waits for it, in entitlements. */
const MOST = 300;

/** What an AutoBill costs, in entitlements. */
const AUTO_BILL = 5;

/**
 * Writes down all of a merchant that time alone started or ended until now, dated when it happened: a line in the
 * ledger for each entitlement, an event for each AutoBill; some hundreds at most.
 * @param timeZone the IANA zone on whose calendar periods are counted
 * @param now default: the unit's moment
 * @returns whether that was all: ledger and feed are then complete up to now
 */
export async function recordDue(
  unit: UnitOfWork,
  timeZone: string,
  now = unit.dueUntil(),
): Promise<boolean> {
  for (let done = 0; ;) {
    const autoBills = await unit.autoBills.listDue(now, STEP / AUTO_BILL);
    const [first] = autoBills;
    // Before an AutoBill's own change comes all that changed earlier; at that moment, the AutoBill decides.
    const until = first?.dueAt === undefined ? now : first.dueAt - 1;
    if (await unit.recordDueBatch(until, STEP)) {
      if (!first) return true;
      for (const { id } of autoBills) await recordCourse(unit, id, { now, timeZone });
    }
    done += STEP;
    if ((await unit.givesWay()) || done >= MOST) return false;
  }
}

/**
 * Writes down what is due of an AutoBill and of its account.
 * @param id its row
 * @returns the AutoBill as it is kept now
 */
export async function recordCourse(
  unit: UnitOfWork,
  id: number,
  work: DueWork,
): Promise<StoredAutoBill | undefined> {
  const known = await unit.autoBills.find(id);
  if (!known) return undefined;
  const changed = await recordDueOf(unit, known.accountId, work);
  let autoBill = changed ? ((await unit.autoBills.find(id)) ?? known) : known;
  for (const step of await listCourseSteps(unit, autoBill, work)) {
    autoBill = await recordCourseStep(unit, autoBill, step, work);
  }
  return autoBill;
}

/** The entitlements of an account that a unit of a call brings up to date itself: some tens of milliseconds. */
export const MOST_OF_CALL = 1000;

/** Units that leave more than that to units before them. */
const leaving = new UnitNote<true>();

/** More is due of an account than a unit of a call brings up to date. */
export class MuchIsDue extends Error {}

/** Has a unit throw MuchIsDue where it would bring up to date more of an account than a call should. */
export function leaveMuchThatIsDue(unit: UnitOfWork): void {
  leaving.set(unit, true);
}

/**
 * Writes down what time alone changed of an account's entitlements until a moment, and of the AutoBills that gave them.
 * @returns whether there was anything
 * @throws MuchIsDue in a unit that leaves much
 */
export function recordDueOf(
  unit: UnitOfWork,
  accountId: number,
  work: DueWork,
): Eventually<boolean> {
  const listed = unit.listDueOf(accountId, leaving.get(unit) ? MOST_OF_CALL : undefined);
  // With every change, and nearly always nothing.
  if (!(listed instanceof Promise)) return recordListed(unit, listed, work);
  return listed.then((known) => recordListed(unit, known, work));
}

function recordListed(
  unit: UnitOfWork,
  listed: readonly DueEntitlement[],
  work: DueWork,
): Eventually<boolean> {
  if (listed.length > MOST_OF_CALL && leaving.get(unit)) throw new MuchIsDue();
  const due = listed.filter(({ dueAt }) => dueAt <= work.now);
  return due.length > 0 && recordSteps(unit, due, work);
}

async function recordSteps(
  unit: UnitOfWork,
  due: readonly DueEntitlement[],
  work: DueWork,
): Promise<true> {
  const autoBills = await findGivers(unit, due);
  const steps: DueStep[] = [...due, ...secondSteps(due, work.now)].map(lineStep);
  for (const autoBill of autoBills.values()) {
    const courses = await listCourseSteps(unit, autoBill, work);
    for (const course of courses) steps.push(courseStep(autoBill.VID, course));
  }
  // Of one moment and rank, what was listed first comes first.
  steps.sort((one, other) => one.at - other.at || one.rank - other.rank);
  for (const { line, course } of steps) {
    if (line) await recordLine(unit, line, planOf(autoBills, line));
    const autoBill = course && autoBills.get(course.VID);
    if (autoBill) {
      autoBills.set(course.VID, await recordCourseStep(unit, autoBill, course, work));
      await unit.pause(AUTO_BILL);
    }
  }
  return true;
}

/** One thing that is due: a line of an entitlement, or a step of an AutoBill's course. */
interface DueStep {
  /** UTC milliseconds. */
  readonly at: number;
  /** Of what happens at one moment the lowest comes first. */
  readonly rank: number;
  readonly line?: DueEntitlement;
  readonly course?: CourseStep & { readonly VID: string };
}

function lineStep(line: DueEntitlement): DueStep {
  return { at: line.dueAt, rank: 1, line };
}

function courseStep(VID: string, course: CourseStep): DueStep {
  return { at: course.at, rank: course.starts ? 0 : 2, course: { ...course, VID } };
}

/** The ends of those that started and ended until a moment. */
function secondSteps(due: readonly DueEntitlement[], until: number): DueEntitlement[] {
  const ended: DueEntitlement[] = [];
  for (const entitlement of due) {
    const end = nextChange(entitlement, entitlement.dueAt);
    if (end && end.at <= until) ended.push({ ...entitlement, dueAt: end.at });
  }
  return ended;
}

/** AutoBills that are looked up at once. */
const SOME = 250;

/** The AutoBills that gave entitlements, by VID. */
async function findGivers(
  unit: UnitOfWork,
  due: readonly DueEntitlement[],
): Promise<Map<string, StoredAutoBill>> {
  const given = due.filter(({ source }) => source === 'AutoBill');
  const vids = [...new Set(given.map(({ sourceId }) => readSourceId(sourceId).autoBill))];
  const found = new Map<string, StoredAutoBill>();
  for (let index = 0; index < vids.length; index += SOME) {
    const some = await unit.autoBills.findByVids(vids.slice(index, index + SOME));
    for (const [vid, autoBill] of some) found.set(vid, autoBill);
    await unit.pause(SOME);
  }
  return found;
}

/** The VID of the plan that gives an entitlement; undefined: no plan does. */
function planOf(
  autoBills: ReadonlyMap<string, StoredAutoBill>,
  { source, sourceId }: DueEntitlement,
): string | undefined {
  return source === 'AutoBill' ? autoBills.get(sourceId)?.billingPlan : undefined;
}

async function recordLine(
  unit: UnitOfWork,
  { dueAt: at, accountId, ...entitlement }: DueEntitlement,
  billingPlan: string | undefined,
): Promise<void> {
  const { merchantEntitlementId, source, sourceId, start, end, description } = entitlement;
  const state: EntitlementState = { start, end, description };
  await unit.recordChange({
    accountId,
    merchantEntitlementId,
    source,
    sourceId,
    action: at === start ? 'start' : 'expire',
    before: state,
    after: state,
    at,
    dueAt: nextChange(state, at)?.at,
    changesAccess: true,
    actor: TIME,
    note: undefined,
    soapId: undefined,
    billingPlan,
  });
}
