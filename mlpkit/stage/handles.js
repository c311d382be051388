// Handles: what can be dragged, moved and drawn in the picture.
//
//   AxesTransform   pixels of the picture <-> data coordinates of one axes
//   Handles         the handles of a stage in one view

const RING = 'position:absolute;width:22px;height:22px;margin:-11px 0 0 -11px;padding:0;border-radius:50%;box-sizing:border-box;'
  + 'border:3px solid #0072B2;background:#ffffffb0;box-shadow:0 0 0 1.5px #fff;cursor:grab;touch-action:none';
const LEAST_TARGET = 'content:"";position:absolute;inset:-8px;border-radius:50%';   // 38 px for a finger

const element = (tag, style, attributes = {}) => {
  const e = document.createElement(tag);
  e.style.cssText = style;
  for (const [name, value] of Object.entries(attributes)) e.setAttribute(name, value);
  return e;
};

// ---------------------------------------------------------------- axes transform

/** One axes: pixel = a + b·f(value), with f the identity or log10. */
class AxesTransform {
  constructor({box, x, y}) { Object.assign(this, {box, x, y}); }

  contains([px, py]) { const [x, y, w, h] = this.box; return px >= x && px <= x + w && py >= y && py <= y + h; }

  data([px, py]) { return [AxesTransform.value(this.x, px), AxesTransform.value(this.y, py)]; }

  pixels([x, y]) { return [AxesTransform.place(this.x, x), AxesTransform.place(this.y, y)]; }

  /** As text, rounded to the difference that one pixel makes. */
  text(point) {
    const digits = (axis, p) => {
      const step = Math.abs(AxesTransform.value(axis, p + 1) - AxesTransform.value(axis, p - 1)) / 2;
      return Math.max(0, Math.min(12, Math.ceil(-Math.log10(step))));
    };
    const [x, y] = this.data(point);
    return `${x.toFixed(digits(this.x, point[0]))}, ${y.toFixed(digits(this.y, point[1]))}`.replaceAll('-', '−');
  }

  static value({log, a, b}, pixel) { const u = (pixel - a) / b; return log ? 10 ** u : u; }

  static place({log, a, b}, value) { return a + b * (log ? Math.log10(value) : value); }
}

// ---------------------------------------------------------------- handles

/** Each handle has rings (a Movable one per point): elements over the canvas, moved by pointer, touch and arrow keys. */
class Handles {
  constructor(view, handles) {
    Object.assign(this, {view, handles, controller: view.controller});
    this.rings = handles.map(() => []);
    for (const [i, handle] of handles.entries()) {
      if (handle.kind === 'sketch') this.sketch(handle);
      if (handle.grow) this.grow(i);
    }
  }

  /** Move the rings to the positions of the state; add or remove some when their number changed. */
  place(s) {
    const {width, height} = this.view.canvas;
    for (const [i, handle] of this.handles.entries()) {
      const at = s.rings[i] ?? [], rings = this.rings[i];
      while (rings.length < at.length / 2) rings.push(this.ring(i, handle, rings.length));
      while (rings.length > at.length / 2) rings.pop().remove();
      rings.forEach((ring, n) => {
        const [x, y] = [at[2 * n], at[2 * n + 1]];           // null where there is no number
        ring.hidden = x === null || y === null || !(x >= -9 && x <= width + 9 && y >= -9 && y <= height + 9);
        ring.style.left = `${100 * x / width}%`;
        ring.style.top = `${100 * y / height}%`;
        this.announce(ring, handle, n);
      });
    }
  }

  announce(ring, handle, n) {
    const {controller} = this;
    if (handle.kind === 'handle') {
      const name = handle.x ?? handle.y, k = controller.names.indexOf(name), {at, values} = controller.controls[k];
      const now = controller.position()[k];
      const text = [handle.x, handle.y].filter(Boolean).map(x => {
        const j = controller.names.indexOf(x);
        return `${x} ${controller.controls[j].values[controller.position()[j]]}`;
      }).join(', ');
      const range = {min: at[0], max: at[at.length - 1], now: at[now], text: text || values[now]};
      for (const [key, value] of Object.entries(range)) ring.setAttribute(`aria-value${key}`, value);
    } else {
      ring.setAttribute('aria-label', `${handle.label} ${n + 1}: ${controller.value(handle.into)[n]?.map(v => Number(v.toPrecision(3))).join(', ')}`);
    }
  }

