/** The addresses of the screens. */
import { href, type Place } from './place';

/** A screen, and what its address says. */
export type Screen =
  | { readonly name: 'sign-in' }
  | { readonly name: 'home' }
  | { readonly name: 'unknown' }
  | {
      readonly name: keyof typeof SECTIONS | 'account' | 'order' | 'call' | 'search';
      readonly merchant: string;
      /** The rest of the path. */
      readonly rest: readonly string[];
    };

/** The screens that the navigation leads to, by the word in their address. */
export const SECTIONS = {
  overview: 'Overview',
  calls: 'Calls',
  events: 'Events',
  catalogue: 'Catalogue',
  simulation: 'Simulation',
  settings: 'Settings',
} as const;
export type Section = keyof typeof SECTIONS;

/** The sections that there are, in the order in which they are named. */
export function sectionsOf(isSimulation: boolean): Section[] {
  const all = Object.keys(SECTIONS) as Section[];
  return all.filter((section) => section !== 'simulation' || isSimulation);
}

const SINGLE: Readonly<Record<string, 'account' | 'order' | 'call'>> = {
  accounts: 'account',
  orders: 'order',
  calls: 'call',
};

/** The screen that an address names. */
export function screenOf({ parts }: Place): Screen {
  const [first, merchant, section = 'overview', ...rest] = parts;
  if (first === undefined) return { name: 'home' };
  if (first === 'sign-in') return { name: 'sign-in' };
  if (first !== 'm' || merchant === undefined) return { name: 'unknown' };
  const single = SINGLE[section];
  if (single && rest.length > 0) return { name: single, merchant, rest };
  if (section === 'search') return { name: 'search', merchant, rest };
  return section in SECTIONS ? { name: section as Section, merchant, rest } : { name: 'unknown' };
}

const of =
  (...section: readonly string[]) =>
  (merchant: string, ...rest: readonly string[]) =>
    href(['m', merchant, ...section, ...rest]);

/** The address of each screen. */
export const at = {
  overview: of(),
  account: of('accounts'),
  order: of('orders'),
  calls: of('calls'),
  events: of('events'),
  catalogue: of('catalogue'),
  simulation: of('simulation'),
  settings: of('settings'),
  /** Where one begins. */
  home: (merchant: string): string => at.overview(merchant),
  section: (merchant: string, section: Section): string =>
    section === 'overview' ? of()(merchant) : of(section)(merchant),
  search: (merchant: string, text: string) => href(['m', merchant, 'search'], { text }),
  signIn: (next: string) => href(['sign-in'], { next }),
};
