// The renderer: one state (a list of operations, each an array of 32-bit words, see mlpkit/stage/__init__.py) -> a canvas.
//
//   ResourceTable   what states share: clips, strokes, colours, glyphs, colour maps, static parts
//   Renderer        draws a state between a background and a foreground picture

const OP = {POLYLINE: 1, PATH: 2, MARKERS: 3, ITEMS: 4, IMAGE: 5, INDEXED: 6, TEXT: 7, PART: 8, SHAPES: 9, PICTURE: 10};
const HEADER = 7;

// ---------------------------------------------------------------- resources

/** The words of an operation, seen as integers, floats and bytes. */
const view = ints => ({ints, floats: new Float32Array(ints.buffer), bytes: new Uint8Array(ints.buffer)});

/** The operations of a static part, from its words. */
const operations = words => {
  const found = [];
  for (let i = 0, end; i < words.length; i = end) {
    end = i + HEADER + words[i + 6];
    found.push(view(Uint32Array.from(words.slice(i, end))));
  }
  return found;
};

class ResourceTable {
  static prepare = {
    clips: clip => clip && {box: clip[0], shape: clip[1] && new Path2D(clip[1])},
    glyphs: data => new Path2D(data),
    maps: values => Uint32Array.from(values),
    parts: operations,
  };

  constructor() {
    for (const table of ['clips', 'strokes', 'colours', 'glyphs', 'maps', 'parts']) this[table] = [];
  }

  add(rows) {
    for (const [table, index, value] of rows ?? []) this[table][index] ??= ResourceTable.prepare[table]?.(value) ?? value;
  }
}

// ---------------------------------------------------------------- renderer

class Renderer {
  constructor(resources) {
    this.resources = resources;
    this.cells = document.createElement('canvas');   // images are made here and then scaled
    this.context = this.cells.getContext('2d');
  }

  draw(g, s, theme, pictures) {
    this.theme = theme === 'dark' ? 1 : 0;
    g.setTransform(1, 0, 0, 1, 0, 0);
    g.clearRect(0, 0, g.canvas.width, g.canvas.height);        // a figure may be transparent
    g.drawImage(pictures.below, 0, 0);
    if (s) this.run(g, s.operations);
    if (pictures.above) g.drawImage(pictures.above, 0, 0);
  }

  run(g, operations) {
    const v = this.resources;
    let clip = -1, stroke = -1;
    g.save();
    for (const s of operations) {
      const {ints, floats} = s, begin = HEADER, end = ints.length;
      if (ints[1] !== clip) {               // a canvas can only narrow its clip: start from the saved one
        g.restore(); g.save();
        clip = ints[1]; stroke = -1;
        const {box, shape} = v.clips[clip] ?? {};
        if (box) { g.beginPath(); g.rect(...box); g.clip(); }
        if (shape) g.clip(shape);
      }
      if (ints[2] !== stroke) {
        stroke = ints[2];
        const style = v.strokes[stroke];
        if (style) { g.lineCap = style[0]; g.lineJoin = style[1]; g.lineDashOffset = style[2]; g.setLineDash(style[3]); }
      }
      const edge = ints[4] && floats[3] > 0, face = ints[5];
      if (edge) { g.lineWidth = floats[3]; g.strokeStyle = this.colour(ints[4]); }
      if (face) g.fillStyle = this.colour(face);
      switch (ints[0]) {
        case OP.POLYLINE: this.polyline(g, floats, begin, end, edge); break;
        case OP.PATH: this.path(g, floats, begin, end, edge, face); break;
        case OP.MARKERS: this.markers(g, s, begin, end, edge, face); break;
        case OP.ITEMS: this.items(g, s, begin, end); break;
        case OP.SHAPES: this.shapes(g, s, begin, end); break;
        case OP.IMAGE: this.image(g, s, begin, begin + 4); break;
        case OP.PICTURE: this.image(g, s, begin, begin + 4 + this.theme * floats[begin + 2] * floats[begin + 3]); break;
        case OP.INDEXED: this.indexed(g, s, begin); break;
        case OP.TEXT: this.text(g, s, begin, end); break;
        case OP.PART: {
          const part = v.parts[ints[begin]];
          g.restore();
          if (part) this.run(g, part);
          g.save(); clip = stroke = -1;
        }
      }
    }
    g.restore();
  }

  colour(index) { return this.resources.colours[index]?.[this.theme] ?? 'transparent'; }

  polyline(g, floats, begin, end, edge) {
    if (!edge) return;
    g.beginPath();
    for (let i = begin; i < end; i += 2) g.lineTo(floats[i], floats[i + 1]);
    g.stroke();
  }

