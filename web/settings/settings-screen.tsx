/** Keys, people, merchants, versions, health and the check of the database. */
import type { ComponentType } from 'preact';
import { may } from '../api/session';
import { NoScreen } from '../parts/no-screen';
import { PageHead } from '../parts/page-head';
import { Tabs } from '../parts/tabs';
import { at } from '../route/screens';
import type { ScreenProps } from '../shell/screen-view';
import { CheckRun } from './check-run';
import { Health } from './health';
import { Keys } from './keys';
import { Limits } from './limits';
import { Merchants } from './merchants';
import { People } from './people';
import { Versions } from './versions';

interface Part {
  readonly name: string;
  readonly text: string;
  readonly Show: ComponentType<{ readonly merchant: string }>;
  /** Whether only admins see it. */
  readonly isForAdmins: boolean;
}

const PARTS: readonly Part[] = [
  { name: 'keys', text: 'API keys', Show: Keys, isForAdmins: true },
  {
    name: 'limits',
    text: 'Failed payments',
    Show: Limits,
    isForAdmins: false,
  },
  { name: 'people', text: 'People', Show: People, isForAdmins: true },
  {
    name: 'merchants',
    text: 'Merchants',
    Show: Merchants,
    isForAdmins: true,
  },
  { name: 'versions', text: 'Versions and WSDLs', Show: Versions, isForAdmins: false },
  { name: 'health', text: 'Health', Show: Health, isForAdmins: false },
  { name: 'check', text: 'Check', Show: CheckRun, isForAdmins: true },
];

export function SettingsScreen({ merchant, rest }: ScreenProps) {
  const [asked] = rest;
  const parts = PARTS.filter(({ isForAdmins }) => !isForAdmins || may('admin'));
  const here = asked === undefined ? parts[0] : parts.find(({ name }) => name === asked);
  if (!here)
    return <NoScreen only={PARTS.some(({ name }) => name === asked) ? 'admins' : undefined} />;
  return (
    <div class="stack">
      <PageHead title="Settings" />
      <Tabs
        label="Settings"
        tabs={parts.map(({ name, text }) => ({
          text,
          href: at.settings(merchant, name),
          isHere: name === here.name,
        }))}
      />
      <section class="panel" aria-label={here.text}>
        <here.Show merchant={merchant} />
      </section>
    </div>
  );
}
