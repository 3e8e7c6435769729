/** Zones that remember their offsets: Intl takes tens of microseconds for each, and calendars ask again and again. */
import { IANAZone } from 'luxon';

/** Every zone changes its offset on a quarter of an hour; milliseconds. */
const QUARTER = 15 * 60_000;

/** The offsets of a zone that are remembered; beyond, all are forgotten. */
const MOST = 10_000;

class RememberingZone extends IANAZone {
  private readonly offsets = new Map<number, number>();

  /** @returns minutes */
  override offset(moment: number): number {
    const quarter = Math.floor(moment / QUARTER);
    let offset = this.offsets.get(quarter);
    if (offset === undefined) {
      if (this.offsets.size >= MOST) this.offsets.clear();
      this.offsets.set(quarter, (offset = super.offset(moment)));
    }
    return offset;
  }
}

const zones = new Map<string, IANAZone>();

/** The zone of an IANA name. @param name of the settings: there are few */
export function zoneOf(name: string): IANAZone {
  let zone = zones.get(name);
  if (!zone) zones.set(name, (zone = new RememberingZone(name)));
  return zone;
}
