// The controller of a stage: it finds the state for the positions of the controls, or requests it from the kernel.
//
//   Tables       states by position of the controls
//   Controller   one per stage: listens to the controls and to the kernel, knows the state to show

const REST_MS = 400;                    // ms without a move before the tables of all controls are requested
const NOTE_AFTER_MS = 250;              // ms after which a picture that waits for Python says so
const BUSY_AFTER_MS = 4000;             // ms after which Python counts as busy or gone
const COMPUTING = 'computing …';        // the one note that goes away by itself
const MAX_PENDING = 2;                  // requests to Python at a time: one is computed while one travels
const KEPT_ROWS = 6;                    // tables kept per control

// ---------------------------------------------------------------- tables

/** States by position. A row holds all positions of one control (the axis), the others fixed: null where `update` fails. */
class Tables {
  constructor(names, kept = KEPT_ROWS) {
    this.names = names;
    this.kept = kept;
    this.rows = new Map(names.map(name => [name, new Map()]));
  }

  key(axis, at) { return JSON.stringify(at.map((place, k) => this.names[k] === axis ? '*' : place)); }

  row(axis, at) { return this.rows.get(axis)?.get(this.key(axis, at)); }

  put(axis, at, indices, states) {
    const rows = this.rows.get(axis), key = this.key(axis, at), row = rows.get(key) ?? new Map();
    indices.forEach((index, k) => row.set(index, states[k]));
    rows.delete(key); rows.set(key, row);          // the latest last
    if (rows.size > this.kept) rows.delete(rows.keys().next().value);
  }

  find(at) {
    for (const [k, name] of this.names.entries()) {
      const found = this.row(name, at)?.get(at[k]);
      if (found) return found;
    }
    return null;
  }
}

// ---------------------------------------------------------------- controller

class Controller {
  constructor() {
    this.resources = new ResourceTable();
    this.views = new Set();
    this.pending = [];
  }

  /** `model`: the stage's own traits and messages; `sliders`: one model per control. */
  start(model, sliders) {
    this.model = model;
    this.sliders = sliders;
    this.controls = model.get('controls');
    this.names = this.controls.map(c => c.name);
    this.resources.add(model.get('resources'));
    const ready = model.get('tables') ?? [];
    this.tables = new Tables(this.names, Math.max(KEPT_ROWS, ready.length));
    this.addTables(ready, new Decoder());
    const first = model.get('first');
    this.shown = this.unpack(first, first.data)[0];
    this.shown.at = first.at;
    this.last = this.names[0];
    sliders.forEach((slider, k) =>
      slider.on(this.isMenu(k) ? 'change:index' : 'change:value', () => this.moved(this.names[k])));
    model.on('msg:custom', (message, buffers) => this.receive(message, buffers));
    model.on('change:pictures', () => this.draw());
    model.on('comm_live_update', () => this.draw());
    this.ready = ready.length > 0;
    this.send({kind: 'hello', theme: themeNow()});
  }

  isMenu(k) { return this.controls[k].at.length === 0 && !this.controls[k].free; }

  /** The position of the controls: an index per control; of a free control, the value itself. */
  position() {
    return this.sliders.map((slider, k) => {
      const {free, at} = this.controls[k];
      if (free) return slider.get('value');
      return at.length ? nearest(at, Number(slider.get('value'))) : slider.get('index');
    });
  }

  /** The state to show now: that of the present position where it is known, else the last one shown. */
  current() {
    const at = this.position(), found = this.tables.find(at);
    if (found) { found.at = at; this.shown = found; }
    return this.shown;
  }

  isRight() { return same(this.shown.at, this.position()); }

  /** Move a control; a number means the nearest of its positions. */
  set(name, value) {
    const k = this.names.indexOf(name), {at, free} = this.controls[k], slider = this.sliders[k];
    const wanted = free ? value : at[nearest(at, value)];
    if (same(slider.get('value'), wanted)) return;
    slider.set('value', wanted);
    slider.save_changes();
  }

  /** Move a control by a number of positions. */
  nudge(name, steps) {
    const k = this.names.indexOf(name), {at} = this.controls[k];
    const to = Math.min(at.length - 1, Math.max(0, this.position()[k] + steps));
    this.set(name, at[to]);
  }

  value(name) { return this.sliders[this.names.indexOf(name)].get('value'); }

  moved(name) {
    this.last = name;
    const at = this.position();
    this.error = null;
    if (this.tables.find(at)) this.wanted = null;
    else { this.wanted = at; this.requestState(); this.requestTables([name], at); }
    this.draw();
    clearTimeout(this.prefetchTimer);
    this.prefetchTimer = setTimeout(() => this.prefetch(), REST_MS);
  }

  /**
   * Few requests at a time; while they are pending only the latest position is kept. Requests that are not answered for
   * long may be lost, with a connection that broke: they are waited for no longer, and the next move requests anew.
   */
  requestState() {
    if (!this.wanted) return;
    const now = performance.now();
    if (now - this.pending.at(-1)?.since > BUSY_AFTER_MS) this.pending = [];
    if (this.pending.length >= MAX_PENDING) return;
    const at = this.wanted;
    this.wanted = null;
    this.unanswered ??= now;
    this.pending.push({at, since: now});
    for (const wait of [NOTE_AFTER_MS, BUSY_AFTER_MS]) setTimeout(() => this.draw(), wait + 10);
    this.send({kind: 'state', at});
  }