  path(g, f, begin, end, edge, face) {
    g.beginPath();
    for (let i = begin; i < end; i += 3) {
      switch (f[i]) {                              // matplotlib's codes; curves take the next rows too
        case 1: g.moveTo(f[i + 1], f[i + 2]); break;
        case 2: g.lineTo(f[i + 1], f[i + 2]); break;
        case 3: g.quadraticCurveTo(f[i + 1], f[i + 2], f[i + 4], f[i + 5]); i += 3; break;
        case 4: g.bezierCurveTo(f[i + 1], f[i + 2], f[i + 4], f[i + 5], f[i + 7], f[i + 8]); i += 6; break;
        default: g.closePath();
      }
    }
    if (face) g.fill();
    if (edge) g.stroke();
  }

  markers(g, {ints, floats}, begin, end, edge, face) {
    const shape = this.resources.glyphs[ints[begin]];
    if (!shape) return;
    for (let i = begin + 1; i < end; i += 2) {
      g.setTransform(1, 0, 0, 1, floats[i], floats[i + 1]);
      if (face) g.fill(shape);
      if (edge) g.stroke(shape);
    }
    g.setTransform(1, 0, 0, 1, 0, 0);
  }

  items(g, {ints, floats}, begin, end) {
    const shape = this.resources.glyphs[ints[begin]];
    if (!shape) return;
    for (let i = begin + 1; i < end; i += 6) {     // x y size edge face width
      const size = floats[i + 2];
      g.setTransform(size, 0, 0, size, floats[i], floats[i + 1]);
      if (ints[i + 4]) { g.fillStyle = this.colour(ints[i + 4]); g.fill(shape); }
      if (ints[i + 3] && floats[i + 5] > 0) {
        g.lineWidth = floats[i + 5] / size;
        g.strokeStyle = this.colour(ints[i + 3]);
        g.stroke(shape);
      }
    }
    g.setTransform(1, 0, 0, 1, 0, 0);
  }

  shapes(g, {ints, floats}, begin, end) {
    let k = begin + 1 + 4 * ints[begin];           // the points of all shapes follow the shapes
    for (let i = begin + 1, shapes = k; i < shapes; i += 4) {                // edge face width n
      const [edge, face, count] = [ints[i], ints[i + 1], ints[i + 3]], last = k + 2 * (count & 0x7fffffff);
      g.beginPath();
      for (; k < last; k += 2) g.lineTo(floats[k], floats[k + 1]);
      if (count >>> 31) g.closePath();
      if (face) { g.fillStyle = this.colour(face); g.fill(); }
      if (edge && floats[i + 2] > 0) { g.lineWidth = floats[i + 2]; g.strokeStyle = this.colour(edge); g.stroke(); }
    }
  }

  image(g, {ints, floats}, begin, first) {
    const [x, y, w, h] = floats.subarray(begin, begin + 4);
    const pixels = this.pixels(w, h);
    new Uint32Array(pixels.data.buffer).set(ints.subarray(first, first + w * h));
    this.context.putImageData(pixels, 0, 0);
    g.drawImage(this.cells, x, y);
  }

  indexed(g, {ints, floats, bytes}, begin) {
    const [x, y, cellWidth, cellHeight, w, h] = floats.subarray(begin, begin + 6);
    const map = this.resources.maps[ints[begin + 6]], first = 4 * (begin + 8);
    if (!map) return;
    const pixels = this.pixels(w, h), out = new Uint32Array(pixels.data.buffer);
    for (let k = 0; k < out.length; k++) out[k] = map[bytes[first + k]];
    this.context.putImageData(pixels, 0, 0);
    g.imageSmoothingEnabled = ints[begin + 7] === 1;
    g.drawImage(this.cells, x, y, w * cellWidth, h * cellHeight);
  }

  pixels(w, h) {
    if (this.cells.width !== w || this.cells.height !== h || !this.canvasPixels) {
      this.cells.width = w; this.cells.height = h;
      this.canvasPixels = this.context.createImageData(w, h);
    }
    return this.canvasPixels;
  }

  text(g, {ints, floats}, begin, end) {
    const [a, b, c, d, x, y] = floats.subarray(begin, begin + 6);
    for (let i = begin + 6; i < end; i += 4) {     // glyph dx dy scale
      const glyph = this.resources.glyphs[ints[i]], dx = floats[i + 1], dy = floats[i + 2], s = floats[i + 3];
      if (!glyph) continue;
      g.setTransform(a * s, b * s, c * s, d * s, x + a * dx + c * dy, y + b * dx + d * dy);
      g.fill(glyph);
    }
    g.setTransform(1, 0, 0, 1, 0, 0);
  }
}
