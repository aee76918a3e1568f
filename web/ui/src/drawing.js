// How every drawing is painted: the tokens of look.css, with a fallback for a drawing saved as a file.
import TextRenderer from 'bpmn-js/lib/draw/TextRenderer';

const INK = 'var(--ink, #161e30)';
const SHEET = 'var(--surface, #ffffff)';
const TYPEFACE = 'Be Vietnam Pro';
const SIZE_PX = 12;
const LABEL_WIDTH_PX = 90;      // what bpmn.io gives a label it places itself

/**
 * Labels beside events, gateways and flows. Other programs save the width of their own, narrower type,
 * and a Vietnamese word would break in its middle: such a label gets the usual width, about its middle.
 */
class LabelRenderer extends TextRenderer {
  static $inject = [ 'config.textRenderer' ];

  constructor(config) {
    super(config);
    const draw = this.createText;
    this.createText = (text, options = {}) => {
      const { box } = options;
      const isLabel = box && box.x !== undefined && box.width < LABEL_WIDTH_PX;
      if (!isLabel) return draw(text, options);
      const drawn = draw(text, { ...options, box: { ...box, width: LABEL_WIDTH_PX } });
      drawn.setAttribute('transform', `translate(${(box.width - LABEL_WIDTH_PX) / 2} 0)`);
      return drawn;
    };
  }
}

/** Options for bpmn-js: colours and the typeface of the product. */
export const PAINT = {
  bpmnRenderer: { defaultFillColor: SHEET, defaultStrokeColor: INK, defaultLabelColor: INK },
  textRenderer: {
    defaultStyle: { fontFamily: `"${TYPEFACE}", "Noto Sans", sans-serif`, fontSize: SIZE_PX, lineHeight: 1.35 },
    externalStyle: { fontSize: SIZE_PX, lineHeight: 1.35 }
  }
};

export const PaintModule = { textRenderer: [ 'type', LabelRenderer ] };

/** Wait for the typeface: text is measured when it is drawn. A font that does not come is done without. */
export async function typefaceReady() {
  const sample = `${SIZE_PX}px "${TYPEFACE}"`;
  await Promise.all([ document.fonts.load(sample, 'Ag'), document.fonts.load(sample, 'ễ') ]).catch(() => {});
}

/** `svg` with every `var(--name, fallback)` replaced by its fallback, as other programs need it. */
export function withPlainColours(svg) {
  return svg.replace(/var\(--[\w-]+,\s*([^)]+)\)/g, '$1');
}