  /** A request was answered. Answers come in order, so those before it will not come any more. */
  answered(at) {
    this.pending.splice(0, this.pending.findIndex(request => same(request.at, at)) + 1);
    this.unanswered = this.pending[0]?.since;
  }

  tablesKey(axes, at) { return axes.map(axis => axis + this.tables.key(axis, at)).join('|'); }

  requestTables(axes, at) {
    if (!this.isVisible()) return;
    const key = this.tablesKey(axes, at);
    if (key === this.tablesRequested) return;
    this.tablesRequested = key;
    this.send({kind: 'tables', axes, at});
  }

  /** The controls whose table at the present position is not complete: the control in use first. */
  incomplete() {
    const at = this.position();
    return [this.last, ...this.names.filter(name => name !== this.last)].filter(name => {
      const {values, free} = this.controls[this.names.indexOf(name)];
      return !free && (this.tables.row(name, at)?.size ?? 0) < values.length;
    });
  }

  /** Request the tables that are not complete. */
  prefetch() {
    const axes = this.incomplete();
    if (axes.length) this.requestTables(axes, this.position());
  }

  isVisible() { return [...this.views].some(view => view.visible); }

  /** A view came into sight, went out of it or was removed: Python computes tables only for a stage that is seen. */
  visibilityChanged() {
    if (this.isVisible()) return this.prefetch();
    clearTimeout(this.prefetchTimer);
    if (!this.tablesRequested) return;
    this.tablesRequested = null;
    this.send({kind: 'tables', axes: [], at: this.position()});
  }

  send(message) {
    try { this.model.send?.(message); } catch { this.disconnected = true; }   // the connection is closed
  }

  /** The message shown when the state of the present position is missing, or ''. `gone`: ipywidgets knows of no kernel. */
  note(gone) {
    if (this.isRight() || this.error) return '';
    if (this.tablesPending) return COMPUTING;
    if (!this.model.send || this.ready && gone) return 'This position was not computed for this page: the picture shows the last one that was.';
    if (gone || this.disconnected) return 'Python is gone (restarted or shut down): run this cell again. Positions computed before still move.';
    const waits = performance.now() - (this.unanswered ?? Infinity);
    if (waits > BUSY_AFTER_MS) return 'Python does not answer: it is busy with another cell, or gone.';
    return waits > NOTE_AFTER_MS ? COMPUTING : '';
  }

  /** Tables that were computed in advance, all by one encoder. */
  addTables(parts, decoder) {
    for (const part of parts) this.tables.put(part.axis, part.at, part.indices, this.unpack(part, part.data, decoder));
  }

  /** The tables of a page come after its first picture. */
  waitForTables() { this.tablesPending = true; this.tables.kept = Infinity; }

  tablesAdded() { this.tablesPending = false; this.draw(); }

  unpack({descriptions, rings, moved}, data, decoder = new Decoder()) {
    return decoder.decode(data).map((operations, k) => ({operations, description: descriptions[k], rings: rings?.[k] ?? [], moved: moved?.[k]}));
  }

  receive(message, buffers) {
    this.resources.add(message.add);
    if (message.kind === 'replan') {                   // the pictures were drawn anew: no state before fits them
      this.tables = new Tables(this.names);
      this.tablesRequested = null;
      for (const view of this.views) view.release();
      clearTimeout(this.prefetchTimer);
      this.prefetchTimer = setTimeout(() => this.prefetch(), REST_MS);
    } else if (message.kind === 'error') {
      if (message.axis) this.tables.put(message.axis, message.at, [message.at[this.names.indexOf(message.axis)]], [null]);
      if (!message.axis) this.answered(message.at);
      if (same(message.at, this.position())) this.error = message.text;
      this.requestState();
    } else if (message.kind === 'states') {
      const states = this.unpack(message, buffers[0]);
      if (message.axis) this.tables.put(message.axis, message.at, message.indices, states);
      else {
        this.answered(message.at);
        if (!this.tables.find(this.position())) { this.shown = states[0]; this.shown.at = message.at; }
        this.requestState();
      }
      if (this.tables.find(this.position())) { this.wanted = null; this.error = null; }
    }
    this.draw();
  }

  draw() { for (const v of this.views) v.schedule(); }
}

const themeNow = () => {
  const {jpThemeLight: jupyter, vscodeThemeKind: vscode} = document.body.dataset;
  if (jupyter !== undefined) return jupyter === 'false' ? 'dark' : 'light';
  if (vscode) return /light$/.test(vscode) ? 'light' : 'dark';          // vscode-dark, -high-contrast, -high-contrast-light
  return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
};

const same = (a, b) => a === b || JSON.stringify(a) === JSON.stringify(b);

const nearest = (list, value) => {
  let low = 0, high = list.length - 1;
  while (high - low > 1) { const middle = (low + high) >> 1; if (list[middle] <= value) low = middle; else high = middle; }
  return Math.abs(list[high] - value) < Math.abs(list[low] - value) ? high : low;
};
