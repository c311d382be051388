// Presenting a lecture in a classroom, in JupyterLab's slides mode: starts, runs, lays out and controls it.
//
//   start     opens the notebook, starts the slides mode on the first slide, runs every cell behind an overlay
//   Show      knows slides and steps; jupyterlab-deck shows what belongs to the active cell
//   keys      one key forward through everything, one back, whatever has the focus
import {arrange, debounced} from './fit.js';

const HERE = new URL('.', import.meta.url);
const FORWARD = 1, BACK = -1;
const config = JSON.parse(document.getElementById('jupyter-config-data').textContent);
const channel = new BroadcastChannel('mlpkit-present');

const element = (tag, attributes = {}, text = '') => {
  const e = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) e.setAttribute(name, value);
  e.textContent = text;
  return e;
};

const until = async (find, seconds, what) => {
  for (const end = Date.now() + 1000 * seconds; Date.now() < end;) {
    const found = find();
    if (found) return found;
    await new Promise(done => setTimeout(done, 50));
  }
  throw new Error(`${what} within ${seconds} seconds`);
};

const KINDS = ['slide', 'subslide', 'fragment', 'notes', 'skip'];       // as in present/deck.py
const kindOf = cell => KINDS.find(kind => kind === cell.model.getMetadata('slideshow')?.slide_type) ?? 'fragment';

class Show {
  constructor(app, panel, overlay) {
    Object.assign(this, {app, panel, notebook: panel.content, overlay});
    this.viewport = panel.content.node;
    this.furthest = 0;
    this.read();
    this.foot = element('div', {id: 'mlpkit-foot', 'aria-hidden': 'true'});
    document.body.append(this.foot);
    this.notebook.activeCellChanged.connect(() => this.shown());
    this.later = debounced(this.viewport, () => this.cells, () => this.layOut());
    this.observer = new ResizeObserver(this.later);
    this.notebook.model.contentChanged.connect(this.later);
    window.addEventListener('resize', () => requestAnimationFrame(() => this.layOut()));
    channel.onmessage = ({data}) => {
      if (data.kind === 'hello') { channel.postMessage({kind: 'deck', deck: config.mlpkitDeck}); this.tell(); }
      if (data.kind === 'go') this.go(data.by);
    };
  }

  /** The slides as lists of cell numbers, and all steps in order. */
  read() {
    this.slides = [];
    this.notebook.widgets.forEach((cell, index) => {
      const kind = kindOf(cell);
      if (kind === 'notes' || kind === 'skip') return;
      if (kind === 'slide' || kind === 'subslide' || !this.slides.length) this.slides.push([]);
      this.slides.at(-1).push(index);
    });
    this.steps = this.slides.flat();
  }

  /** Number of the slide that a cell is on. */
  slideOf(index) { return this.slides.findIndex(slide => slide.includes(index)); }

  get at() { return this.notebook.activeCellIndex; }

  /** One step forward or back through slides, subslides and fragments; to the end of a slide going back. */
  go(by) {
    const slide = this.slideOf(this.at), from = Math.max(this.furthest, this.steps.indexOf(this.at));
    const to = Math.min(this.steps.length - 1, Math.max(0, from + by));
    this.furthest = to;
    this.notebook.activeCellIndex = this.steps[to];
    if (to === from) this.shown();
    if (this.slideOf(this.at) !== slide) this.viewport.focus({preventScroll: true});
  }

  /** To the first step of a slide. */
  toSlide(number) {
    const index = this.slides[Math.min(this.slides.length - 1, Math.max(0, number))][0];
    this.furthest = this.steps.indexOf(index);
    this.notebook.activeCellIndex = index;
    this.shown();
    this.viewport.focus({preventScroll: true});
  }

