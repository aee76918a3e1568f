// Words in the reader's language. English is the key, as bpmn.io writes it.
import { DRAWING_WORDS } from './vi.js';
import { PANEL_WORDS } from './vi_panel.js';

const VIETNAMESE = { ...DRAWING_WORDS, ...PANEL_WORDS };
const BY_FOLDED_KEY = new Map(Object.entries(VIETNAMESE).map(([ key, said ]) => [ folded(key), said ]));

/** `translate('Delete {name}', { name })` in `lang` ('vi' or 'en'); an unknown phrase stays English. */
export function translator(lang) {
  return (phrase, values = {}) => {
    const said = lang === 'vi' && (VIETNAMESE[phrase] || BY_FOLDED_KEY.get(folded(phrase))) || phrase;
    return said.replace(/\{([^}]+)\}/g, (hole, name) => values[name] ?? hole);
  };
}

/** The module that makes bpmn-js and its panel speak `lang`. */
export function translateModule(lang) {
  return { translate: [ 'value', translator(lang) ] };
}

/** The panel's heading makes 'Timer Boundary Event (Non Interrupting)' of a type's name; the menu has it hyphenated. */
function folded(phrase) {
  return phrase.toLowerCase()
    .replace('sub process', 'sub-process').replace('non interrupting', 'non-interrupting')
    .replace('event based', 'event-based').replace('compensate', 'compensation').replace('ad hoc', 'ad-hoc');
}
