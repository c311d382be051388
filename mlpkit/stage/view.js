// The view: one per place where a stage is displayed: canvas, description, rings to drag, theme.
//
// It draws when its states, its theme or its controls changed, at most once a frame, and only while it is visible;
// otherwise it releases the memory of the static pictures.

const HIDDEN = 'position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap';
const SENTENCE = 'min-height:2.6em;margin:.3em 0;font-size:var(--jp-content-font-size1,14px);line-height:1.3;';
const NOTE = 'position:absolute;left:0;right:0;top:8px;width:fit-content;max-width:85%;margin:0 auto;padding:2px 10px;'
  + 'border-radius:6px;font-size:13px;line-height:1.4;background:#fff3cd;color:#4a3500;box-shadow:0 1px 4px #0006;'
  + 'z-index:1;pointer-events:none';
const STALE = 0.3;                      // opacity of a picture of another position than the controls', where no other will come soon
const COORDINATES = 'position:absolute;right:4px;bottom:4px;padding:0 6px;border-radius:4px;font:12px monospace;'
  + 'pointer-events:none;background:#000b;color:#fff';

class View {
  constructor(controller, model, el) {
    this.controller = controller;
    this.renderer = new Renderer(controller.resources);
    this.scale = model.get('scale');
    const [width, height] = model.get('size');
    const wide = model.get('width');
    this.stack = element('div', `position:relative;width:${wide};max-width:100%`);
    this.canvas = element('canvas', 'width:100%;height:auto;display:block', {role: 'img'});
    this.canvas.width = Math.round(width * this.scale);
    this.canvas.height = Math.round(height * this.scale);
    this.context = this.canvas.getContext('2d');
    const described = model.get('described');
    this.sentence = element('p', described ? SENTENCE + `max-width:${wide}` : HIDDEN, {class: 'mlpkit-description'});
    this.live = element('span', HIDDEN, {'aria-live': 'polite'});   // read by screen readers, once the controls are at rest
    this.note = element('div', NOTE, {role: 'status', class: 'mlpkit-note'});
    this.note.hidden = true;
    this.coordinates = element('div', COORDINATES, {'aria-hidden': 'true', class: 'mlpkit-coordinates'});
    this.coordinates.hidden = true;
    this.error = element('pre', 'color:var(--jp-error-color1,#b00);white-space:pre-wrap', {role: 'alert'});
    this.error.hidden = true;
    this.stack.append(this.canvas, this.note, this.coordinates);
    el.append(this.stack, this.error, this.sentence, this.live);
    this.model = model;
    this.pictures = {};
    this.drawnOnce = new Promise(done => { this.tellDrawn = done; });
    this.axes = model.get('axes').map(axes => axes && new AxesTransform(axes));
    this.handles = new Handles(this, model.get('handles'));
    this.hover();
    this.themes = new MutationObserver(this.schedule);
    this.themes.observe(document.body, {attributes: true, attributeFilter: ['data-jp-theme-light', 'data-vscode-theme-kind']});
    this.visibility = new IntersectionObserver(entries => this.visibilityChanged(entries.at(-1).isIntersecting));
    this.visibility.observe(el);
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', this.schedule);
    controller.views.add(this);
  }

  /** Pixels of the picture under a pointer. */
  toPicture(event) {
    const box = this.canvas.getBoundingClientRect();
    return [(event.clientX - box.left) * this.canvas.width / box.width, (event.clientY - box.top) * this.canvas.height / box.height];
  }

  /** The transform of an axes in the state that is shown: its limits may differ from the first ones. */
  transform(i) {
    const moved = this.controller.shown.moved?.[i];
    return moved === undefined ? this.axes[i] : moved && new AxesTransform(moved);
  }

  /** Data coordinates under the mouse. */
  hover() {
    this.canvas.addEventListener('pointermove', event => {
      if (event.pointerType !== 'mouse') return;
      const point = this.toPicture(event), transform = this.axes.map((_, i) => this.transform(i)).findLast(t => t?.contains(point));
      this.coordinates.hidden = !transform;
      if (transform) this.coordinates.textContent = transform.text(point);
    });
    this.canvas.addEventListener('pointerleave', () => { this.coordinates.hidden = true; });
  }

