/** The way to the other screens. */
import { at, type Screen, type Section, SECTIONS, sectionsOf } from '../route/screens';

interface NavigationProps {
  readonly merchant: string;
  readonly screen: Screen;
  readonly isSimulation: boolean;
}

/** The section that a screen belongs to. */
function sectionOf({ name }: Screen): Section | undefined {
  if (name === 'call') return 'calls';
  return name in SECTIONS ? (name as Section) : undefined;
}

export function Navigation({ merchant, screen, isSimulation }: NavigationProps) {
  const here = sectionOf(screen);
  const sections = sectionsOf(isSimulation);
  return (
    <nav class="nav" aria-label="Screens">
      <ul>
        {sections.map((section) => (
          <li key={section}>
            <a
              href={at.section(merchant, section)}
              aria-current={section === here ? 'page' : undefined}
            >
              {SECTIONS[section]}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
