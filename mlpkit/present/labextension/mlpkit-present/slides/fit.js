// The layout of one slide: everything on the screen, nothing scrolls, the picture as large as the rest allows.
//
// The viewport is the part of the window that a slide fills. Text and code are set in the projector's size, in a larger
// one where little is said and there is no picture, and, if they do not fit, in smaller ones down to LEAST; where letters
// are wide, down to TINY before anything is cut off.
// Pictures stand under their text or beside it, whichever makes them larger.

const LARGER = [1.36, 1.24, 1.12], LEAST = 0.74, TINY = 0.54, STEP = 0.04;
const DEBOUNCE = 250;                              // ms without a change of size
const LAYOUTS = [['stacked'], ['beside', 0.3], ['beside', 0.38], ['beside', 0.46], ['beside', 0.56]];
const SMALLEST_PICTURE = 0.42;                     // of the height of the viewport
const MARGIN = 0.005;                              // by which a later layout has to be better

const pictureOf = cell => cell.querySelector('canvas');
const hasStage = cell => cell.querySelector('.widget-vbox, .jupyter-widgets canvas, .mlpkit-stage');

/** By how many pixels the cells are larger than the viewport: [down, right]. */
export const overflow = (viewport, cells) => {
  const style = getComputedStyle(viewport), box = viewport.getBoundingClientRect();
  const bottom = box.bottom - parseFloat(style.paddingBottom), right = box.right - parseFloat(style.paddingRight);
  const top = box.top + parseFloat(style.paddingTop);
  let [down, over] = [0, 0];
  for (const cell of cells) {
    const at = cell.getBoundingClientRect();
    down = Math.max(down, at.bottom - bottom, top - at.top);
    over = Math.max(over, at.right - right);
    for (const part of cell.querySelectorAll('.cm-scroller, pre, .jp-InputArea, .jp-OutputArea-output, .jp-RenderedMarkdown, mjx-math, math, table')) {
      if (part.clientWidth && !part.matches('mjx-math, math, table') && !part.closest('.noUi-target, .widget-slider')) over = Math.max(over, part.scrollWidth - part.clientWidth - 1);
      if (part.matches('mjx-math, math, table')) over = Math.max(over, part.getBoundingClientRect().right - at.right);
    }
  }
  return [down, over];
};

const place = (slide, cells, [layout, left]) => {
  slide.dataset.layout = layout;
  slide.style.setProperty('--mlpkit-left', `${100 * (left ?? 1)}%`);
  for (const cell of cells) cell.style.removeProperty('grid-area');
  if (layout !== 'beside') return;
  const right = cells.filter(cell => !cell.classList.contains('mlpkit-text')), one = right.length === 1;
  let row = 0, last = 0;
  for (const cell of cells) {
    if (!right.includes(cell)) { row = Math.max(row, last) + 1; if (!one) last = Math.max(last, row - 1); cell.style.gridArea = `${row} / 1`; continue; }
    if (one) continue;
    last = Math.max(row, last + 1);
    cell.style.gridArea = `${last} / 2`;
  }
  if (one) right[0].style.gridArea = `1 / 2 / span ${cells.length} / 3`;
};

/** Make the picture of a cell as large as its column and the height of the viewport allow; how large, as a share of that height. */
const grow = (slide, cells, height) => {
  const figures = cells.filter(pictureOf);
  let least = Infinity;
  for (const cell of figures) {
    const canvas = pictureOf(cell), ratio = canvas.width / canvas.height;
    const beside = slide.dataset.layout === 'beside';
    const set = width => cell.style.setProperty('--mlpkit-picture', `${Math.max(60, Math.floor(width))}px`);
    const available = cell.clientWidth;
    set(available);
    for (let k = 0; k < 2; k++) {                    // the words under a picture wrap as it grows narrow
      const shown = canvas.getBoundingClientRect().height;
      const used = beside ? cell.getBoundingClientRect().height : content(cells);
      set(Math.min(available, (height - used + shown) / figures.length ** (beside ? 0 : 1) * ratio));
    }
    least = Math.min(least, canvas.getBoundingClientRect().height / height);
  }
  return least;
};

const content = cells => {
  const boxes = cells.map(cell => cell.getBoundingClientRect());
  return Math.max(...boxes.map(box => box.bottom)) - Math.min(...boxes.map(box => box.top));
};

/** Lay out the cells of a slide in the viewport; data-fit has the size of the text that was needed, data-over what does not fit. */
export const arrange = (viewport, cells) => {
  if (!cells.length) return;
  const slide = cells[0].parentElement;
  slide.classList.add('mlpkit-slide');
  for (const cell of cells) {
    const figure = !!hasStage(cell), text = cell.matches('.jp-MarkdownCell, .mlpkit-text');
    cell.classList.toggle('mlpkit-figure', figure);
    cell.classList.toggle('mlpkit-text', text);
    cell.classList.toggle('mlpkit-code', !figure && !text);
  }
  slide.toggleAttribute('data-head', !!cells[0].querySelector('h1, h2, h3'));
  const style = getComputedStyle(viewport);
  const height = viewport.clientHeight - parseFloat(style.paddingTop) - parseFloat(style.paddingBottom);
  const mixed = cells.some(cell => cell.classList.contains('mlpkit-text')) && cells.some(cell => !cell.classList.contains('mlpkit-text'));
  const hasFigure = cells.some(cell => pictureOf(cell));
  let best = null, tried = null;
  const attempt = (layout, size) => {
    tried = {layout, size};
    place(slide, cells, layout);
    document.documentElement.style.setProperty('--mlpkit-fit', size);   // the own style of the viewport is set anew when the window changes
    const picture = hasFigure ? grow(slide, cells, height) : 1;
    const [down, over] = overflow(viewport, cells), fits = down <= 1 && over <= 1 && picture >= SMALLEST_PICTURE;
    const score = fits ? size * Math.min(1, picture / 0.66) : -1 - Math.max(0, down) - Math.max(0, over) - 1000 * Math.max(0, SMALLEST_PICTURE - picture);
    if (!best || score > best.score + MARGIN) best = {layout, size, score, fits, down, over, picture};
    return fits;
  };
  const layouts = mixed ? LAYOUTS : LAYOUTS.slice(0, 1);
  const search = (from, to) => {
    for (const layout of layouts) {
      if (!hasFigure && best?.score >= 1) break;
      for (let size = from; size >= to - 1e-9; size -= STEP) {
        if (size <= best?.score + MARGIN) break;         // no score is larger than its size
        if (attempt(layout, Number(size.toFixed(2)))) break;
      }
    }
  };
  if (hasFigure || !LARGER.some(size => attempt(layouts[0], size))) search(1, LEAST);
  if (!best.fits) search(LEAST - STEP, TINY);
  if (tried.layout !== best.layout || tried.size !== best.size) attempt(best.layout, best.size);
  Object.assign(slide.dataset, {fit: best.size, over: best.fits ? '' : `${Math.ceil(best.down)} ${Math.ceil(best.over)}`});
};

/** What to call when a cell changed its size: waits until sizes stay (nothing moves while a slider is dragged), then lays out anew if something does not fit. */
export const debounced = (viewport, cells, layOut) => {
  let timer = 0;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(() => { if (Math.max(...overflow(viewport, cells())) > 1) layOut(); }, DEBOUNCE);
  };
};