  /** The view was scrolled into sight or out of it: a notebook may have hundreds of stages, and shows a few. */
  visibilityChanged(visible) {
    this.visible = visible;
    this.controller.visibilityChanged();
    if (visible) this.schedule();
    else this.release();
  }

  /** Release the memory of the static pictures; the canvas keeps what it shows. */
  release() {
    for (const pair of Object.values(this.pictures)) { pair?.below.close(); pair?.above?.close(); }
    this.pictures = {};
  }

  async prepare(theme) {
    const raw = this.model.get('pictures')[theme];
    if (!raw) return;                                          // comes a moment after the start
    this.pictures[theme] = null;
    const decode = bytes => bytes?.byteLength ? createImageBitmap(new Blob([bytes], {type: 'image/png'})) : null;
    const [below, above] = await Promise.all([decode(raw.below), decode(raw.above)]);
    this.pictures[theme] = {below, above};
    this.schedule();
  }

  schedule = () => { this.frame ||= requestAnimationFrame(() => { this.frame = 0; this.draw(); }); };

  draw() {
    if (!this.visible && this.drawn) return;
    const theme = themeNow();
    if (this.pictures[theme] === undefined) this.prepare(theme);
    const shown = this.pictures[theme] ? theme : Object.keys(this.pictures).find(t => this.pictures[t]);
    if (!shown) {                                              // the other theme, until this one is there
      const first = Object.keys(this.model.get('pictures'))[0];
      if (first !== theme && this.pictures[first] === undefined) this.prepare(first);
      return;
    }
    const {controller, canvas} = this, s = controller.current();
    this.stack.style.display = controller.error ? 'none' : 'block';
    this.error.hidden = !controller.error;
    this.error.textContent = controller.error ?? '';
    const note = controller.note(!!canvas.closest('.jupyter-widgets-disconnected'));
    this.note.hidden = !note;
    if (this.note.textContent !== note) this.note.textContent = note;
    canvas.style.opacity = note && note !== COMPUTING ? STALE : '';
    this.renderer.draw(this.context, s, shown, this.pictures[shown]);
    this.drawn = true;
    this.tellDrawn();
    this.handles.place(s);
    canvas.setAttribute('aria-label', s.description);
    if (this.sentence.textContent !== s.description) {
      this.sentence.textContent = s.description;
      clearTimeout(this.announceTimer);
      if (this.announced !== undefined) this.announceTimer = setTimeout(() => { this.live.textContent = s.description; }, REST_MS);
      this.announced = true;
    }
    if (!this.labelled) this.labelControls();
    Object.assign(canvas.dataset, {theme: shown, loaded: !controller.tablesPending, right: controller.isRight(), tables: controller.incomplete().length ? 'partial' : 'complete'});
    controller.controls.forEach((c, k) => { canvas.dataset[c.name] = c.free ? JSON.stringify(s.at[k]) : c.values[s.at[k]]; });
  }

  /** Give sliders and buttons names for screen readers: ipywidgets shows their labels and icons without. */
  labelControls() {
    const box = this.canvas.closest('.widget-vbox'), sliders = box?.querySelectorAll('.widget-slider') ?? [];
    for (const slider of sliders) {
      const label = slider.querySelector('label')?.textContent;
      if (label) slider.querySelector('.noUi-handle')?.setAttribute('aria-label', label);
    }
    const names = ['Play or pause', 'Stop', 'Repeat'];
    box?.querySelectorAll('.widget-play button').forEach((button, k) => button.setAttribute('aria-label', names[k % 3]));
    this.labelled = sliders.length > 0;
  }

  remove() {
    this.controller.views.delete(this);
    this.themes.disconnect();
    this.visibility.disconnect();
    this.controller.visibilityChanged();
    this.release();
    matchMedia('(prefers-color-scheme: dark)').removeEventListener('change', this.schedule);
    cancelAnimationFrame(this.frame);
    clearTimeout(this.announceTimer);
  }
}