  ring(i, handle, n) {
    const isHandle = handle.kind === 'handle';
    const ring = element('div', RING, isHandle
      ? {role: 'slider', tabindex: 0, 'aria-label': handle.label, class: 'mlpkit-handle'}
      : {role: 'button', tabindex: 0, class: 'mlpkit-point'});
    ring.append(element('span', LEAST_TARGET));
    ring.addEventListener('pointerdown', event => {
      event.preventDefault();
      ring.focus();
      ring.setPointerCapture(event.pointerId);
      ring.style.cursor = 'grabbing';
    });
    ring.addEventListener('pointermove', event => {
      if (ring.hasPointerCapture(event.pointerId)) this.drag(handle, n, this.view.toPicture(event));
    });
    ring.addEventListener('pointerup', () => { ring.style.cursor = 'grab'; });
    ring.addEventListener('keydown', event => {
      const step = {ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1]}[event.key];
      if (step) { event.preventDefault(); event.stopPropagation(); this.step(handle, n, step, event.shiftKey ? 10 : 1); }
      if (handle.grow && (event.key === 'Delete' || event.key === 'Backspace')) {
        event.preventDefault(); event.stopPropagation();
        this.controller.set(handle.into, this.controller.value(handle.into).filter((_, k) => k !== n));
      }
    });
    this.view.stack.append(ring);
    return ring;
  }

  drag(handle, n, pixel) {
    const transform = this.view.transform(handle.axes);
    if (!transform) return;
    const [x, y] = transform.data(pixel);
    if (handle.kind === 'handle') {
      if (handle.x) this.controller.set(handle.x, x);
      if (handle.y) this.controller.set(handle.y, y);
    } else this.movePoint(handle, n, [x, y]);
  }

  movePoint(handle, n, [x, y]) {
    const points = this.controller.value(handle.into).map(p => [...p]);
    if (handle.along.includes('x')) points[n][0] = x;
    if (handle.along.includes('y')) points[n][1] = y;
    this.controller.set(handle.into, points);
  }

  /** Arrow keys: one position of a control, or a hundredth of the axes for a point. */
  step(handle, n, [dx, dy], times) {
    if (handle.kind === 'handle') {
      if (handle.x && dx) this.controller.nudge(handle.x, dx * times);
      else if (handle.y && dy) this.controller.nudge(handle.y, dy * times);
      else this.controller.nudge(handle.x ?? handle.y, (dx || dy) * times);     // with one direction, all arrows move it
      return;
    }
    const transform = this.view.transform(handle.axes);
    if (!transform) return;
    const [, , w, h] = transform.box;
    const [px, py] = transform.pixels(this.controller.value(handle.into)[n]);
    this.movePoint(handle, n, transform.data([px + dx * times * w / 100, py - dy * times * h / 100]));
  }

  /** A click in the axes, beside all points, adds a point. */
  grow(i) {
    const handle = this.handles[i];
    this.view.canvas.style.cursor = 'copy';
    this.view.canvas.addEventListener('click', event => {
      const pixel = this.view.toPicture(event), transform = this.view.transform(handle.axes);
      if (transform?.contains(pixel)) this.controller.set(handle.into, [...this.controller.value(handle.into), transform.data(pixel)]);
    });
  }

  /** A stroke over the axes replaces the points in the same range of x. */
  sketch(handle) {
    const {canvas} = this.view;
    canvas.style.touchAction = 'none';
    canvas.style.cursor = 'crosshair';
    let stroke = null, before = [], transform = null;
    const merge = () => {
      const xs = stroke.map(([x]) => x), low = Math.min(...xs), high = Math.max(...xs);
      const outside = before.filter(([x]) => x < low || x > high);
      this.controller.set(handle.into, [...outside, ...stroke].sort(([a], [b]) => a - b));
    };
    canvas.addEventListener('pointerdown', event => {
      const pixel = this.view.toPicture(event);
      transform = this.view.transform(handle.axes);           // for the whole stroke
      if (!transform?.contains(pixel)) return;
      canvas.setPointerCapture(event.pointerId);
      before = this.controller.value(handle.into);
      stroke = [transform.data(pixel)];
    });
    canvas.addEventListener('pointermove', event => {
      if (!stroke) return;
      const [x, y, w, h] = transform.box, [px, py] = this.view.toPicture(event);
      stroke.push(transform.data([Math.min(x + w, Math.max(x, px)), Math.min(y + h, Math.max(y, py))]));
      merge();
    });
    const end = () => { if (stroke) { if (stroke.length > 1) merge(); stroke = null; } };
    canvas.addEventListener('pointerup', end);
    canvas.addEventListener('pointercancel', end);
  }
}
