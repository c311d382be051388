// Stage, the browser's half: shows the states that belong to the positions of the controls, as fast
// as the hand moves them. Joined behind paint.js to one module.
//
//   Tables   states by position of the controls
//   Player   one for each stage: listens to the controls and the kernel, knows the state to show
//   View     one for each place where the stage is displayed: canvas, sentence, theme

const REST = 400;                       // ms without a move before the other controls' tables are asked for
const KEPT_ROWS = 6;                    // tables kept for each control

// ---------------------------------------------------------------- tables

/** States by position. A row holds all positions of one control (the axis), the others standing still. */
class Tables {
  constructor(names) { this.names = names; this.rows = new Map(names.map(name => [name, new Map()])); }

  key(axis, at) { return at.map((index, k) => this.names[k] === axis ? '*' : index).join(); }

  row(axis, at) { return this.rows.get(axis)?.get(this.key(axis, at)); }

  put(axis, at, indices, states) {
    const rows = this.rows.get(axis), key = this.key(axis, at), row = rows.get(key) ?? new Map();
    indices.forEach((index, k) => row.set(index, states[k]));
    rows.delete(key); rows.set(key, row);          // the latest last
    if (rows.size > KEPT_ROWS) rows.delete(rows.keys().next().value);
  }

  find(at) {
    for (const [k, name] of this.names.entries()) {
      const found = this.row(name, at)?.get(at[k]);
      if (found) return found;
    }
    return null;
  }
}

// ---------------------------------------------------------------- player

class Player {
  constructor() {
    this.vocabulary = new Vocabulary();
    this.views = new Set();
  }

  async start(model, host) {
    this.model = model;
    this.controls = model.get('controls');
    this.names = this.controls.map(c => c.name);
    this.tables = new Tables(this.names);
    this.vocabulary.add(model.get('vocabulary'));
    const reference = id => host?.getModel ? host.getModel(id) : model.widget_manager.get_model(id.replace('IPY_MODEL_', ''));
    this.sliders = await Promise.all(model.get('models').map(reference));
    this.sliders.forEach((slider, k) =>
      slider.on(this.hasIndex(k) ? 'change:index' : 'change:value', () => this.moved(this.names[k])));
    model.on('msg:custom', (message, buffers) => this.hear(message, buffers));
    const first = model.get('first');
    this.shown = this.unpack(first, first.words)[0];
    this.shown.at = first.at;
    this.last = this.names[0];
    model.send({kind: 'hello'});
    this.lookAhead();
  }

  hasIndex(k) { return this.controls[k].at.length === 0; }

  /** Where the controls stand, as indices. */
  position() {
    return this.sliders.map((slider, k) => this.hasIndex(k) ? slider.get('index') : nearest(this.controls[k].at, Number(slider.get('value'))));
  }

  /** The state to show now: the right one where it is known, else the last one shown. */
  current() {
    const at = this.position(), found = this.tables.find(at);
    if (found) { found.at = at; this.shown = found; }
    return this.shown;
  }

  isRight() { return this.shown.at?.join() === this.position().join(); }

  moved(name) {
    this.last = name;
    const at = this.position();
    this.trouble = null;
    if (this.tables.find(at)) this.wanted = null;
    else { this.wanted = at; this.askState(); this.askTables([name], at); }
    this.draw();
    clearTimeout(this.resting);
    this.resting = setTimeout(() => this.lookAhead(), REST);
  }

  /** One question at a time; while it is under way only the latest wish is kept. */
  askState() {
    if (this.asked || !this.wanted) return;
    [this.asked, this.wanted] = [this.wanted, null];
    this.model.send({kind: 'state', at: this.asked});
  }

  askTables(axes, at) {
    const key = axes.map(axis => axis + this.tables.key(axis, at)).join('|');
    if (key === this.tablesAsked) return;
    this.tablesAsked = key;
    this.model.send({kind: 'tables', axes, at});
  }

  lookAhead() {
    const at = this.position(), order = [this.last, ...this.names.filter(name => name !== this.last)];
    const lacking = order.filter(name => (this.tables.row(name, at)?.size ?? 0) < this.controls[this.names.indexOf(name)].values.length);
    if (lacking.length) this.askTables(lacking, at);
  }

  unpack({offsets, says}, data) {
    const words = view(data);
    return says.map((sentence, k) => state(words, offsets[k], offsets[k + 1], sentence));
  }

  hear(message, buffers) {
    this.vocabulary.add(message.add);
    if (message.kind === 'trouble') {
      this.asked = null;
      if (message.at.join() === this.position().join()) this.trouble = message.text;
      this.askState();
    } else if (message.kind === 'states') {
      const states = this.unpack(message, buffers[0]);
      if (message.axis) this.tables.put(message.axis, message.at, message.indices, states);
      else {
        this.asked = null;
        if (!this.tables.find(this.position())) { this.shown = states[0]; this.shown.at = message.at; }
        this.askState();
      }
      if (this.tables.find(this.position())) this.wanted = null;
    }
    this.draw();
  }

