// The view: one for each place where a stage is displayed: canvas, words, rings to drag, theme.
//
// It draws when its states, its theme or its controls changed, at most once a frame, and only while it is seen;
// out of sight it gives back the still pictures' memory.

const HIDDEN = 'position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap';
const SENTENCE = 'min-height:2.6em;margin:.3em 0;font-size:var(--jp-content-font-size1,14px);line-height:1.3;';
const NOTE = 'position:absolute;left:0;right:0;top:8px;width:fit-content;max-width:85%;margin:0 auto;padding:2px 10px;'
  + 'border-radius:6px;font-size:13px;line-height:1.4;background:#fff3cd;color:#4a3500;box-shadow:0 1px 4px #0006;'
  + 'z-index:1;pointer-events:none';
const STALE = 0.3;                      // opacity of a picture that is not the one of the controls, and will not be soon
const COORDINATES = 'position:absolute;right:4px;bottom:4px;padding:0 6px;border-radius:4px;font:12px monospace;'
  + 'pointer-events:none;background:#000b;color:#fff';

class View {
  constructor(player, model, el) {
    this.player = player;
    this.painter = new Painter(player.vocabulary);
    this.scale = model.get('scale');
    const [width, height] = model.get('size');
    const wide = model.get('width');
    this.stack = element('div', `position:relative;width:${wide};max-width:100%`);
    this.canvas = element('canvas', 'width:100%;height:auto;display:block', {role: 'img'});
    this.canvas.width = width * this.scale;
    this.canvas.height = height * this.scale;
    this.pen = this.canvas.getContext('2d');
    const spoken = model.get('spoken');
    this.sentence = element('p', spoken ? SENTENCE + `max-width:${wide}` : HIDDEN, {class: 'mlpkit-description'});
    this.live = element('span', HIDDEN, {'aria-live': 'polite'});   // told once the hand rests
    this.note = element('div', NOTE, {role: 'status', class: 'mlpkit-note'});
    this.note.hidden = true;
    this.coordinates = element('div', COORDINATES, {'aria-hidden': 'true', class: 'mlpkit-coordinates'});
    this.coordinates.hidden = true;
    this.trouble = element('pre', 'color:var(--jp-error-color1,#b00);white-space:pre-wrap', {role: 'alert'});
    this.trouble.hidden = true;
    this.stack.append(this.canvas, this.note, this.coordinates);
    el.append(this.stack, this.trouble, this.sentence, this.live);
    this.model = model;
    this.pictures = {};
    const planes = model.get('axes').map(axes => axes && new Plane(axes));
    this.rings = new Rings(this, model.get('handles'), planes);
    this.hover(planes.filter(Boolean));
    this.themes = new MutationObserver(this.schedule);
    this.themes.observe(document.body, {attributes: true, attributeFilter: ['data-jp-theme-light']});
    this.sight = new IntersectionObserver(entries => this.sighted(entries.at(-1).isIntersecting));
    this.sight.observe(el);
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', this.schedule);
    player.views.add(this);
  }

  /** Pixels of the picture under a pointer. */
  toPicture(event) {
    const box = this.canvas.getBoundingClientRect();
    return [(event.clientX - box.left) * this.canvas.width / box.width, (event.clientY - box.top) * this.canvas.height / box.height];
  }

  /** Data coordinates under the mouse. */
  hover(planes) {
    this.canvas.addEventListener('pointermove', event => {
      if (event.pointerType !== 'mouse') return;
      const point = this.toPicture(event), plane = planes.findLast(p => p.holds(point));
      this.coordinates.hidden = !plane;
      if (plane) this.coordinates.textContent = plane.text(point);
    });
    this.canvas.addEventListener('pointerleave', () => { this.coordinates.hidden = true; });
  }

  /** Come into sight or go out of it: a notebook may have hundreds of stages, and shows a few. */
  sighted(seen) {
    this.seen = seen;
    if (!seen) return this.release();
    this.player.lookAhead();
    this.schedule();
  }

  /** Give the still pictures' memory back; the canvas keeps what it shows. */
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
    if (!this.seen && this.painted) return;
    const theme = themeNow();
    if (this.pictures[theme] === undefined) this.prepare(theme);
    const shown = this.pictures[theme] ? theme : Object.keys(this.pictures).find(t => this.pictures[t]);
    if (!shown) {                                              // the other theme, until this one is painted
      const first = Object.keys(this.model.get('pictures'))[0];
      if (first !== theme && this.pictures[first] === undefined) this.prepare(first);
      return;
    }
    const {player, canvas} = this, s = player.current();
    this.stack.style.display = player.trouble ? 'none' : 'block';
    this.trouble.hidden = !player.trouble;
    this.trouble.textContent = player.trouble ?? '';
    const note = player.note(!!canvas.closest('.jupyter-widgets-disconnected'));
    this.note.hidden = !note;
    if (this.note.textContent !== note) this.note.textContent = note;
    canvas.style.opacity = note && note !== COMPUTING ? STALE : '';
    this.painter.paint(this.pen, s, shown, this.pictures[shown]);
    this.painted = true;
    this.rings.place(s);
    canvas.setAttribute('aria-label', s.says);
    if (this.sentence.textContent !== s.says) {
      this.sentence.textContent = s.says;
      clearTimeout(this.telling);
      if (this.told !== undefined) this.telling = setTimeout(() => { this.live.textContent = s.says; }, REST);
      this.told = true;
    }
    if (!this.named) this.nameHandles();
    Object.assign(canvas.dataset, {theme: shown, right: player.isRight(), tables: player.incomplete().length ? 'partial' : 'complete'});
    player.controls.forEach((c, k) => { canvas.dataset[c.name] = c.free ? JSON.stringify(s.at[k]) : c.values[s.at[k]]; });
  }

  /** ipywidgets shows labels and icons and does not tell them to screen readers: do so. */
  nameHandles() {
    const box = this.canvas.closest('.widget-vbox'), sliders = box?.querySelectorAll('.widget-slider') ?? [];
    for (const slider of sliders) {
      const label = slider.querySelector('label')?.textContent;
      if (label) slider.querySelector('.noUi-handle')?.setAttribute('aria-label', label);
    }
    const names = ['Play or pause', 'Stop', 'Repeat'];
    box?.querySelectorAll('.widget-play button').forEach((button, k) => button.setAttribute('aria-label', names[k % 3]));
    this.named = sliders.length > 0;
  }

  remove() {
    this.player.views.delete(this);
    this.themes.disconnect();
    this.sight.disconnect();
    this.release();
    matchMedia('(prefers-color-scheme: dark)').removeEventListener('change', this.schedule);
    cancelAnimationFrame(this.frame);
    clearTimeout(this.telling);
  }
}
