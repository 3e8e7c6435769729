/** A simulation: its clock, faults, journal and snapshots. */
import { useState } from 'preact/hooks';
import { useSession } from '../api/session';
import { NoScreen } from '../parts/no-screen';
import { PageHead } from '../parts/page-head';
import { Tabs } from '../parts/tabs';
import { at } from '../route/screens';
import type { ScreenProps } from '../shell/screen-view';
import { ClockPanel } from './clock-panel';
import { Faults } from './faults';
import { Journal } from './journal';
import { JournalRequest } from './journal-request';
import { Snapshots } from './snapshots';

const PARTS = [
  ['clock', 'Clock and data'],
  ['faults', 'Faults'],
  ['journal', 'Journal'],
] as const;

export function SimulationScreen({ merchant, rest }: ScreenProps) {
  const [asked = 'clock', id] = rest;
  const isSimulation = useSession()?.server.isSimulation;
  const [turn, setTurn] = useState(0);
  const part = PARTS.find(([name]) => name === asked)?.[0];
  if (isSimulation !== true) return <NoScreen only="simulations" />;
  if (part === undefined) return <NoScreen />;
  if (part === 'journal' && id !== undefined) return <JournalRequest merchant={merchant} id={id} />;
  return (
    <div class="stack">
      <PageHead title="Simulation" />
      <Tabs
        label="Simulation"
        tabs={PARTS.map(([name, text]) => ({
          text,
          href: at.simulation(merchant, name),
          isHere: name === part,
        }))}
      />
      {part === 'clock' && (
        <>
          <ClockPanel merchant={merchant} turn={turn} />
          <Snapshots merchant={merchant} onDone={() => setTurn((count) => count + 1)} />
        </>
      )}
      {part === 'faults' && <Faults merchant={merchant} />}
      {part === 'journal' && <Journal merchant={merchant} />}
    </div>
  );
}