  draw() { for (const v of this.views) v.schedule(); }
}

const nearest = (list, value) => {
  let low = 0, high = list.length - 1;
  while (high - low > 1) { const middle = (low + high) >> 1; if (list[middle] <= value) low = middle; else high = middle; }
  return Math.abs(list[high] - value) < Math.abs(list[low] - value) ? high : low;
};

// ---------------------------------------------------------------- view

const themeNow = () => {
  const jupyter = document.body.dataset.jpThemeLight;
  if (jupyter !== undefined) return jupyter === 'false' ? 'dark' : 'light';
  return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
};

const SENTENCE = 'min-height:2.6em;margin:.3em 0;font-size:var(--jp-content-font-size1,14px);line-height:1.3;';
const HIDDEN = 'position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap';

const element = (tag, style, attributes = {}) => {
  const e = document.createElement(tag);
  e.style.cssText = style;
  for (const [name, value] of Object.entries(attributes)) e.setAttribute(name, value);
  return e;
};

class View {
  constructor(player, model, el) {
    this.player = player;
    this.painter = new Painter(player.vocabulary);
    this.scale = model.get('scale');
    const [width, height] = model.get('size');
    const wide = model.get('width');
    this.canvas = element('canvas', `width:${wide};max-width:100%;height:auto;display:block`, {role: 'img'});
    this.canvas.width = width * this.scale;
    this.canvas.height = height * this.scale;
    this.pen = this.canvas.getContext('2d');
    const spoken = model.get('spoken');
    this.sentence = element('p', spoken ? SENTENCE + `max-width:${wide}` : HIDDEN);
    this.sentence.className = 'mlpkit-words';
    this.live = element('span', HIDDEN, {'aria-live': 'polite'});   // told once the hand rests
    this.trouble = element('pre', 'color:var(--jp-error-color1,#b00);white-space:pre-wrap', {role: 'alert'});
    this.trouble.hidden = true;
    el.append(this.canvas, this.trouble, this.sentence, this.live);
    this.pictures = {};
    this.raw = model.get('pictures');
    this.observer = new MutationObserver(() => this.schedule());
    this.observer.observe(document.body, {attributes: true, attributeFilter: ['data-jp-theme-light']});
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', this.schedule);
    player.views.add(this);
  }

  async prepare(theme) {
    const decode = bytes => bytes?.byteLength ? createImageBitmap(new Blob([bytes], {type: 'image/png'})) : null;
    const {below, above} = this.raw[theme];
    this.pictures[theme] = await Promise.all([decode(below), decode(above)]).then(([b, a]) => ({below: b, above: a}));
    this.schedule();
  }

  schedule = () => { this.frame ||= requestAnimationFrame(() => { this.frame = 0; this.draw(); }); };

  draw() {
    const theme = themeNow(), pictures = this.pictures[theme];
    if (!pictures) { if (pictures === undefined) { this.pictures[theme] = null; this.prepare(theme); } return; }
    const {player, canvas} = this, s = player.current();
    canvas.style.display = player.trouble ? 'none' : 'block';
    this.trouble.hidden = !player.trouble;
    this.trouble.textContent = player.trouble ?? '';
    this.painter.paint(this.pen, s, theme, pictures);
    canvas.setAttribute('aria-label', s.says);
    if (this.sentence.textContent !== s.says) {
      this.sentence.textContent = s.says;
      clearTimeout(this.telling);
      if (this.told !== undefined) this.telling = setTimeout(() => { this.live.textContent = s.says; }, REST);
      this.told = true;
    }
    if (!this.named) this.nameHandles();
    Object.assign(canvas.dataset, {theme, right: player.isRight()});
    player.controls.forEach((c, k) => { canvas.dataset[c.name] = c.values[s.at[k]]; });
  }

  /** ipywidgets shows a slider's label and does not tell it to screen readers: do so. */
  nameHandles() {
    const sliders = this.canvas.closest('.widget-vbox')?.querySelectorAll('.widget-slider') ?? [];
    for (const slider of sliders) {
      const label = slider.querySelector('label')?.textContent;
      if (label) slider.querySelector('.noUi-handle')?.setAttribute('aria-label', label);
    }
    this.named = sliders.length > 0;
  }

  remove() {
    this.player.views.delete(this);
    this.observer.disconnect();
    matchMedia('(prefers-color-scheme: dark)').removeEventListener('change', this.schedule);
    cancelAnimationFrame(this.frame);
    clearTimeout(this.telling);
  }
}

export default () => {
  const player = new Player();
  return {
    async initialize({model, host}) { await player.start(model, host); },
    render({model, el}) {
      const shown = new View(player, model, el);
      shown.schedule();
      return () => shown.remove();
    },
  };
};
