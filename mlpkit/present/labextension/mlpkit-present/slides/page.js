// The same slides on a page without a kernel: shown, laid out and controlled as in JupyterLab.
import {arrange, debounced} from './fit.js';

const deck = JSON.parse(document.getElementById('deck').textContent);
const channel = new BroadcastChannel('mlpkit-present');
const viewport = document.querySelector('.mlpkit-viewport'), foot = document.getElementById('mlpkit-foot');
const slides = [...document.querySelectorAll('.mlpkit-slide')].map(node => ({node, cells: [...node.children]}));
const steps = slides.flatMap(({cells}, slide) => cells.map((_, step) => [slide, step]));
let at = 0, laidOut = -1;                          // the step shown; the slide that has its layout

const span = text => Object.assign(document.createElement('span'), {textContent: text});
const tell = () => {
  const [slide, step] = steps[at];
  channel.postMessage({kind: 'at', slide, step, steps: slides[slide].cells.length});
};

const layOut = () => { arrange(viewport, slides[steps[at][0]].cells); laidOut = steps[at][0]; };

const show = to => {
  at = Math.min(steps.length - 1, Math.max(0, to));
  const [number, step] = steps[at];
  let folded = false;                              // whether something was opened or closed, which needs another layout
  slides.forEach(({node, cells}, k) => {
    node.hidden = k !== number;
    cells.forEach((cell, j) => {
      const revealed = k === number && j <= step;
      cell.classList.toggle('mlpkit-shown', revealed);
      cell.querySelectorAll('.jp-RenderedHTMLCommon > details:first-child').forEach(fold => { folded ||= fold.open !== revealed; fold.open = revealed; });
    });
  });
  const {heading} = deck.slides[number];
  foot.replaceChildren(span(heading === deck.title ? heading : `${deck.title}  ·  ${heading}`), span(`${number + 1} / ${slides.length}`));
  location.hash = `#${number + 1}`;
  if (folded || laidOut !== number) layOut();
  tell();
};

const first = number => steps.findIndex(([slide]) => slide === Math.min(slides.length - 1, Math.max(0, number)));
const act = {
  PageDown: () => show(at + 1), PageUp: () => show(at - 1), ArrowRight: () => show(at + 1), ArrowLeft: () => show(at - 1),
  ArrowDown: () => show(at + 1), ArrowUp: () => show(at - 1), ' ': event => show(at + (event.shiftKey ? -1 : 1)),
  Home: () => show(0), End: () => show(first(slides.length - 1)),
  n: () => show(first(steps[at][0] + 1)), p: () => show(first(steps[at][0] - 1)),
  s: () => window.open('notes.html', 'mlpkit-notes', 'width=900,height=700'),
  b: () => { viewport.style.visibility = viewport.style.visibility ? '' : 'hidden'; document.body.style.background = viewport.style.visibility ? '#000' : ''; },
};
document.addEventListener('keydown', event => {
  const {key, target} = event, paged = key === 'PageDown' || key === 'PageUp';
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  if (key === 'Escape') document.activeElement.blur();
  else if (!paged && target.closest('input, select, textarea, summary, a, .mlpkit-handle, .mlpkit-point')) return;
  else if (act[key]) { event.preventDefault(); act[key](event); }
}, true);
channel.onmessage = ({data}) => {
  if (data.kind === 'hello') { channel.postMessage({kind: 'deck', deck}); tell(); }
  if (data.kind === 'go') show(at + data.by);
};
const later = new ResizeObserver(debounced(viewport, () => slides[steps[at][0]].cells, layOut));
slides.forEach(({cells}) => cells.forEach(cell => later.observe(cell)));
window.addEventListener('resize', layOut);
window.mlpkitPage = {slides, steps, show, at: () => at};
show(first((Number(location.hash.slice(1)) || 1) - 1));