  /** A step was reached, or a cell of the slide was clicked, which hides nothing that was shown. */
  shown() {
    const step = this.steps.indexOf(this.at);
    if (step < 0) return;
    const number = this.slideOf(this.at), slide = this.slides[number];
    if (this.slideOf(this.steps[this.furthest]) !== number) this.furthest = step;
    this.furthest = Math.max(this.furthest, step);
    const cells = this.notebook.widgets;
    let folded = false;                            // whether something was opened or closed, which needs another layout
    slide.forEach(index => {
      const cell = cells[index].node, revealed = this.steps.indexOf(index) <= this.furthest;
      cell.classList.toggle('mlpkit-shown', revealed);
      cell.querySelectorAll('.jp-RenderedMarkdown > details:first-child').forEach(fold => { folded ||= fold.open !== revealed; fold.open = revealed; });
    });
    this.notebook.deselectAll();
    if (number !== this.number) {
      this.number = number;
      this.observer.disconnect();
      slide.forEach(index => this.observer.observe(cells[index].node));
    }
    const [head, title] = [config.mlpkitDeck?.title ?? '', config.mlpkitDeck?.slides[number]?.heading ?? ''];
    this.foot.replaceChildren(element('span', {}, title === head ? title : `${head}  ·  ${title}`),
      element('span', {}, `${number + 1} / ${this.slides.length}`));
    if (folded || this.laidOut !== number) this.layOut();
    this.tell();
  }

  get cells() { return (this.slides[this.number] ?? []).map(index => this.notebook.widgets[index].node); }

  /** Lay the slide out; in a later frame if jupyterlab-deck has not yet put its cells on the screen. */
  layOut(tries = 60) {
    this.laidOut = undefined;                      // the number of the slide that has its layout
    if (document.body.dataset.jpDeckMode !== 'presenting' || this.number === undefined) return;
    const cells = this.slides[this.number].map(index => this.notebook.widgets[index]);
    if (tries && cells.some(({node}) => !node.getClientRects().length)) {
      requestAnimationFrame(() => this.layOut(tries - 1));
      return;
    }
    for (const {node, model} of cells) node.style.setProperty('--mlpkit-lines', model.sharedModel.getSource().split('\n').length);
    arrange(this.viewport, cells.map(cell => cell.node));
    this.laidOut = this.number;
    this.viewport.scrollTop = 0;
  }

  tell() {
    const slide = this.slides[this.number];
    if (slide) channel.postMessage({kind: 'at', slide: this.number, step: slide.indexOf(this.steps[this.furthest]), steps: slide.length});
  }

  /** Run every cell from the top; a sentence about the first that failed, or nothing. */
  async run() {
    const code = this.notebook.widgets.filter(cell => cell.model.type === 'code');
    const watch = setInterval(() => {
      const ended = code.filter(cell => cell.model.executionCount !== null && !cell.model.isDirty).length;
      this.overlay.show(`Running the lecture: ${ended} of ${code.length} cells`);
    }, 100);
    code.forEach(cell => { cell.model.executionCount = null; });
    try { await this.app.commands.execute('notebook:run-all-cells'); } finally { clearInterval(watch); }
    for (const cell of code) {
      const error = cell.model.outputs.toJSON().find(output => output.output_type === 'error');
      const wanted = (cell.model.getMetadata('tags') ?? []).includes('raises-exception');
      if (error && !wanted) return `The cell “${cell.model.id}” failed. ${error.ename}: ${error.evalue}`;
    }
    return '';
  }
}

/** What the audience sees until the first slide is ready; black on demand. */
class Overlay {
  constructor() {
    this.node = element('div', {id: 'mlpkit-overlay', role: 'status'});
    document.body.append(this.node);
  }
  show(text) { this.node.textContent = text; this.node.hidden = false; this.node.classList.remove('mlpkit-black'); }
  hide() { this.node.hidden = true; }
  black() { const on = this.node.hidden; this.show(''); this.node.classList.toggle('mlpkit-black', on); this.node.hidden = !on; }
  /** Wait until a key is pressed. */
  pressed() { return new Promise(done => document.addEventListener('keydown', done, {once: true})); }
}

const openNotes = () => window.open(new URL('notes.html', HERE), 'mlpkit-notes', 'width=900,height=700');

const isTextField = target => target.closest?.('input:not([type=checkbox]):not([type=radio]), textarea, select, .cm-editor, [contenteditable=true]');
const isControl = target => target.closest?.('.noUi-handle, .mlpkit-handle, .mlpkit-point, summary, button, a[href], input');

