// Put into a page by slider_latency.py: moves a slider as a hand would, and tells when the picture changed.
//
// A frame counts when the pixels differ from the last frame's. The time of a frame is taken in a task that was
// posted from requestAnimationFrame, that is after the page was painted: from the move to the pixels, without
// the way from the graphics card to the screen.
window.probe = {
  /** One frame's fingerprint: a small copy of a canvas or an image, or the text of anything else. */
  fingerprint(target) {
    const picture = target();
    if (!picture) return '';
    if (picture.tagName === 'IMG') return picture.src.length + picture.src.slice(-400);
    if (picture.tagName !== 'CANVAS') return picture.outerHTML;
    const [w, h] = [160, 100];
    this.small ??= Object.assign(document.createElement('canvas'), {width: w, height: h}).getContext('2d', {willReadFrequently: true});
    this.small.drawImage(picture, 0, 0, w, h);
    const pixels = new Uint32Array(this.small.getImageData(0, 0, w, h).data.buffer);
    let hash = 0;
    for (const pixel of pixels) hash = Math.imul(hash ^ pixel, 16777619);
    return hash;
  },

  /** Watch a picture: `frames` grows by the time of every frame that differs. */
  watch(target) {
    const channel = new MessageChannel(), frames = this.frames = [];
    let last = this.fingerprint(target);
    channel.port1.onmessage = () => {
      const now = performance.now(), print = this.fingerprint(target);
      if (print !== last) { last = print; frames.push(now); }
      if (this.frames === frames) requestAnimationFrame(() => channel.port2.postMessage(0));
    };
    requestAnimationFrame(() => channel.port2.postMessage(0));
  },

  step(handle) {
    const [low, high, now] = ['min', 'max', 'now'].map(x => Number(handle.getAttribute(`aria-value${x}`) ?? handle[x]));
    if (handle.tagName === 'INPUT') {
      const at = Number(handle.value);
      if (at >= Number(handle.max)) this.down = true;
      if (at <= Number(handle.min)) this.down = false;
      handle.value = at + (this.down ? -1 : 1);
      handle.dispatchEvent(new Event('input', {bubbles: true}));
      return;
    }
    if (now >= high) this.down = true;
    if (now <= low) this.down = false;
    const key = this.down ? 'ArrowLeft' : 'ArrowRight';
    handle.dispatchEvent(new KeyboardEvent('keydown', {key, code: key, bubbles: true, cancelable: true}));
  },

  pause(ms) { return new Promise(done => setTimeout(done, ms)); },

  /** Single moves, each after a rest: milliseconds from the move to the first frame that shows it. */
  async moves(handle, target, count) {
    const found = [];
    this.watch(target);
    for (let k = 0; k < count; k++) {
      await this.pause(120 + 17 * Math.random());
      this.frames.length = 0;
      const start = performance.now();
      this.step(handle);
      while (!this.frames.length && performance.now() - start < 3000) await this.pause(1);
      found.push(this.frames.length ? this.frames[0] - start : 3000);
    }
    this.frames = null;
    return found;
  },

  /** A drag: a move every 16 ms for some seconds -> frames a second, and how late the last frame was. */
  async drag(handle, target, seconds) {
    this.watch(target);
    await this.pause(100);
    const start = performance.now();
    let last = start;
    await new Promise(done => {
      const timer = setInterval(() => {
        if (performance.now() - start > 1000 * seconds) { clearInterval(timer); done(); return; }
        last = performance.now();
        this.step(handle);
      }, 16);
    });
    const during = this.frames.filter(t => t <= last).length;
    let quiet = performance.now();
    while (performance.now() - Math.max(quiet, this.frames.at(-1) ?? 0) < 400) await this.pause(5);
    const lag = Math.max(0, (this.frames.at(-1) ?? 0) - last);
    this.frames = null;
    return {fps: 1000 * during / (last - start), lag};
  },
};
