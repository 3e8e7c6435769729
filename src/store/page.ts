/** How the store's listings are cut: by pages and by spans of time. */

/** A page of a listing: pages count from 0. */
export interface Page {
  readonly page: number;
  readonly pageSize: number;
}

/** A span of time from `from` until just before `until`, in UTC milliseconds. */
export interface Span {
  readonly from: number;
  readonly until: number;
}
