/** Moments as text. */

/** A moment in ISO 8601, in UTC: `2026-01-31T23:00:00.000Z`. */
export function toIso(moment: number): string;
/** The same where there may be none. */
export function toIso(moment: number | undefined): string | undefined;
export function toIso(moment: number | undefined): string | undefined {
  return moment === undefined ? undefined : new Date(moment).toISOString();
}
