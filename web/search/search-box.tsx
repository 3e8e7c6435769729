/** Search at the top of every screen: the first letters are enough, `/` leads to it. */
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { useAsked } from '../api/use-answer';
import { send } from '../api/request';
import { goTo } from '../route/place';
import { at } from '../route/screens';
import { addressOfFound, keyOfFound, kindOf, moreOf } from './found';
import './search.css';

/** Milliseconds without a letter, after which one looks. */
const PAUSE = 150;

/** A text once it has stood for a moment. */
function useSettled(text: string): string {
  const [settled, settle] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => settle(text), PAUSE);
    return () => clearTimeout(timer);
  }, [text]);
  return settled;
}

/** Whether keys that are typed there mean text. */
function takesText(target: EventTarget | null): boolean {
  return target instanceof Element && target.matches('input, textarea, select');
}

/** Has a key lead to a field, from when the field is seen. */
function useSlash(focus: () => void): void {
  useLayoutEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey) return;
      if (takesText(event.target) || document.querySelector('dialog[open]')) return;
      event.preventDefault();
      focus();
    };
    addEventListener('keydown', listen);
    return () => removeEventListener('keydown', listen);
  }, []);
}

export function SearchBox({ merchant }: { readonly merchant: string }) {
  const field = useRef<HTMLInputElement>(null);
  const [text, setText] = useState('');
  const [isOpen, setOpen] = useState(false);
  // By what it is: a late answer may have it in another place, or not at all.
  const [chosenKey, choose] = useState<string>();
  const settled = useSettled(text.trim());
  useSlash(() => field.current?.select());
  const { answer } = useAsked(
    (signal) => send('search', { merchant, query: { text: settled, limit: 8 }, signal }),
    settled === '' ? undefined : [merchant, settled],
  );
  const found = settled === '' ? [] : (answer?.found ?? []);
  const isShown = isOpen && found.length > 0;
  const placeOf = (key: string | undefined) => found.findIndex((one) => keyOfFound(one) === key);
  const chosen = placeOf(chosenKey);
  const leave = (address: string) => {
    setOpen(false);
    choose(undefined);
    field.current?.blur();
    goTo(address);
  };
  const submit = (event: Event) => {
    event.preventDefault();
    const one = isShown ? found[chosen] : undefined;
    if (one) leave(addressOfFound(merchant, one));
    else if (text.trim() !== '') leave(at.search(merchant, text.trim()));
  };
  const press = (event: KeyboardEvent) => {
    if (event.key === 'Escape') setOpen(false);
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step === 0 || found.length === 0) return;
    event.preventDefault();
    setOpen(true);
    choose((before) => {
      const next = found[Math.min(found.length - 1, placeOf(before) + step)];
      return next && keyOfFound(next);
    });
  };
  return (
    <form class="search" role="search" onSubmit={submit}>
      <input
        ref={field}
        type="text"
        inputMode="search"
        role="combobox"
        aria-label="Search"
        aria-expanded={isShown}
        aria-controls="found"
        aria-autocomplete="list"
        aria-activedescendant={isShown && chosen >= 0 ? `found-${chosen}` : undefined}
        placeholder="E-mail, account, order, AutoBill, call …"
        title="Press / to search"
        autoComplete="off"
        spellcheck={false}
        maxLength={254}
        value={text}
        onInput={(event) => {
          setText(event.currentTarget.value);
          setOpen(true);
          choose(undefined);
        }}
        onFocus={() => setOpen(true)}
        onBlur={() => setOpen(false)}
        onKeyDown={press}
      />
      <kbd aria-hidden="true">/</kbd>
      <ul class="found" id="found" role="listbox" aria-label="Found" hidden={!isShown}>
        {found.map((one, index) => (
          <li
            key={keyOfFound(one)}
            id={`found-${index}`}
            role="option"
            aria-selected={index === chosen}
            // Before the field loses the keyboard, and the list is gone.
            onMouseDown={(event) => {
              event.preventDefault();
              leave(addressOfFound(merchant, one));
            }}
          >
            <span class="kind">{kindOf(one)}</span>
            <span class="name">{one.name}</span>
            <span class="more">{moreOf(one)}</span>
          </li>
        ))}
      </ul>
    </form>
  );
}
