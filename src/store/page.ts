/** How the store's listings are cut: by pages and by spans of time. */

/** A page of a listing: pages count from 0. */
export interface Page {
  readonly page: number;
  readonly pageSize: number;
  /** The rows of the page that are read; undefined: all. */
  readonly part?: { readonly from: number; readonly limit: number } | undefined;
}

/** A span of time from `from` until just before `until`, in UTC milliseconds. */
export interface Span {
  readonly from: number;
  readonly until: number;
}

/** A part of a listing in the order of its rows' numbers. */
export interface RowPart {
  /** The number of the row before the first; 0: from the first. */
  readonly after: number;
  readonly limit: number;
}