/** The keys of a presentation. What belongs to a slider, a ring or a field of text stays with that control. */
const keys = (app, show, overlay) => {
  const step = {PageDown: FORWARD, PageUp: BACK, ArrowRight: FORWARD, ArrowLeft: BACK, ArrowDown: FORWARD, ArrowUp: BACK, ' ': FORWARD};
  const act = {
    Home: () => show.toSlide(0), End: () => show.toSlide(show.slides.length - 1),
    n: () => show.toSlide(show.number + 1), p: () => show.toSlide(show.number - 1),
    s: openNotes, b: () => overlay.black(), '.': () => overlay.black(), X: () => { show.laidOut = undefined; return app.commands.execute('deck:toggle'); },
  };
  const onKey = event => {
    const {key, target} = event, on = document.body.dataset.jpDeckMode === 'presenting';
    if (event.ctrlKey || event.altKey || event.metaKey || document.querySelector('.jp-Dialog')) return;
    const paged = key === 'PageDown' || key === 'PageUp', field = isTextField(target);
    if (!on) {
      if (key === 'X' && !field) stop(event, () => act.X().then(() => show.shown()));
      return;
    }
    if (field) {
      if (paged && !target.closest('.cm-editor')) stop(event, () => show.go(step[key]));
      return;
    }
    const ofControl = isControl(target) && !paged && !(key === ' ' && target.closest('.noUi-handle, .mlpkit-handle, .mlpkit-point'));
    if (key === 'Escape') stop(event, () => show.viewport.focus({preventScroll: true}));
    else if (ofControl && (step[key] || key === 'Enter' || key === 'Home' || key === 'End' || key === 'Delete' || key === 'Backspace')) return;
    else if (step[key]) stop(event, () => show.go(key === ' ' && event.shiftKey ? BACK : step[key]));
    else if (act[key] ?? act[key.toLowerCase()]) stop(event, act[key] ?? act[key.toLowerCase()]);
    else if (key.length === 1 || key === 'Enter' || key === 'Delete' || key === 'Backspace') stop(event, () => {});  // d d would delete a cell
  };
  const stop = (event, then) => { event.preventDefault(); event.stopImmediatePropagation(); then(); };
  document.addEventListener('keydown', onKey, true);
  document.addEventListener('dblclick', event => {                       // would open the source of a text
    if (document.body.dataset.jpDeckMode === 'presenting' && event.target.closest('.jp-MarkdownCell')) event.stopImmediatePropagation();
  }, true);
};

const start = async app => {
  const overlay = new Overlay();
  overlay.show('Opening the lecture …');
  try {
    await app.restored;
    if (!app.commands.hasCommand('deck:start')) throw new Error('JupyterLab did not load jupyterlab-deck; take mlpkit present --fallback');
    const panel = await until(() => app.shell.currentWidget?.content?.activeCellChanged && app.shell.currentWidget, 60, 'the notebook did not open');
    await panel.context.ready;
    overlay.show('Starting Python …');
    await panel.sessionContext.ready;
    await until(() => panel.sessionContext.session?.kernel?.status === 'idle', 60, 'Python did not start');
    panel.content.activeCellIndex = 0;
    await app.commands.execute('deck:start');
    const show = new Show(app, panel, overlay);                    // gets a new active cell after jupyterlab-deck has
    const failure = await show.run();
    if (failure) { overlay.show(`${failure}\nAny key presents the lecture all the same.`); await overlay.pressed(); }
    await until(() => document.body.dataset.jpDeckMode === 'presenting', 20, 'the slides mode did not start');
    keys(app, show, overlay);
    show.toSlide(0);
    await new Promise(done => setTimeout(done, 300));
    show.layOut();
    overlay.hide();
    window.mlpkitShow = show;
    document.body.dataset.mlpkitPresent = 'ready';
  } catch (problem) {
    overlay.show(`The lecture cannot be presented: ${problem.message}.`);
    document.body.dataset.mlpkitPresent = 'failed';
    console.error(problem);
  }
};

export const plugin = {
  id: 'mlpkit-present:plugin',
  autoStart: true,
  activate: app => {
    document.head.append(element('link', {rel: 'stylesheet', href: new URL('slides.css', HERE)}));
    start(app);
  },
};
