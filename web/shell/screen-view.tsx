/** Picks the screen of an address. Those beyond search and account are loaded when they are first opened. */
import type { ComponentType } from 'preact';
import { AccountScreen } from '../account/account-screen';
import { OrderScreen } from '../account/order-screen';
import { useAsked } from '../api/use-answer';
import { NoScreen } from '../parts/no-screen';
import { Fault, Waiting } from '../parts/notice';
import type { Place } from '../route/place';
import type { Screen } from '../route/screens';
import { SearchScreen } from '../search/search-screen';

/** What every screen is given. */
export interface ScreenProps {
  readonly merchant: string;
  /** The parts of the path after the screen's own. */
  readonly rest: readonly string[];
  readonly query: URLSearchParams;
}

type Loaded = ComponentType<ScreenProps>;

const LATER: Readonly<Record<string, () => Promise<Loaded>>> = {
  overview: async () => (await import('../overview/overview-screen')).OverviewScreen,
  calls: async () => (await import('../calls/calls-screen')).CallsScreen,
  call: async () => (await import('../calls/call-screen')).CallScreen,
  events: async () => (await import('../events/events-screen')).EventsScreen,
  catalogue: async () => (await import('../catalogue/catalogue-screen')).CatalogueScreen,
  simulation: async () => (await import('../simulation/simulation-screen')).SimulationScreen,
  settings: async () => (await import('../settings/settings-screen')).SettingsScreen,
};

const AT_ONCE: Readonly<Record<string, Loaded>> = {
  account: AccountScreen,
  order: OrderScreen,
  search: SearchScreen,
};

export function ScreenView({ screen, place }: { readonly screen: Screen; readonly place: Place }) {
  if (!('merchant' in screen)) return <NoScreen />;
  const { name, merchant, rest } = screen;
  const props = { merchant, rest, query: place.query };
  const Present = AT_ONCE[name];
  if (Present) return <Present {...props} />;
  return <LaterScreen name={name} {...props} />;
}

function LaterScreen({ name, ...props }: ScreenProps & { readonly name: string }) {
  const { answer, problem, again } = useAsked(async () => {
    const Screen = await LATER[name]?.();
    return { Screen };
  }, [name]);
  if (problem !== undefined) return <Fault problem={problem} again={again} />;
  if (!answer) return <Waiting />;
  return answer.Screen ? <answer.Screen {...props} /> : <NoScreen />;
}
